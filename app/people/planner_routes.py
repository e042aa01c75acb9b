"""The planners' page about themselves: who may plan, new links, and who no longer may."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, NotOpen, Refusal
from app.people.access import SignedInPlanner
from app.people.planners import add_planner, listed_planners, remove_planner, renew_link
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import wants_json

router = APIRouter(prefix="/plan/people")
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]  # what a database takes for an integer


@router.get("")
def show_people(request: Request, planner: SignedInPlanner) -> HTMLResponse:
    return _people_page(request, planner)


@router.post("")
def add(
    request: Request, planner: SignedInPlanner, name: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Somebody who is there already gets a new link."""
    database: Database = request.state.database
    try:
        database.write(add_planner, name)
    except NotAcceptable as refusal:
        return _refused(request, planner, refusal)
    return _back()


@router.post("/{number}/link")
def make_new_link(request: Request, _planner: SignedInPlanner, number: Number) -> Response:
    database: Database = request.state.database
    database.write(renew_link, number)
    return _back()


@router.post("/{number}/removal")
def remove(request: Request, planner: SignedInPlanner, number: Number) -> Response:
    database: Database = request.state.database
    try:
        database.write(remove_planner, number)
    except NotOpen as refusal:
        return _refused(request, planner, refusal)
    return _back()


def _back() -> Response:
    return RedirectResponse("/plan/people", status_code=303)


def _refused(request: Request, planner: int, refusal: Refusal) -> Response:
    if wants_json(request):
        raise refusal
    return _people_page(request, planner, refusal)


def _people_page(request: Request, planner: int, refusal: Refusal | None = None) -> HTMLResponse:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        return page(
            request,
            "people/planners.html",
            status=refusal.status if refusal else 200,
            refusal=refusal,
            planners=listed_planners(session),
            own_id=planner,
            address=settings.address,
        )
