"""The planner's page with an invitation for every host, to be printed and handed out."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from app.database import Database
from app.people.access import SignedInPlanner
from app.people.invitations import link_to
from app.planning.hosts import host_invitations, invite_hosts
from app.planning.qr import as_svg
from app.planning.queries import event_by_key, islands_of
from app.settings import Settings
from app.web.pages import page

router = APIRouter(prefix="/plan/events/{key}/hosts")


@router.get("")
def show_host_invitations(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = event_by_key(session, key)
        invitations = host_invitations(session, event)
        links = {
            number: settings.address + link_to(invitation, request.state.invitation_key)
            for number, invitation in invitations.items()
        }
        return page(
            request,
            "planning/hosts.html",
            event=event,
            is_local=settings.is_local,
            islands=[
                (island, invitations.get(island.number), link, as_svg(link) if link else "")
                for island in islands_of(session, event)
                for link in [links.get(island.number)]
            ],
        )


@router.post("")
def invite_all_hosts(request: Request, _planner: SignedInPlanner, key: str) -> RedirectResponse:
    """For every island that has no invitation yet; pressing twice does no harm."""

    def invite(session: Session) -> None:
        invite_hosts(session, event_by_key(session, key))

    database: Database = request.state.database
    database.write(invite)
    return RedirectResponse(f"/plan/events/{key}/hosts", status_code=303)
