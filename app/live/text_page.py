"""The wall as plain text, for those who listen to it, feel it or read it in their own size."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Unknown
from app.feedback.access import AttendeeOf
from app.feedback.spoken import plan_texts
from app.live.hub import Hub
from app.live.state import wall_state
from app.planning.queries import event_by_code, planned
from app.web.pages import attendees_language, page

router = APIRouter()


@router.get("/e/{code}/live/text")
async def show_text(request: Request, attendee: AttendeeOf) -> HTMLResponse:
    """What every wall may show at this moment, from the state that walls get: so what is behind the
    curtain or not revealed isn't here either. In the visitor's language; it changes only when asked."""
    hub: Hub = request.state.hub
    tally = await hub.room(attendee.event.id).tally()
    if tally is None:
        raise Unknown
    state = wall_state(tally, 0)

    def render() -> HTMLResponse:
        database: Database = request.state.database
        with database.read() as session:
            event = event_by_code(session, attendee.event.code)
            return page(
                request,
                "live/text.html",
                event=event,
                state=state,
                planned=planned(session, event),
                **plan_texts(attendees_language(request, event), event.locale),
            )

    return await run_in_threadpool(render)
