"""The page as a download, for planners and moderators alike."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.database import Database
from app.planning.models import Event
from app.planning.runbook.sheet import TEMPLATE, runbook
from app.planning.typesetting import Press
from app.settings import Settings
from app.web.pages import PRIVATE, Pages


async def answer_runbook(request: Request, event_id: int) -> Response:
    """In the event's language, as it hangs in its hall."""
    press: Press = request.state.press
    name, sheet = await run_in_threadpool(_sheet, request, event_id)
    return Response(
        await press.pdf(TEMPLATE, sheet),
        media_type="application/pdf",
        headers=PRIVATE | {"content-disposition": f'attachment; filename="{name}-runbook.pdf"'},
    )


def _sheet(request: Request, event_id: int) -> tuple[str, dict[str, object]]:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    pages: Pages = request.state.pages
    with database.read() as session:
        event = session.get_one(Event, event_id)
        language = pages.catalogue.spoken(event.locale)
        return event.key, runbook(
            session,
            event,
            address=settings.address,
            is_local=settings.is_local,
            translate=pages.catalogue.texts(language).gettext,
            language=language,
        )
