"""What others have written at an island, to be supported instead of being written once more."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Unknown
from app.feedback.access import Attendee, Sender, SenderOf
from app.feedback.limits import Limits, Rate
from app.feedback.personal import personal_in
from app.feedback.queries import count_mentioned, mentioned_card, mentioned_cards
from app.feedback.similar import similar
from app.planning.models import Event, Phase
from app.planning.queries import event_by_code
from app.web.pages import page

LISTED = 50  # a page of them
COMPARED = 300  # with what is being written
TEXT_MAX = 2000  # of what is being written; more is no card
WHILE_WRITING = Rate(per_s=3, burst=20)  # a browser asks when the fingers rest

router = APIRouter()


@router.post("/e/{code}/{number:int}/similar")
def show_similar(
    request: Request, sender: SenderOf, number: int, text: Annotated[str, Form()] = ""
) -> HTMLResponse:
    """Whether the text is about a person, and cards like it, as a fragment; empty when there is nothing to
    say. The text is not kept, and comes as a form so that it stands in no address."""
    limits: Limits = request.state.limits
    limits.take(sender.event.id, sender.device, WHILE_WRITING)
    island = sender.event.island(number)
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, sender.event.code)
        cards = []
        if is_open(event) and not event.has_curtain:
            cards = mentioned_cards(session, sender.event.id, sender.device, island, most=COMPARED)
    text = text[:TEXT_MAX]
    return page(
        request,
        "feedback/_similar.html",
        event=event,
        cards=similar(text, cards),
        found=personal_in(text) if is_open(event) else (),
    )


async def support_fragment(request: Request, sender: Sender, card_id: str) -> HTMLResponse:
    """Whether this device supports the card, as it is stored now."""

    def render() -> HTMLResponse:
        database: Database = request.state.database
        with database.read() as session:
            card = mentioned_card(session, sender.event.id, sender.device, card_id)
            event = event_by_code(session, sender.event.code)
        if card is None:  # hidden a moment ago
            raise Unknown
        return page(request, "feedback/_support.html", event=event, card=card, is_open=True)

    return await run_in_threadpool(render)


def mentioned_context(
    session: Session, event: Event, attendee: Attendee | Sender, island: int, skipped: int | None
) -> dict[str, Any]:
    """How many cards there are and, if they were asked for, a page of them; none while the curtain is
    down. A first visit stays light without them."""
    who = (session, attendee.event.id, attendee.device, island)
    total = 0 if event.has_curtain else count_mentioned(*who)
    is_listed = total > 0 and skipped is not None
    following = (skipped or 0) + LISTED
    return {
        "mentioned": mentioned_cards(*who, most=LISTED, skipped=skipped or 0)
        if is_listed
        else None,
        "mentioned_total": total,
        "mentioned_from": skipped,
        "mentioned_next": following if following < total else None,
    }


def is_open(event: Event) -> bool:
    """Whether dots, cards and supports are taken now."""
    return event.phase in {Phase.cafe, Phase.cloud} and not event.is_paused
