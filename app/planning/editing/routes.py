"""A plan changed by form, before the day and while the event runs: event, islands, contacts, offers.

Each change says which plan it was made of (`seen`); a stale one changes nothing and is told so.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, Stale
from app.people.access import SignedInPlanner
from app.people.planners import actor_of
from app.planning.editing.draft import Draft, change_plan, read_draft
from app.planning.editing.fields import typed, typed_rows
from app.planning.editing.pages import AS_STORED, Refused, event_page, island_page, offer_page
from app.planning.plan_data import Data
from app.planning.plan_errors import PlanErrors
from app.planning.queries import event_by_key

router = APIRouter(prefix="/plan/events/{key}")
Number = Annotated[int, Path(ge=1, le=999)]
Act = Literal["place", "retirement", "return"]
STEPS = {"up": -1, "down": 1, "": 0}


@dataclass(frozen=True)
class Sent:
    """A form about the plan of the event with this key, and the planner's number who sent it."""

    request: Request
    key: str
    planner: int
    form: Mapping[str, Any]

    @property
    def step(self) -> int:
        """Up (-1) or down (1). Raises NotAcceptable."""
        direction = self.form.get("direction", "")
        if direction not in STEPS:
            raise NotAcceptable(field="direction")
        return STEPS[direction]

    def values(self, part: str) -> Data:
        return typed(part, self.form)

    def change(
        self,
        change: Callable[[Draft], str],
        again: Callable[[Request, str, Refused], HTMLResponse],
        typed_in: Refused = AS_STORED,
    ) -> Response:
        """Goes on to where `change` says, behind the event's address, or shows the form `again`."""

        def change_it(session: Session) -> str:
            actor = actor_of(session, self.planner)
            return change_plan(session, self.key, actor, str(self.form.get("seen", "")), change)

        database: Database = self.request.state.database
        try:
            went_on = database.write(change_it)
        except (Stale, NotAcceptable, PlanErrors) as refusal:
            return again(self.request, self.key, typed_in.because(refusal))
        return RedirectResponse(f"/plan/events/{self.key}{went_on}", status_code=303)


async def sent(request: Request, planner: SignedInPlanner, key: str) -> Sent:
    """Read here, not by FastAPI, which would read it before it asks who sends it."""
    return Sent(request, key, planner, await request.form(max_files=0))


SentForm = Annotated[Sent, Depends(sent)]


@router.get("/edit")
def show_event_form(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    return event_page(request, key)


@router.post("/edit")
def change_event(sent: SentForm) -> Response:
    values = sent.values("event")

    def change(draft: Draft) -> str:
        kept = {name: draft.data["event"][name] for name in ("key", "locale")}
        draft.data["event"] = kept | values
        return ""

    return sent.change(change, event_page, Refused("event", values))


@router.post("/islands")
def add_island(sent: SentForm) -> Response:
    values = sent.values("islands")

    def change(draft: Draft) -> str:
        return f"/islands/{draft.add_island(values)}"

    return sent.change(change, event_page, Refused("added", values))


@router.get("/islands/{number}")
def show_island_form(
    request: Request, _planner: SignedInPlanner, key: str, number: Number
) -> HTMLResponse:
    return island_page(request, key, AS_STORED, number)


@router.post("/islands/{number}")
def change_island(sent: SentForm, number: Number) -> Response:
    values = sent.values("islands") | {"contacts": typed_rows("contacts", sent.form)}

    def change(draft: Draft) -> str:
        island = draft.island(number)
        kept = {name: island[name] for name in ("number", "offers")}
        island.clear()
        island.update(kept | values)
        return f"/edit#island-{number}"

    again = partial(island_page, number=number)
    return sent.change(change, again, Refused("islands", values))


@router.post("/islands/{number}/offers")
def add_offer(sent: SentForm, number: Number) -> Response:
    values = sent.values("offers")

    def change(draft: Draft) -> str:
        return f"/islands/{number}#offer-{draft.add_offer(number, values)}"

    return sent.change(change, partial(island_page, number=number), Refused("added", values))


@router.post("/islands/{number}/{act}")
def act_on_island(sent: SentForm, number: Number, act: Act) -> Response:
    def change(draft: Draft) -> str:
        if act == "place":
            draft.move_island(number, sent.step)
        elif act == "retirement":
            draft.retire_island(number)
        else:
            draft.bring_back_island(number)
        return f"/edit#island-{number}"

    return sent.change(change, event_page)


@router.get("/offers/{offer}")
def show_offer_form(
    request: Request, _planner: SignedInPlanner, key: str, offer: str
) -> HTMLResponse:
    return offer_page(request, key, AS_STORED, offer)


@router.post("/offers/{offer}")
def change_offer(sent: SentForm, offer: str) -> Response:
    values, number = sent.values("offers"), str(sent.form.get("island", ""))

    def change(draft: Draft) -> str:
        if not re.fullmatch("[0-9]{1,9}", number):
            raise NotAcceptable(field="island")
        draft.change_offer(offer, values, int(number))
        return f"/islands/{int(number)}#offer-{offer}"

    return sent.change(change, partial(offer_page, offer=offer), Refused("offers", values))


@router.post("/offers/{offer}/{act}")
def act_on_offer(sent: SentForm, offer: str, act: Act) -> Response:
    def change(draft: Draft) -> str:
        if act == "return":
            draft.bring_back_offer(offer)
        number = draft.offer(offer)[0]["number"]
        if act == "place":
            draft.move_offer(offer, sent.step)
        elif act == "retirement":
            draft.retire_offer(offer)
        return f"/islands/{number}#offer-{offer}"

    def again(request: Request, key: str, refused: Refused) -> HTMLResponse:
        database: Database = request.state.database
        with database.read() as session:
            draft = read_draft(session, event_by_key(session, key))
        return island_page(request, key, refused, draft.island_of(offer))

    return sent.change(change, again)
