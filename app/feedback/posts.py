"""What an attendee sends: dots, cards, words. Plain ASGI routes on a raw request, because a hall full
of people taps at once; validation by hand is three times as fast as FastAPI's."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.cloud.normalise import key_of, word_id
from app.errors import N_, NotAcceptable
from app.feedback.access import Sender, sender_of
from app.feedback.commands import (
    DotReceipt,
    PlaceDot,
    SubmitCard,
    SubmitWord,
    SupportCard,
    SupportReceipt,
    TextReceipt,
    WithdrawCard,
    WithdrawWord,
)
from app.feedback.filter import is_held
from app.feedback.ledger import Ledger
from app.feedback.limits import DOTS, TEXTS, Limits, Rate
from app.feedback.phone import cards_fragment, offer_fragment, words_fragment
from app.feedback.text import cleaned_card, cleaned_word
from app.web.forms import Fields, fields_of
from app.web.refusals import is_htmx, wants_json

KNOWS: Mapping[object, bool | None] = {"yes": True, "no": False, "withdraw": None}
MAX_SEQUENCE = 2**53 - 1  # the largest integer a browser can count to


async def place_dot(request: Request) -> Response:
    sender = _admitted(request, DOTS)
    fields = await fields_of(request)
    offer = sender.event.offer(fields.get("offer"))
    receipt: DotReceipt = await _ledger(request).enter(
        PlaceDot(
            event_id=sender.event.id,
            device=sender.device,
            epoch=sender.event.epoch,
            offer_key=offer.key,
            knows=_knows(fields),
            sequence=_sequence(fields),
        )
    )
    if wants_json(request):
        return JSONResponse(
            {
                "status": receipt.status,
                "offer": receipt.offer,
                "knows": {True: "yes", False: "no", None: None}[receipt.knows],
                "sequence": receipt.sequence,
                "version": receipt.version,
            }
        )
    if is_htmx(request):
        return await offer_fragment(request, sender, offer.key)
    return _back(f"/e/{sender.event.code}/{offer.island_number}#offer-{offer.key}")


async def submit_card(request: Request) -> Response:
    sender = _admitted(request, TEXTS)
    fields = await fields_of(request)
    island = sender.event.island(_number(fields.get("island")))
    offer_key = None
    if fields.get("offer"):
        offer = sender.event.offer(fields["offer"])
        if offer.island_number != island:
            raise NotAcceptable(N_("Das Angebot gehört zu einer anderen Insel."), field="offer")
        offer_key = offer.key
    text = cleaned_card(fields.get("text"))
    receipt: TextReceipt = await _ledger(request).enter(
        SubmitCard(
            event_id=sender.event.id,
            device=sender.device,
            epoch=sender.event.epoch,
            submission=_submission(fields.get("submission")),
            island_number=island,
            offer_key=offer_key,
            text=text,
            is_held=is_held(text, sender.event.held_words),
        )
    )
    return await _card_answer(request, sender, receipt, island)


async def withdraw_card(request: Request) -> Response:
    sender = _admitted(request, DOTS)
    fields = await fields_of(request)
    submission = _submission(request.path_params["submission"])
    receipt = await _ledger(request).enter(
        WithdrawCard(sender.event.id, sender.device, submission, epoch=sender.event.epoch)
    )
    island = fields.get("island")
    return await _card_answer(
        request, sender, receipt, sender.event.island(_number(island)) if island else None
    )


async def support_card(request: Request) -> Response:
    sender = _admitted(request, DOTS)
    fields = await fields_of(request)
    if fields.get("support") not in ("yes", "no"):
        raise NotAcceptable(field="support")
    card_id = request.path_params["id"]
    receipt: SupportReceipt = await _ledger(request).enter(
        SupportCard(
            sender.event.id,
            sender.device,
            card_id,
            fields["support"] == "yes",
            epoch=sender.event.epoch,
        )
    )
    if wants_json(request):
        return JSONResponse({"id": receipt.card_id, "support": fields["support"]})
    return _back(f"/e/{sender.event.code}")


async def submit_word(request: Request) -> Response:
    sender = _admitted(request, TEXTS)
    fields = await fields_of(request)
    text = cleaned_word(fields.get("text"))
    key = key_of(text)
    receipt: TextReceipt = await _ledger(request).enter(
        SubmitWord(
            event_id=sender.event.id,
            device=sender.device,
            epoch=sender.event.epoch,
            submission=_submission(fields.get("submission")),
            text=text,
            key=key,
            word_id=word_id(key),
            is_held=is_held(text, sender.event.held_words),
        )
    )
    return await _word_answer(request, sender, receipt)


async def withdraw_word(request: Request) -> Response:
    sender = _admitted(request, DOTS)
    submission = _submission(request.path_params["submission"])
    receipt = await _ledger(request).enter(
        WithdrawWord(sender.event.id, sender.device, submission, epoch=sender.event.epoch)
    )
    return await _word_answer(request, sender, receipt)


async def _card_answer(
    request: Request, sender: Sender, receipt: TextReceipt, island: int | None
) -> Response:
    if wants_json(request):
        return _received(receipt)
    if is_htmx(request) and island is not None:
        return await cards_fragment(request, sender, island, receipt)
    return _back(f"/e/{sender.event.code}" + (f"/{island}#cards" if island else ""))


async def _word_answer(request: Request, sender: Sender, receipt: TextReceipt) -> Response:
    if wants_json(request):
        return _received(receipt)
    if is_htmx(request):
        return await words_fragment(request, sender, receipt)
    return _back(f"/e/{sender.event.code}#words")


def _received(receipt: TextReceipt) -> Response:
    return JSONResponse(
        {"status": "received", "submission": receipt.submission, "state": receipt.state}
    )


def _back(path: str) -> Response:
    return RedirectResponse(path, status_code=303)


def _admitted(request: Request, rate: Rate) -> Sender:
    sender = sender_of(request)
    limits: Limits = request.state.limits
    limits.take(sender.event.id, sender.device, rate)
    return sender


def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.state.ledger
    return ledger


def _knows(fields: Fields) -> bool | None:
    knows = fields.get("knows")
    if not isinstance(knows, str) or knows not in KNOWS:
        raise NotAcceptable(field="knows")
    return KNOWS[knows]


def _sequence(fields: Fields) -> int | None:
    given = fields.get("sequence")
    if given is None or given == "":
        return None
    sequence = _integer(given)
    if sequence is None or not 0 <= sequence <= MAX_SEQUENCE:
        raise NotAcceptable(field="sequence")
    return sequence


def _number(given: Any) -> int:
    number = _integer(given)
    if number is None:
        raise NotAcceptable(field="island")
    return number


def _integer(given: Any) -> int | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int):
        return given
    is_digits = isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 20
    return int(given) if is_digits else None


def _submission(given: object) -> str:
    """The client's own id of a card or word; made up here for the plainest of clients."""
    if given is None:
        return secrets.token_hex(16)
    if isinstance(given, str) and 1 <= len(given) <= 64 and given.isascii() and given.isprintable():
        return given
    raise NotAcceptable(field="submission")


class Post:
    """A post as an ASGI app: what Starlette wraps around a function costs as much as a dot itself."""

    def __init__(self, handler: Callable[[Request], Awaitable[Response]]) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._handler(Request(scope, receive, send))
        await answer(scope, receive, send)


routes = [
    Route(f"/e/{{code}}/{path}", Post(handler), methods=["POST"])
    for path, handler in (
        ("dots", place_dot),
        ("cards", submit_card),
        ("cards/{submission}/withdrawal", withdraw_card),
        ("cards/{id}/support", support_card),
        ("words", submit_word),
        ("words/{submission}/withdrawal", withdraw_word),
    )
]
