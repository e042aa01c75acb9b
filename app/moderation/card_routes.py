"""The acts on cards, and on words as far as they are the same."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from app.database import Database
from app.errors import N_, Stale
from app.feedback.models import Card, State, Word
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import (
    Undo,
    Version,
    YesNo,
    decided,
    done,
    refused_page,
)
from app.moderation.deciding import correct, decide, highlight
from app.moderation.several import Seen, decide_on_several, seen, states_of
from app.web.refusals import wants_json

router = APIRouter()
Decision = Literal["approval", "hiding", "restoration"]
Cards = Annotated[list[str], Form()]
SOME_STALE = N_("Bei einigen Karten war jemand anderes schneller. Hier ist der aktuelle Stand.")


# --- several at once, before /cards/{item_id} -------------------------------------------------------


@router.post("/cards/approval")
def approve_several(request: Request, desk: DeskOf, card: Cards) -> Response:
    return _several(request, desk, "approval", seen(card, State.approved))


@router.post("/cards/hiding")
def hide_several(request: Request, desk: DeskOf, card: Cards) -> Response:
    return _several(request, desk, "hiding", seen(card, State.hidden))


@router.post("/cards/undoing")
def undo_several(request: Request, desk: DeskOf, card: Cards) -> Response:
    """Back into the states named, `id:version:state`: of what was decided, one card or many."""
    return _several(request, desk, "undoing", seen(card))


def _several(request: Request, desk: Desk, name: str, cards: list[Seen]) -> Response:
    """409 only when nothing could be done; what was stale is said in any case."""
    database: Database = request.state.database
    outcome = database.write(decide_on_several, desk.event_id, desk.actor, name, cards)
    if wants_json(request):
        with database.read() as session:
            done_ids = [card.id for card in outcome.done]
            body = {
                "done": states_of(session, desk.event_id, done_ids),
                "stale": states_of(session, desk.event_id, outcome.stale),
            }
        return JSONResponse(body, 200 if outcome.done else Stale.status)
    undo = _undo(name, outcome.done) if outcome.done and name != "undoing" else None
    if outcome.stale:
        return refused_page(request, desk, Stale(SOME_STALE if outcome.done else ""), undo)
    return done(request, desk, undo)


def _undo(name: str, cards: list[Seen]) -> Undo:
    fields = tuple(("card", f"{card.id}:{card.version}:{card.state}") for card in cards)
    return Undo(name, "/cards/undoing", fields, len(cards))


# --- one card ---------------------------------------------------------------------------------------


@router.post("/cards/{item_id}/correction")
def correct_card(
    request: Request, desk: DeskOf, item_id: str, version: Version, text: Annotated[str, Form()]
) -> Response:
    before = ""

    def corrected(session: Session) -> dict[str, Any]:
        nonlocal before
        card = session.get(Card, (desk.event_id, item_id))
        before = card.text if card else ""
        return correct(session, desk.event_id, item_id, text, version)

    def undo(_details: dict[str, Any]) -> Undo:
        fields = (("text", before), ("version", str(version + 1)))
        return Undo("correction", f"/cards/{item_id}/correction", fields)

    return decided(request, desk, Card, item_id, corrected, name="correction", undo=undo)


@router.post("/cards/{item_id}/highlighting")
def highlight_card(
    request: Request, desk: DeskOf, item_id: str, version: Version, highlighted: YesNo
) -> Response:
    is_highlighted = highlighted == "yes"

    def undo(_details: dict[str, Any]) -> Undo:
        fields = (("highlighted", "no" if is_highlighted else "yes"), ("version", str(version + 1)))
        name = "highlighting" if is_highlighted else "unhighlighting"
        return Undo(name, f"/cards/{item_id}/highlighting", fields)

    values = (desk.event_id, item_id, is_highlighted, version)
    name = "highlighting"
    return decided(request, desk, Card, item_id, highlight, *values, name=name, undo=undo)


@router.post("/cards/{item_id}/{act}")
def decide_on_card(
    request: Request, desk: DeskOf, item_id: str, act: Decision, version: Version
) -> Response:
    def undo(details: dict[str, Any]) -> Undo:
        return _undo(act, [Seen(item_id, version + 1, State(details["before"]))])

    values = (Card, desk.event_id, item_id, act, version)
    return decided(request, desk, Card, item_id, decide, *values, name=act, undo=undo)


@router.post("/words/{item_id}/{act}")
def decide_on_word(
    request: Request, desk: DeskOf, item_id: str, act: Decision, version: Version
) -> Response:
    values = (Word, desk.event_id, item_id, act, version)
    return decided(request, desk, Word, item_id, decide, *values, name=act)
