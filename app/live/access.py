"""Whether a browser belongs to somebody who may steer all walls: a moderator, or a planner."""

from sqlmodel import Session
from starlette.requests import HTTPConnection, Request

from app.database import Database
from app.people.models import Invitation, Role
from app.people.sessions import desk_cookie, invitation_behind, planner_id_of, token_of


def may_steer(request: Request, event_id: int, code: str) -> bool:
    """Only a hint for the page: the desk itself asks again with every act."""
    if not token_of(request, desk_cookie(code)) and not token_of(request):
        return False
    database: Database = request.state.database
    with database.read() as session:
        is_moderator = moderator_behind(session, request, event_id, code) is not None
        return is_moderator or planner_id_of(session, token_of(request)) is not None


def moderator_behind(
    session: Session, connection: HTTPConnection, event_id: int, code: str
) -> Invitation | None:
    """The invitation to moderate this event that this browser came by, unless it was revoked."""
    invitation = invitation_behind(session, token_of(connection, desk_cookie(code)))
    if invitation is None or (invitation.role, invitation.event_id) != (Role.moderator, event_id):
        return None
    return invitation
