"""The invitation's page: opening the link changes nothing, pressing its button begins the session.

So link previews and scanners don't use an invitation up, and several people may share one.
"""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from app.database import Database
from app.people.invitations import invitation_of
from app.people.models import Role
from app.people.sessions import desk_cookie, host_cookie, remember, sign_in
from app.planning.journal import record
from app.planning.models import Event
from app.settings import Settings
from app.web.pages import page

router = APIRouter()


@router.get("/invite/{token}")
def show_invitation(request: Request, token: str) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        invitation = invitation_of(session, token, request.state.invitation_key)
        event = session.get_one(Event, invitation.event_id)
        return page(request, "moderation/invitation.html", event=event, invitation=invitation)


@router.post("/invite/{token}")
def accept_invitation(request: Request, token: str) -> RedirectResponse:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        invitation = invitation_of(session, token, request.state.invitation_key)
        code = session.get_one(Event, invitation.event_id).code
    assert invitation.id is not None
    if invitation.role == Role.host and invitation.island_number is not None:
        desk = f"/host/{code}/{invitation.island_number}"
        cookie = host_cookie(code, invitation.island_number)
    else:
        desk, cookie = f"/moderate/{code}", desk_cookie(code)
    answer = RedirectResponse(desk, status_code=303)
    request.state.tablets.forget(answer)  # whoever has the link may end it
    staff_token = database.write(_come_in, invitation.event_id, invitation.id, invitation.role)
    remember(answer, cookie, staff_token, is_https=settings.is_https)
    return answer


def _come_in(session: Session, event_id: int, invitation_id: int, role: Role) -> str:
    """Returns the cookie's token."""
    record(session, event_id, f"{role} {invitation_id}", "sign-in")
    return sign_in(session, invitation_id=invitation_id)
