"""A host makes the device in hand the island's tablet."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import N_, NotAcceptable, Refusal
from app.moderation.host_access import HostDeskOf
from app.moderation.hosting import HostDesk
from app.people.tablets import Tablets
from app.planning.journal import record
from app.planning.models import Event, Island
from app.web.pages import page

router = APIRouter(prefix="/host/{code}/{number:int}/tablet")

PIN_DIGITS = range(4, 9)


@router.get("")
def show_opening(request: Request, desk: HostDeskOf) -> HTMLResponse:
    return _page(request, desk)


@router.post("")
def open_tablet(
    request: Request, desk: HostDeskOf, pin: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """From here on this browser shows the island and nothing else, until somebody types the PIN."""
    pin = pin.strip()
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_DIGITS):
        return _page(
            request, desk, NotAcceptable(N_("Bitte 4 bis 8 Ziffern eingeben."), field="pin")
        )
    database: Database = request.state.database
    tablets: Tablets = request.state.tablets
    database.write(lambda rows: record(rows, desk.event_id, desk.actor, "tablet", str(desk.island)))
    tablet = tablets.open(desk.code, desk.island, pin)
    answer = RedirectResponse(tablet.path, status_code=303)
    tablets.remember(answer, tablet)
    return answer


def _page(request: Request, desk: HostDesk, refusal: Refusal | None = None) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        return page(
            request,
            "moderation/tablet.html",
            status=refusal.status if refusal else 200,
            event=session.get_one(Event, desk.event_id),
            island=session.get_one(Island, (desk.event_id, desk.island)),
            refusal=refusal,
        )
