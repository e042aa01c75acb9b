"""The wall in the browser, and its state for those who poll."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from app.errors import Unknown
from app.feedback.access import AttendeeOf
from app.live.access import may_steer
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
    state = wall_state(tally, 0)

    def render() -> HTMLResponse:
        return page(
            request,
            "live/wall.html",
            event=tally.event,
            in_language=tally.event.locale,
            state=state,
            may_steer=may_steer(request, attendee.event.id, tally.event.code),
            is_setup=tally.event.phase == Phase.setup,
            address=settings.address.split("://", 1)[1],
            qr=as_svg(address),
            results_qr=as_svg(f"{settings.address}/e/{tally.event.code}/results"),
        )

    return await run_in_threadpool(render)


@router.get("/e/{code}/live.json")
async def live_state(request: Request, attendee: AttendeeOf) -> Response:
    """The state as the sockets last sent it; 304 for one that has it already.

    The tag is weak: the clock runs on within one version.
    """
    room = _room(request, attendee.event.id)
    if await room.tally() is None:
        raise Unknown
    version = f'"{room.version}"'
    headers = {"etag": f"W/{version}", "cache-control": "no-cache"}
    known = request.headers.get("if-none-match", "").split(",")
    if {tag.strip().removeprefix("W/") for tag in known} & {version, "*"}:  # RFC 9110, 13.1.2
        return Response(status_code=304, headers=headers)
    return Response(room.state, headers=headers, media_type="application/json")


def _room(request: Request, event_id: int) -> Room:
    hub: Hub = request.state.hub
    return hub.room(event_id)
