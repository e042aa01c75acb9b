"""The acts on cards, and on words as far as they are the same."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.feedback.models import Card, Word
from app.moderation.access import DeskOf
from app.moderation.answering import Version, decided
from app.moderation.deciding import correct, decide

router = APIRouter()
Decision = Literal["approval", "hiding", "restoration"]


@router.post("/cards/{item_id}/correction")
def correct_card(
    request: Request, desk: DeskOf, item_id: str, version: Version, text: Annotated[str, Form()]
) -> Response:
    return decided(request, desk, Card, item_id, correct, desk.event_id, item_id, text, version)


@router.post("/cards/{item_id}/{act}")
def decide_on_card(
    request: Request, desk: DeskOf, item_id: str, act: Decision, version: Version
) -> Response:
    values = (Card, desk.event_id, item_id, act, version)
    return decided(request, desk, Card, item_id, decide, *values)


@router.post("/words/{item_id}/{act}")
def decide_on_word(
    request: Request, desk: DeskOf, item_id: str, act: Decision, version: Version
) -> Response:
    values = (Word, desk.event_id, item_id, act, version)
    return decided(request, desk, Word, item_id, decide, *values)
