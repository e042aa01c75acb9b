"""What an attendee sends: dots, cards, words. Validated by hand, three times as fast as FastAPI does."""

from collections.abc import Mapping
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp

from app.cloud.normalise import key_of, word_id
from app.errors import N_, NotAcceptable
from app.feedback import sent
from app.feedback.access import Sender
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
from app.feedback.limits import DOTS, TEXTS
from app.feedback.mentioned import support_fragment
from app.feedback.personal import personal_in
from app.feedback.phone import asking_page, cards_fragment, words_fragment
from app.feedback.posting import Post, Slot
from app.feedback.text import cleaned_card, cleaned_word
from app.web.json_answer import ShortJson

NAMES: Mapping[bool | None, str | None] = {True: "yes", False: "no", None: None}


async def place_dot(post: Post) -> ASGIApp:
    sender, fields = post.sender, post.fields
    offer = sender.event.offer(fields.get("offer"))
    receipt: DotReceipt = await post.enter(
        PlaceDot(
            event_id=sender.event.id,
            device=sender.device,
            epoch=sender.event.epoch,
            offer_key=offer.key,
            knows=sent.knows(fields),
            sequence=sent.sequence(fields),
            source=sender.source,
        )
    )
    if post.wants == "json":
        return ShortJson(
            {
                "status": receipt.status,
                "offer": receipt.offer,
                "knows": NAMES[receipt.knows],
                "sequence": receipt.sequence,
                "version": receipt.version,
            }
        )
    if post.wants == "fragment":
        return await post.kept_islands.offer(post.request, sender, offer.key, receipt.knows)
    return _back(f"/e/{sender.event.code}/{offer.island_number}#offer-{offer.key}")


async def submit_card(post: Post) -> ASGIApp:
    sender, fields = post.sender, post.fields
    island = sender.event.island(sent.island(fields.get("island")))
    offer_key = None
    if fields.get("offer"):
        offer = sender.event.offer(fields["offer"])
        if offer.island_number != island:
            raise NotAcceptable(N_("Das Angebot gehört zu einer anderen Insel."), field="offer")
        offer_key = offer.key
    text = cleaned_card(fields.get("text"))
    submission = sent.submission(fields.get("submission"))
    is_to_ask = post.wants == "page" and fields.get("asks") and sender.tablet is None
    if is_to_ask and (found := personal_in(text)):
        typed = {"text": text, "offer": offer_key or "", "submission": submission}
        asked = await asking_page(post.request, sender, island, typed, found)
        if asked is not None:
            return asked
    receipt: TextReceipt = await post.enter(
        SubmitCard(
            event_id=sender.event.id,
            device=sender.device,
            epoch=sender.event.epoch,
            submission=submission,
            island_number=island,
            offer_key=offer_key,
            text=text,
            is_held=await _is_held(sender, text),
            source=sender.source,
            otherwise=_otherwise(post, submission, text),
        )
    )
    return await _card_answer(post, receipt, island)


async def withdraw_card(post: Post) -> ASGIApp:
    sender, fields = post.sender, post.fields
    submission = sent.submission(post.key)
    receipt = await post.enter(
        WithdrawCard(sender.event.id, sender.device, submission, epoch=sender.event.epoch)
    )
    island = fields.get("island")
    return await _card_answer(
        post, receipt, sender.event.island(sent.island(island)) if island else None
    )


async def support_card(post: Post) -> ASGIApp:
    sender, fields = post.sender, post.fields
    if fields.get("support") not in ("yes", "no"):
        raise NotAcceptable(field="support")
    card_id = post.key
    receipt: SupportReceipt = await post.enter(
        SupportCard(
            sender.event.id,
            sender.device,
            card_id,
            fields["support"] == "yes",
            epoch=sender.event.epoch,
        )
    )
    if post.wants == "json":
        return ShortJson({"id": receipt.card_id, "support": fields["support"]})
    if post.wants == "fragment":
        return await support_fragment(post.request, sender, receipt.card_id)
    if not fields.get("island"):
        return _back(f"/e/{sender.event.code}")
    island = sender.event.island(sent.island(fields["island"]))
    return _back(f"/e/{sender.event.code}/{island}?from=0#mentioned-{receipt.card_id}")


async def submit_word(post: Post) -> ASGIApp:
    sender, fields = post.sender, post.fields
    text = cleaned_word(fields.get("text"))
    key = key_of(text)
    receipt: TextReceipt = await post.enter(
        SubmitWord(
            event_id=sender.event.id,
            device=sender.device,
            epoch=sender.event.epoch,
            submission=sent.submission(fields.get("submission")),
            text=text,
            key=key,
            word_id=word_id(key),
            is_held=await _is_held(sender, text, key),
        )
    )
    return await _word_answer(post, receipt)


async def _is_held(sender: Sender, *forms: str) -> bool:
    """`forms`: of a word its key, too: "Wi xer" and "Wixer" are one word, and the wall shows the spelling
    that most people sent. An event's own list may be long, and is made ready with its first text: that
    would hold up the loop."""
    listed = sender.event.held_words
    if listed is None:
        return any(is_held(form) for form in forms)
    return await run_in_threadpool(lambda: any(is_held(form, listed) for form in forms))


async def withdraw_word(post: Post) -> ASGIApp:
    sender = post.sender
    submission = sent.submission(post.key)
    receipt = await post.enter(
        WithdrawWord(sender.event.id, sender.device, submission, epoch=sender.event.epoch)
    )
    return await _word_answer(post, receipt)


async def _card_answer(post: Post, receipt: TextReceipt, island: int | None) -> ASGIApp:
    if post.wants == "json":
        return _received(receipt)
    if post.wants == "fragment" and island is not None:
        return await cards_fragment(post.request, post.sender, island, receipt)
    return _back(f"/e/{post.sender.event.code}" + (f"/{island}#cards" if island else ""))


async def _word_answer(post: Post, receipt: TextReceipt) -> ASGIApp:
    if post.wants == "json":
        return _received(receipt)
    if post.wants == "fragment":
        return await words_fragment(post.request, post.sender, receipt)
    return _back(f"/e/{post.sender.event.code}#words")


def _received(receipt: TextReceipt) -> ASGIApp:
    return ShortJson(
        {"status": "received", "submission": receipt.submission, "state": receipt.state}
    )


def _back(path: str) -> ASGIApp:
    return RedirectResponse(path, status_code=303)


def _otherwise(post: Post, submission: str, text: str) -> str | None:
    """The submission of a form that comes again with another text, after "back" or a lost answer. None for
    a phone's outbox, which sends a text again as it was."""
    is_form = post.wants == "page" or post.sender.tablet is not None
    return sha256(f"{submission} {text}".encode()).hexdigest()[:32] if is_form else None


slots = {
    ("dots", ""): Slot(place_dot, DOTS),
    ("cards", ""): Slot(submit_card, TEXTS),
    ("cards", "withdrawal"): Slot(withdraw_card, DOTS),
    ("cards", "support"): Slot(support_card, DOTS),
    ("words", ""): Slot(submit_word, TEXTS),
    ("words", "withdrawal"): Slot(withdraw_word, DOTS),
}
