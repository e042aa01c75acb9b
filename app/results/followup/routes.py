"""The follow-up over HTTP: cards into groups, and what becomes of each group."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, Refusal, Stale
from app.people.access import SignedInPlanner
from app.people.models import Planner
from app.planning.queries import event_by_key
from app.results.followup.groups import GroupFacts, change_group, dissolve_group, place_group
from app.results.followup.models import Progress
from app.results.followup.moving import NONE, SeenCard, move_cards
from app.results.followup.outcomes import write_outcomes
from app.results.followup.page import Shown, TypedGroup, followup_page
from app.results.followup.queries import Opened
from app.web.pages import Pages, language
from app.web.refusals import is_htmx, wants_json

router = APIRouter(prefix="/plan/events/{key}/follow-up")
Version = Annotated[int, Form()]
Line = Annotated[str, Form(max_length=2000)]
Kept = dict[str, Any]
"""What was typed, for the page that says why it was not taken."""


def shown_of(
    island: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    group: Annotated[str | None, Query(max_length=16)] = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Shown:
    """`group`: with all its cards, `page` of them."""
    return Shown(island, Opened(group, page) if group else None)


ShownOf = Annotated[Shown, Depends(shown_of)]


@router.get("")
def show_followup(
    request: Request, _planner: SignedInPlanner, key: str, shown: ShownOf
) -> HTMLResponse:
    return followup_page(request, key, shown)


@router.post("/cards")
def move(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    shown: ShownOf,
    card: Annotated[list[str] | None, Form(max_length=1000)] = None,
    to: Line = NONE,
    title: Line = "",
) -> Response:
    """`card` is a card's id, a colon, and the id of the group in which it was seen."""
    seen = [SeenCard(id, group) for id, _, group in (each.partition(":") for each in card or [])]
    pages: Pages = request.state.pages
    unnamed = pages.catalogue.texts(language(request)).gettext("Gruppe")
    return _done(request, planner, key, shown, {}, "", move_cards, seen, to, title, unnamed)


@router.post("/groups/{group_id}")
def change(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    group_id: str,
    version: Version,
    progress: Annotated[Progress, Form()],
    shown: ShownOf,
    title: Line = "",
    outcome: Line = "",
    department: Line = "",
    reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    facts = GroupFacts(title, outcome, department, progress, reason)
    typed: Kept = {"typed": TypedGroup(group_id, facts)}
    values = (group_id, facts, version)
    return _done(request, planner, key, shown, typed, f"#group-{group_id}", change_group, *values)


@router.post("/groups/{group_id}/place")
def place(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    group_id: str,
    version: Version,
    direction: Annotated[Literal["up", "down"], Form()],
    shown: ShownOf,
) -> Response:
    values = (group_id, direction, version)
    return _done(request, planner, key, shown, {}, f"#group-{group_id}", place_group, *values)


@router.post("/groups/{group_id}/dissolving")
def dissolve(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    group_id: str,
    version: Version,
    shown: ShownOf,
) -> Response:
    return _done(request, planner, key, shown, {}, "", dissolve_group, group_id, version)


@router.post("/outcomes")
def change_outcomes(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    shown: ShownOf,
    outcomes: Annotated[str, Form(max_length=20_000)] = "",
    seen: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    typed: Kept = {"typed_outcomes": outcomes}
    return _done(request, planner, key, shown, typed, "", write_outcomes, outcomes, seen)


def _done(
    request: Request,
    planner: int,
    key: str,
    shown: Shown,
    typed: Kept,
    place: str,
    act: Callable[..., object],
    *values: Any,
) -> Response:
    """Back to `place` on the page; to the current state, with what was typed, when it is refused."""
    database: Database = request.state.database
    with database.read() as session:
        event_id = event_by_key(session, key).id
        actor = f"planner {session.get_one(Planner, planner).name}"
    refusal: Refusal | None = None
    try:
        database.write(act, event_id, actor, *values)
    except (NotAcceptable, Stale) as error:
        if wants_json(request):
            raise
        refusal = error
    if refusal is None and not is_htmx(request):
        address = f"/plan/events/{key}/follow-up{shown.query}{place}"
        return RedirectResponse(address, status_code=303)
    kept = typed if refusal else {}
    return followup_page(request, key, shown, refusal=refusal, **kept)
