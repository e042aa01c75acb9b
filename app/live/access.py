"""Whether a wall's browser belongs to somebody who may steer all walls: a moderator, or a planner."""

from starlette.requests import Request

from app.database import Database
from app.people.models import Role
from app.people.sessions import desk_cookie, invitation_behind, planner_id_of, token_of


def may_steer(request: Request, event_id: int, code: str) -> bool:
    """Only a hint for the page: the desk itself asks again with every act."""
    desk_token, planner_token = token_of(request, desk_cookie(code)), token_of(request)
    if not desk_token and not planner_token:
        return False
    database: Database = request.state.database
    with database.read() as session:
        invitation = invitation_behind(session, desk_token)
        is_moderator = (
            invitation is not None
            and invitation.role == Role.moderator
            and invitation.event_id == event_id
        )
        return is_moderator or planner_id_of(session, planner_token) is not None
