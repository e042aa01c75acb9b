"""Results on screen, for everybody once they are revealed, and as files, for planners."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from app.database import Database
from app.errors import N_, NotOpen, Unknown
from app.feedback.access import AttendeeOf
from app.feedback.spoken import plan_texts
from app.people.access import SignedInPlanner
from app.planning.models import Event, Phase
from app.planning.queries import event_by_code, event_by_key, planned
from app.results.as_moderation_csv import moderation_csv, read_moderation
from app.results.files import CSV, MODERATION, RESULT_FILES, Renderer
from app.results.making import Making
from app.results.progress_page import Asked, Since, attachment, oldest, progress_page
from app.results.report import read_report
from app.results.results_page import CARDS, read_results
from app.web.pages import Pages, attendees_language, page

router = APIRouter()
MOST_PAGES = 10_000


@router.get("/e/{code}/results")
def show_results(
    request: Request,
    attendee: AttendeeOf,
    island: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    at: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)] = 1,
) -> HTMLResponse:
    """`island`: only this one, with all its cards. `page`: of them, or of the words."""
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, attendee.event.code)
        if event.phase != Phase.closed:
            raise NotOpen(N_("Die Ergebnisse kommen, sobald die Veranstaltung beendet ist."))
        if not event.is_revealed:
            raise NotOpen(N_("Die Ergebnisse sind noch verdeckt. Bitte später noch einmal."))
        return page(
            request,
            "results/results.html",
            event=event,
            results=read_results(session, event, island, at),
            island=island,
            at=at,
            cards_a_page=CARDS,
            planned=planned(session, event),
            **plan_texts(attendees_language(request, event), event.locale),
        )


@router.get("/plan/events/{key}/moderation.csv")
def download_moderation(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    database: Database = request.state.database
    with database.read() as session:
        content = moderation_csv(read_moderation(session, event_by_key(session, key)))
    return attachment(content, CSV, f"{key}-{MODERATION}")


@router.get("/plan/events/{key}/{name}")
async def download(
    request: Request, _planner: SignedInPlanner, key: str, name: str, since: Since = None
) -> Response:
    """A result file as it is at this moment, also while the event runs; one that takes long is waited
    for. `since`: a version of the event; any state from then on will do."""
    file = _file(name)
    if not file.is_long:
        return await run_in_threadpool(_render, request, key, name, file)
    event = await run_in_threadpool(_event, request, key)
    assert event.id is not None
    making: Making = request.state.making
    made = await making.file(event.id, name, oldest(event.version, since))
    return attachment(made.content, file.media_type, f"{event.key}-{name}")


@router.get("/plan/events/{key}/{name}/making")
async def show_making(
    request: Request,
    _planner: SignedInPlanner,
    key: str,
    name: str,
    since: Since = None,
    ahead: Since = None,
) -> Response:
    """How far a file is that takes long; on to it at once if it is there. The page may be left and come
    back to: `since` is in its address. `ahead`: what it says now; 204 as long as nothing has changed, so
    that nobody is read the same again."""
    if not _file(name).is_long:
        raise Unknown
    event = await run_in_threadpool(_event, request, key)
    assert event.id is not None
    return await progress_page(
        request,
        Asked(event.id, name, event.version, since),
        f"/plan/events/{event.key}",
        event.title,
        ahead,
    )


def _file(name: str) -> Renderer:
    file = RESULT_FILES.get(name)
    if file is None:
        raise Unknown
    return file


def _event(request: Request, key: str) -> Event:
    database: Database = request.state.database
    with database.read() as session:
        return event_by_key(session, key)


def _render(request: Request, key: str, name: str, file: Renderer) -> Response:
    database: Database = request.state.database
    pages: Pages = request.state.pages
    with database.read() as session:
        event = event_by_key(session, key)
        report = read_report(session, event)
    content = file.render(report, pages.catalogue.texts(event.locale).gettext, {})
    return attachment(content, file.media_type, f"{event.key}-{name}")
