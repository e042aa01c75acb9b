"""The wall in the browser, and its state for those who poll."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app.errors import Unknown
from app.feedback.access import AttendeeOf
from app.live.hub import Hub
from app.live.room import Room
from app.live.state import wall_state
from app.planning.models import Phase
from app.planning.qr import as_svg, island_address
from app.settings import Settings
from app.web.pages import page

router = APIRouter()


@router.get("/e/{code}/live")
async def show_wall(request: Request, attendee: AttendeeOf) -> HTMLResponse:
    room = _room(request, attendee.event.id)
    tally = await room.tally()
    if tally is None:
        raise Unknown
    settings: Settings = request.state.settings
    address = island_address(settings.address, tally.event.code, None)
    return page(
        request,
        "live/wall.html",
        event=tally.event,
        in_language=tally.event.locale,
        state=wall_state(tally, 0),
        is_setup=tally.event.phase == Phase.setup,
        address=f"{settings.address.removeprefix('http://').removeprefix('https://')}",
        qr=as_svg(address),
    )


@router.get("/e/{code}/live.json")
async def live_state(request: Request, attendee: AttendeeOf) -> Response:
    """The state as the sockets last sent it; 304 for one that has it already."""
    room = _room(request, attendee.event.id)
    if await room.tally() is None:
        raise Unknown
    etag = f'"{room.version}"'
    headers = {"etag": etag, "cache-control": "no-cache"}
    known = request.headers.get("if-none-match", "").split(",")
    if {tag.strip().removeprefix("W/") for tag in known} & {etag, "*"}:  # RFC 9110, 13.1.2
        return Response(status_code=304, headers=headers)
    return Response(room.state, headers=headers, media_type="application/json")


def _room(request: Request, event_id: int) -> Room:
    hub: Hub = request.state.hub
    return hub.room(event_id)
