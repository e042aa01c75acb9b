"""Evenings to measure documents with: 82 devices at all offers, 120 cards, 30 photos as they are kept."""

import datetime
import io
from random import Random

from PIL import Image
from sqlmodel import Session, select

from app.feedback.models import State
from app.operations.rehearsal.corpus import CARDS
from app.photos.models import Photo
from app.planning.models import Event, Offer, Phase
from tests.results.conftest import Evening, imported
from tests.results.districts import DISTRICTS, copied

DEVICES, CARDS_WRITTEN, PHOTOS = 82, 120, 30
PHOTO_PX = (2000, 1500)
WORDS = ("spannend", "informativ", "gut vernetzt", "Aufbruch", "lebendig", "Austausch", "laut")


def spend_one(session: Session) -> None:
    """In Mitte/Styrum; it is still open."""
    _spend(session, imported(session), 1)


def spend_five_more(session: Session) -> None:
    """In the other districts of the series, each with answers of its own."""
    first = session.exec(select(Event)).one()
    for number, district in enumerate(DISTRICTS, start=2):
        day = datetime.date(2023, 9, number)
        _spend(session, copied(session, first, district, day), number)


def _spend(session: Session, event: Event, seed: int) -> None:
    random = Random(seed)
    event.attendees, event.institutions, event.phase = DEVICES, 45, Phase.cafe
    evening = Evening(session, event)
    offers = session.exec(select(Offer).where(Offer.event_id == event.id)).all()
    for number in range(DEVICES):
        for offer in offers:
            evening.dot(f"device {number}", offer.key, random.random() < 0.4)
    for number in range(CARDS_WRITTEN):
        offer = random.choice(offers)
        text = CARDS[number % len(CARDS)]
        card = evening.card(f"device {number % DEVICES}", offer.island_number, text, offer.key)
        evening.support(card, *(f"device {other}" for other in range(number % 4)))
    for place, word in enumerate(WORDS):
        evening.word(State.approved, *((f"device {n}", word) for n in range(20 - 2 * place)))
    for number in range(PHOTOS):
        island = None if number < 6 else number % 12 + 1
        session.add(_photo(evening.event_id, number, island))


def _photo(event_id: int, number: int, island: int | None) -> Photo:
    file = io.BytesIO()
    grain = Image.effect_noise((PHOTO_PX[0] // 5, PHOTO_PX[1] // 5), 40 + number)
    grain.resize(PHOTO_PX).convert("RGB").save(file, "JPEG", quality=85)
    return Photo(
        event_id=event_id,
        id=f"photo-{number}",
        island_number=island,
        position=number,
        caption="Die Pinnwand",
        media_type="image/jpeg",
        width=PHOTO_PX[0],
        height=PHOTO_PX[1],
        content=file.getvalue(),
    )
