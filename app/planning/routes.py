"""The planner's pages: all events, one event with its links and invitations, and its QR codes."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import Session, col, select
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import Unknown
from app.people.access import SignedInPlanner
from app.people.invitations import invite, link_to, revoke
from app.people.models import Invitation, Role
from app.planning.agenda import agendas
from app.planning.models import Event, Island, Series, refuse_sealed
from app.planning.next_steps import next_steps, stage_of, today
from app.planning.qr import as_png, as_svg, island_address
from app.planning.queries import event_by_key, islands_of
from app.settings import Settings
from app.web.pages import page

router = APIRouter(prefix="/plan")
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]  # what a database takes for an integer
QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@router.get("")
def show_events(request: Request, _planner: SignedInPlanner) -> HTMLResponse:
    database: Database = request.state.database
    day = today()
    with database.read() as session:
        return page(
            request,
            "planning/events.html",
            agendas=agendas(session),
            stage_of=lambda event: stage_of(event, day),
            today=day,
        )


@router.get("/events/{key}")
def show_event(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    day = today()
    with database.read() as session:
        event = event_by_key(session, key)
        stage = stage_of(event, day)
        invitations = session.exec(
            select(Invitation)
            .where(
                Invitation.event_id == event.id,
                Invitation.role == Role.moderator,  # the hosts' have a page of their own
                col(Invitation.revoked_at).is_(None),
            )
            .order_by(col(Invitation.id))
        ).all()
        return page(
            request,
            "planning/event.html",
            event=event,
            series=session.get_one(Series, event.series_id),
            stage=stage,
            steps=next_steps(session, event, stage),
            today=day,
            is_public=settings.is_public,
            address=settings.address,
            is_local=settings.is_local,
            islands=islands_of(session, event),
            invitations=[
                (invitation, link, as_svg(link))
                for invitation in invitations
                for link in [settings.address + link_to(invitation, request.state.invitation_key)]
            ],
            files=request.state.result_files,
        )


@router.post("/events/{key}/invitations")
def invite_moderator(request: Request, _planner: SignedInPlanner, key: str) -> RedirectResponse:
    def add(session: Session) -> str:
        event = event_by_key(session, key)
        refuse_sealed(event)
        assert event.id is not None
        invite(session, event.id, Role.moderator, None)
        return ""

    return _changed(request, key, add)


@router.post("/events/{key}/invitations/{number}/revocation")
def revoke_invitation(
    request: Request, _planner: SignedInPlanner, key: str, number: Number
) -> RedirectResponse:
    def end(session: Session) -> str:
        invitation = session.get(Invitation, number)
        if invitation is None or invitation.event_id != event_by_key(session, key).id:
            raise Unknown
        revoke(session, invitation)
        return "/hosts" if invitation.role == Role.host else ""

    return _changed(request, key, end)


@router.get("/events/{key}/codes")
def show_codes(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    """One QR code an island, for who makes posters of their own."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = event_by_key(session, key)
        islands = islands_of(session, event)
        return page(
            request,
            "planning/codes.html",
            event=event,
            is_local=settings.is_local,
            codes=[(island, as_svg(_address(settings, event, island))) for island in islands],
        )


@router.get("/events/{key}/codes/{number}.{kind}")
def show_code(
    request: Request, _planner: SignedInPlanner, key: str, number: Number, kind: str
) -> Response:
    """One island's QR code as an SVG or PNG file."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = event_by_key(session, key)
        island = session.get(Island, (event.id, number))
    if island is None or kind not in QR_TYPES:
        raise Unknown
    address = _address(settings, event, island)
    content: str | bytes = as_svg(address) if kind == "svg" else as_png(address)
    name = f"{event.key}-{number}.{kind}"
    return Response(
        content,
        media_type=QR_TYPES[kind],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _address(settings: Settings, event: Event, island: Island) -> str:
    return island_address(settings.address, event.code, island.number)


def _changed(request: Request, key: str, change: Callable[[Session], str]) -> RedirectResponse:
    """`change` returns below which of the event's pages it is seen."""
    database: Database = request.state.database
    return RedirectResponse(f"/plan/events/{key}{database.write(change)}", status_code=303)
