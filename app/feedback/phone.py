"""The attendee's pages: the event in each of its phases, an island; and the fragments of them."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Retired
from app.feedback.access import Attendee, AttendeeOf, Sender
from app.feedback.commands import TextReceipt
from app.feedback.mentioned import is_open, mentioned_context
from app.feedback.opening import WORDS_A_DEVICE
from app.feedback.personal import Personal
from app.feedback.queries import own_cards, own_dots, own_words, progress
from app.feedback.spoken import plan_texts
from app.feedback.text import CARD_GRAPHEMES, WORD_GRAPHEMES
from app.people.devices import Devices
from app.planning.clock import clock_of
from app.planning.models import Event, Phase
from app.planning.queries import contacts_of, event_by_code, islands_of, offers_of
from app.web.pages import attendees_language, page

router = APIRouter()
T = TypeVar("T")
MAX_SKIPPED = 100_000


@router.get("/e/{code}")
def show_event(request: Request, attendee: AttendeeOf) -> HTMLResponse:
    with _read(request) as session:
        event = event_by_code(session, attendee.event.code)
        template = {
            Phase.setup: "feedback/setup.html",
            Phase.cafe: "feedback/cafe.html",
            Phase.cloud: "feedback/cloud.html",
            Phase.closed: "feedback/closed.html",
        }[Phase(event.phase)]
        answer = page(request, template, **event_context(request, session, event, attendee))
    return _greeted(request, answer)


@router.get("/e/{code}/{number:int}")
def show_island(
    request: Request,
    attendee: AttendeeOf,
    number: int,
    skipped: Annotated[int | None, Query(alias="from", ge=0, le=MAX_SKIPPED)] = None,
) -> HTMLResponse:
    """`from`: also lists the cards that others wrote, but for so many that were on the pages before."""
    attendee.event.island(number)
    with _read(request) as session:
        event = event_by_code(session, attendee.event.code)
        answer = island_page(request, session, event, attendee, number, skipped)
    return _greeted(request, answer)


def island_page(
    request: Request,
    session: Session,
    event: Event,
    attendee: Attendee,
    number: int,
    skipped: int | None = None,
    instead: Mapping[str, Any] = MappingProxyType({}),
) -> HTMLResponse:
    """`skipped`: how many of the others' cards come before those that are listed; None lists none. `instead`:
    what takes the place of something in the template's context."""
    context = island_context(request, session, event, attendee, number)
    context |= mentioned_context(session, event, attendee, number, skipped)
    name = "feedback/setup.html" if event.phase == Phase.setup else "feedback/island.html"
    return page(request, name, **(context | dict(instead)))


async def offer_fragment(
    request: Request, sender: Sender, offer_key: str, knows: bool | None
) -> HTMLResponse:
    """The offer with the device's dot, `knows`."""

    def render() -> HTMLResponse:
        with _read(request) as session:
            event = event_by_code(session, sender.event.code)
            island = sender.event.offers[offer_key].island_number
            offers = offers_of(session, event, island)
            return page(
                request,
                "feedback/_offer.html",
                event=event,
                is_open=True,
                offer=_still_there(offer for offer in offers if offer.key == offer_key),
                is_tablet=sender.tablet is not None,
                contacts=contacts_of(session, event, island),
                knows=knows,
                **_texts(request, event),
            )

    return await run_in_threadpool(render)


async def cards_fragment(
    request: Request, sender: Sender, island: int, receipt: TextReceipt
) -> HTMLResponse:
    """The island's card form, fresh, with the device's own cards below."""

    def render() -> HTMLResponse:
        with _read(request) as session:
            event = event_by_code(session, sender.event.code)
            context = island_context(request, session, event, sender, island)
            return page(
                request, "feedback/island.html#cards", **(context | {"state": receipt.state})
            )

    return await run_in_threadpool(render)


async def asking_page(
    request: Request,
    sender: Sender,
    island: int,
    typed: Mapping[str, str],
    found: Collection[Personal],
) -> HTMLResponse | None:
    """The island with what was `typed` (text, offer, submission) still in its form, and why we ask before
    it is sent; the next time it is. None when nothing is taken anyway."""

    def render() -> HTMLResponse | None:
        with _read(request) as session:
            event = event_by_code(session, sender.event.code)
            if not is_open(event):
                return None
            context = island_context(request, session, event, sender, island)
            context |= mentioned_context(session, event, sender, island, None)
            context |= {"typed": typed, "found": found, "submission": typed["submission"]}
            return page(request, "feedback/island.html", **context)

    return await run_in_threadpool(render)


async def words_fragment(request: Request, sender: Sender, receipt: TextReceipt) -> HTMLResponse:
    """The word form, fresh, with the device's own words."""

    def render() -> HTMLResponse:
        with _read(request) as session:
            event = event_by_code(session, sender.event.code)
            context = event_context(request, session, event, sender)
            return page(
                request, "feedback/cloud.html#words", **(context | {"state": receipt.state})
            )

    return await run_in_threadpool(render)


def event_context(
    request: Request, session: Session, event: Event, attendee: Attendee | Sender
) -> dict[str, Any]:
    words = own_words(session, attendee.event.id, attendee.device)
    dots = own_dots(session, attendee.event.id, attendee.device)
    return {
        "event": event,
        "clock": clock_of(event),
        "islands": progress(session, event, dots),
        "words": words,
        "may_send_word": len(words) < WORDS_A_DEVICE,
        "word_graphemes": WORD_GRAPHEMES,
        "submission": secrets.token_hex(16),
        "state": None,
        **_texts(request, event),
    }


def island_context(
    request: Request, session: Session, event: Event, attendee: Attendee | Sender, number: int
) -> dict[str, Any]:
    islands = islands_of(session, event)
    place = _still_there(index for index, island in enumerate(islands) if island.number == number)
    return {
        "event": event,
        "clock": clock_of(event),
        "island": islands[place],
        "is_tablet": getattr(attendee, "tablet", None) is not None,
        "following": islands[place + 1] if place + 1 < len(islands) else None,
        "offers": offers_of(session, event, number),
        "dots": own_dots(session, attendee.event.id, attendee.device),
        "cards": own_cards(session, attendee.event.id, attendee.device, number),
        "contacts": contacts_of(session, event, number),
        "is_open": is_open(event),
        "card_graphemes": CARD_GRAPHEMES,
        "typed": {"text": "", "offer": ""},
        "found": (),
        "submission": secrets.token_hex(16),
        "state": None,
        **_texts(request, event),
    }


def _still_there(found: Iterable[T]) -> T:
    """The first, or Retired when somebody took it out of the plan a moment ago."""
    for one in found:
        return one
    raise Retired


def _texts(request: Request, event: Event) -> dict[str, Any]:
    return plan_texts(attendees_language(request, event), event.locale)


def _read(request: Request) -> Any:
    database: Database = request.state.database
    return database.read()


def _greeted(request: Request, answer: HTMLResponse) -> HTMLResponse:
    devices: Devices = request.state.devices
    devices.greet(request, answer)
    return answer
