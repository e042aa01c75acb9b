"""The events of a series side by side, on screen."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.people.access import SignedInPlanner
from app.results.comparison import read_comparison, series_by_key
from app.results.documentation_comparison import documented_comparison
from app.results.spoken import Spoken
from app.web.pages import Pages, language, page

router = APIRouter(prefix="/plan/series/{key}")


@router.get("/comparison")
def show_comparison(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    database: Database = request.state.database
    pages: Pages = request.state.pages
    with database.read() as session:
        series = series_by_key(session, key)
        assert series.id is not None
        comparison = read_comparison(session, series.id)
    chosen = language(request)
    texts = pages.catalogue.texts(chosen).gettext
    return page(
        request,
        "results/comparison.html",
        series=comparison.series,
        said=documented_comparison(comparison, Spoken(chosen), texts),
    )
