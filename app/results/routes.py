"""Results on screen, for everybody once they are revealed, and as files, for planners."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app.database import Database
from app.errors import N_, NotOpen, Unknown
from app.feedback.access import AttendeeOf
from app.people.access import SignedInPlanner
from app.planning.models import Phase, localized
from app.planning.queries import event_by_code, event_by_key
from app.results.as_moderation_csv import moderation_csv, read_moderation
from app.results.files import CSV, MODERATION, RESULT_FILES
from app.results.report import read_report
from app.web.pages import Pages, language, page

router = APIRouter()


@router.get("/e/{code}/results")
def show_results(request: Request, attendee: AttendeeOf) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, attendee.event.code)
        if event.phase != Phase.closed:
            raise NotOpen(N_("Die Ergebnisse kommen, sobald die Veranstaltung beendet ist."))
        if not event.is_revealed:
            raise NotOpen(N_("Die Ergebnisse sind noch verdeckt. Bitte später noch einmal."))
        chosen = language(request, event)
        return page(
            request,
            "results/results.html",
            event=event,
            report=read_report(session, event),
            text=lambda row, field: localized(row, field, chosen),
        )


@router.get("/plan/events/{key}/moderation.csv")
def download_moderation(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    database: Database = request.state.database
    with database.read() as session:
        content = moderation_csv(read_moderation(session, event_by_key(session, key)))
    return _attachment(content, CSV, f"{key}-{MODERATION}")


@router.get("/plan/events/{key}/{name}")
def download(request: Request, _planner: SignedInPlanner, key: str, name: str) -> Response:
    """A result file as it is at this moment; also while the event runs."""
    file = RESULT_FILES.get(name)
    if file is None:
        raise Unknown
    database: Database = request.state.database
    pages: Pages = request.state.pages
    with database.read() as session:
        event = event_by_key(session, key)
        report = read_report(session, event)
    content = file.render(report, pages.catalogue.texts(event.locale).gettext)
    return _attachment(content, file.media_type, f"{event.key}-{name}")


def _attachment(content: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
