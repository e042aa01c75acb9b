"""A plan changed by form, before the day and while the event runs: event, islands, contacts, offers.

Each change says which plan it was made of (`seen`); a stale one changes nothing and is told so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, Stale
from app.people.access import SignedInPlanner
from app.planning.draft import Draft, change_plan, read_draft
from app.planning.edit_pages import AS_STORED, Refused, event_page, island_page, offer_page
from app.planning.plan_data import Data
from app.planning.plan_errors import PlanErrors
from app.planning.plan_form import typed, typed_rows
from app.planning.queries import event_by_key

router = APIRouter(prefix="/plan/events/{key}")
Number = Annotated[int, Path(ge=1, le=999)]
Seen = Annotated[str, Form(max_length=40)]
Direction = Annotated[Literal["up", "down", ""], Form()]
STEPS = {"up": -1, "down": 1, "": 0}


Again = Callable[[Refused], HTMLResponse]


@router.get("/edit")
def show_event_form(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    return event_page(request, key)


@router.post("/edit")
async def change_event(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    seen, values, _ = await _sent(request, "event")

    def change(draft: Draft) -> str:
        draft.data["event"] = {"key": key, "locale": draft.data["event"]["locale"]} | values
        return ""

    typed_in = Refused("event", values)
    return await _changed(
        request, key, seen, change, typed_in, lambda no: event_page(request, key, no)
    )


@router.post("/islands")
async def add_island(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    seen, values, _ = await _sent(request, "islands")
    return await _changed(
        request,
        key,
        seen,
        lambda draft: f"/islands/{draft.add_island(values)}",
        Refused("added", values),
        lambda no: event_page(request, key, no),
    )


@router.get("/islands/{number}")
def show_island_form(
    request: Request, _planner: SignedInPlanner, key: str, number: Number
) -> HTMLResponse:
    return island_page(request, key, number)


@router.post("/islands/{number}")
async def change_island(
    request: Request, _planner: SignedInPlanner, key: str, number: Number
) -> Response:
    seen, values, form = await _sent(request, "islands")
    values["contacts"] = typed_rows("contacts", form)

    def change(draft: Draft) -> str:
        island = draft.island(number)
        kept = {name: island[name] for name in ("number", "offers")}
        island.clear()
        island.update(kept | values)
        return f"/edit#island-{number}"

    return await _changed(
        request,
        key,
        seen,
        change,
        Refused("islands", values),
        lambda no: island_page(request, key, number, no),
    )


@router.post("/islands/{number}/offers")
async def add_offer(
    request: Request, _planner: SignedInPlanner, key: str, number: Number
) -> Response:
    seen, values, _ = await _sent(request, "offers")

    def change(draft: Draft) -> str:
        return f"/islands/{number}#offer-{draft.add_offer(number, values)}"

    return await _changed(
        request,
        key,
        seen,
        change,
        Refused("added", values),
        lambda no: island_page(request, key, number, no),
    )


@router.post("/islands/{number}/{act}")
def act_on_island(
    request: Request,
    _planner: SignedInPlanner,
    key: str,
    number: Number,
    act: Literal["place", "retirement", "return"],
    seen: Seen = "",
    direction: Direction = "",
) -> Response:
    def change(draft: Draft) -> str:
        if act == "place":
            draft.move_island(number, STEPS[direction])
        elif act == "retirement":
            draft.retire_island(number)
        else:
            draft.bring_back_island(number)
        return f"/edit#island-{number}"

    return _change(request, key, seen, change, AS_STORED, lambda no: event_page(request, key, no))


@router.get("/offers/{offer}")
def show_offer_form(
    request: Request, _planner: SignedInPlanner, key: str, offer: str
) -> HTMLResponse:
    return offer_page(request, key, offer)


@router.post("/offers/{offer}")
async def change_offer(
    request: Request, _planner: SignedInPlanner, key: str, offer: str
) -> Response:
    seen, values, form = await _sent(request, "offers")
    number = str(form.get("island", ""))

    def change(draft: Draft) -> str:
        if not number.isascii() or not number.isdecimal():
            raise NotAcceptable(field="island")
        draft.change_offer(offer, values, int(number))
        return f"/islands/{int(number)}#offer-{offer}"

    return await _changed(
        request,
        key,
        seen,
        change,
        Refused("offers", values),
        lambda no: offer_page(request, key, offer, no),
    )


@router.post("/offers/{offer}/{act}")
def act_on_offer(
    request: Request,
    _planner: SignedInPlanner,
    key: str,
    offer: str,
    act: Literal["place", "retirement", "return"],
    seen: Seen = "",
    direction: Direction = "",
) -> Response:
    def change(draft: Draft) -> str:
        if act == "return":
            draft.bring_back_offer(offer)
        number = draft.offer(offer)[0]["number"]
        if act == "place":
            draft.move_offer(offer, STEPS[direction])
        elif act == "retirement":
            draft.retire_offer(offer)
        return f"/islands/{number}#offer-{offer}"

    def again(no: Refused) -> HTMLResponse:
        database: Database = request.state.database
        with database.read() as session:
            draft = read_draft(session, event_by_key(session, key))
        retired = draft.retired_offers.get(offer)
        number = retired[0] if retired else draft.offer(offer)[0]["number"]
        return island_page(request, key, number, no)

    return _change(request, key, seen, change, AS_STORED, again)


async def _sent(request: Request, part: str) -> tuple[str, Data, Mapping[str, Any]]:
    """What was seen, the typed values of this part, and the whole form."""
    form = await request.form(max_files=0)
    return str(form.get("seen", "")), typed(part, form), form


Change = Callable[[Draft], str]
"""Changes the draft and says where to go on, behind the event's address."""


async def _changed(
    request: Request, key: str, seen: str, change: Change, typed_in: Refused, again: Again
) -> Response:
    return await run_in_threadpool(_change, request, key, seen, change, typed_in, again)


def _change(
    request: Request, key: str, seen: str, change: Change, typed_in: Refused, again: Again
) -> Response:
    """Changes and goes on to where `change` says, or shows the form `again`."""
    database: Database = request.state.database
    try:
        went_on = database.write(change_plan, key, seen, change)
    except (Stale, NotAcceptable) as refusal:
        return again(replace(typed_in, refusal=refusal))
    except PlanErrors as found:
        return again(replace(typed_in, refusal=NotAcceptable(), errors=tuple(found.errors)))
    return RedirectResponse(f"/plan/events/{key}{went_on}", status_code=303)
