"""The events of a series side by side, on screen and as files; all of them in one documentation."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from app.database import Database
from app.errors import N_, NotOpen, Unknown
from app.people.access import SignedInPlanner
from app.planning.typesetting import Press
from app.results import as_heatmap
from app.results.compared.queries import events_of
from app.results.compared.values import Comparison
from app.results.comparison import read_comparison, series_by_key
from app.results.documentation.comparison import documented_comparison, heatmap_content
from app.results.documentation.spoken import Spoken
from app.results.files import RESULT_FILES
from app.results.making import Making
from app.results.progress_page import Asked, Since, attachment, oldest, progress_page
from app.results.series_files import JOINT_FILES
from app.results.xlsx.comparison import comparison_xlsx
from app.web.pages import Pages, language, page

router = APIRouter(prefix="/plan/series/{key}")
NOTHING_TO_COMPARE = N_("Diese Reihe hat noch keine Veranstaltung, die keine Probe ist.")


@router.get("/comparison")
def show_comparison(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    comparison = _comparison(request, key)
    pages: Pages = request.state.pages
    chosen = language(request)
    texts = pages.catalogue.texts(chosen).gettext
    return page(
        request,
        "results/comparison.html",
        series=comparison.series,
        said=documented_comparison(comparison, Spoken(chosen), texts),
    )


@router.get("/comparison.xlsx")
def download_comparison(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    comparison = _filled(_comparison(request, key))
    pages: Pages = request.state.pages
    content = comparison_xlsx(comparison, pages.catalogue.texts(comparison.locale).gettext)
    return attachment(content, RESULT_FILES["results.xlsx"].media_type, f"{key}-comparison.xlsx")


@router.get("/heatmap.{kind}")
async def download_heatmap(
    request: Request, _planner: SignedInPlanner, key: str, kind: str
) -> Response:
    media_type = {"svg": "image/svg+xml", "png": "image/png"}.get(kind)
    if media_type is None:
        raise Unknown
    content = await run_in_threadpool(_heatmap, request, key)
    press: Press = request.state.press
    picture = await press.made(as_heatmap.__name__, kind, content, {})
    return attachment(picture, media_type, f"{key}-heatmap.{kind}")


@router.get("/{name}")
async def download_joint(
    request: Request, _planner: SignedInPlanner, key: str, name: str, since: Since = None
) -> Response:
    """The documentation of all its events, waited for. `since`: see `Asked`."""
    asked, _title = await run_in_threadpool(_asked, request, key, name, since)
    making: Making = request.state.making
    made = await making.file(asked.of, name, oldest(asked.version, since))
    return attachment(made.content, JOINT_FILES[name].media_type, f"{key}-{name}")


@router.get("/{name}/making")
async def show_joint_making(
    request: Request,
    _planner: SignedInPlanner,
    key: str,
    name: str,
    since: Since = None,
    ahead: Since = None,
) -> Response:
    asked, title = await run_in_threadpool(_asked, request, key, name, since)
    return await progress_page(request, asked, f"/plan/series/{key}", title, ahead)


def _asked(request: Request, key: str, name: str, since: int | None) -> tuple[Asked, str]:
    """And what the series is called. Only its events are read: whoever waits asks again and again."""
    if name not in JOINT_FILES:
        raise Unknown
    database: Database = request.state.database
    with database.read() as session:
        series = series_by_key(session, key)
        assert series.id is not None
        events = events_of(session, series.id)
        if not events:
            raise NotOpen(NOTHING_TO_COMPARE)
        ids = tuple(event.id for event in events if event.id is not None)
        version = sum(event.version for event in events)
        return Asked(ids, name, version, since), series.title


def _heatmap(request: Request, key: str) -> dict[str, Any]:
    comparison = _filled(_comparison(request, key))
    pages: Pages = request.state.pages
    return heatmap_content(comparison, pages.catalogue.texts(comparison.locale).gettext)


def _comparison(request: Request, key: str) -> Comparison:
    database: Database = request.state.database
    with database.read() as session:
        series = series_by_key(session, key)
        assert series.id is not None
        return read_comparison(session, series.id)


def _filled(comparison: Comparison) -> Comparison:
    if not comparison.events:
        raise NotOpen(NOTHING_TO_COMPARE)
    return comparison
