"""Reads a whole tally from the rows, in one snapshot and a fixed number of queries."""

from collections import Counter, defaultdict

from sqlmodel import Session, col, func, select

from app.cloud.layout import SHOWN
from app.cloud.metrics import extent_of, is_measured
from app.feedback.models import (
    NOBODY,
    Card,
    Dot,
    Entry,
    PaperCount,
    SealedDots,
    SealedIsland,
    State,
    Support,
)
from app.feedback.spellings import most_frequent_words
from app.live.ranking import best_cards
from app.live.tally import IslandTally, OfferTally, ShownCard, ShownWord, Tally
from app.planning.models import Event, Offer
from app.planning.queries import islands_of, offers_of


def read_tally(session: Session, event_id: int) -> Tally | None:
    """The event's numbers as of this session's snapshot; None when the event is gone."""
    event = session.get(Event, event_id)
    if event is None:
        return None
    islands, places = _islands(session, event)
    devices: Counter[str] = Counter()
    _count_dots(session, event_id, places)
    _count_paper(session, event_id, places)
    by_number = {island.number: island for island in islands}
    cards = [card for card in _cards(session, event_id) if card.island_number in by_number]
    for card in cards:
        by_number[card.island_number].cards += 1
    if event.sealed_at is None:
        _count_devices(session, event_id, devices, by_number)
    else:
        _read_sealed(session, event, devices, by_number, places)
    words, word_count = shown_words(session, event_id, event.cloud_frozen_at)
    session.expunge(event)
    return Tally(
        event=event,
        version=event.version,
        islands=islands,
        devices=devices,
        cards=cards,
        best=best_cards(cards),
        words=words,
        word_count=word_count,
        offer_places=places,
    )


_Places = dict[str, tuple[IslandTally, OfferTally]]


def _islands(session: Session, event: Event) -> tuple[list[IslandTally], _Places]:
    offers: dict[int, list[OfferTally]] = defaultdict(list)
    for offer in offers_of(session, event):
        offers[offer.island_number].append(OfferTally(offer.key, offer.title))
    islands = [
        IslandTally(island.number, island.title, island.key_sentence, offers[island.number])
        for island in islands_of(session, event)
    ]
    places = {offer.key: (island, offer) for island in islands for offer in island.offers}
    return islands, places


def _count_dots(session: Session, event_id: int, places: _Places) -> None:
    rows = session.exec(
        select(Dot.offer_key, Dot.knows, func.count())
        .where(Dot.event_id == event_id, col(Dot.knows).is_not(None))
        .group_by(col(Dot.offer_key), col(Dot.knows))
    )
    for key, knows, count in rows:
        if key in places:
            places[key][1].add(bool(knows), count)


def _count_paper(session: Session, event_id: int, places: _Places) -> None:
    for paper in session.exec(select(PaperCount).where(PaperCount.event_id == event_id)):
        if paper.offer_key in places:
            offer = places[paper.offer_key][1]
            offer.add(True, paper.yes)
            offer.add(False, paper.no)


def _count_devices(
    session: Session, event_id: int, devices: Counter[str], islands: dict[int, IslandTally]
) -> None:
    """How many dots, cards and words each device has; dots of what is retired count here, too."""
    dots = session.execute(
        select(col(Dot.device), col(Offer.island_number), func.count())
        .join(
            Offer,
            (col(Offer.event_id) == col(Dot.event_id)) & (col(Offer.key) == col(Dot.offer_key)),
        )
        .where(col(Dot.event_id) == event_id, col(Dot.knows).is_not(None))
        .group_by(col(Dot.device), col(Offer.island_number), col(Offer.is_retired))
        .add_columns(col(Offer.is_retired))
    )
    for device, number, count, is_retired in dots:
        devices[device] += count
        if number in islands and not is_retired:
            islands[number].devices[device] += count
    cards = session.exec(
        select(Card.device, Card.island_number).where(
            Card.event_id == event_id, Card.state != State.withdrawn, Card.device != NOBODY
        )
    )
    for device, number in cards:
        devices[device] += 1
        if number in islands:
            islands[number].devices[device] += 1
    words = session.exec(
        select(Entry.device).where(Entry.event_id == event_id, col(Entry.word_id).is_not(None))
    )
    devices.update(words)


def _read_sealed(
    session: Session,
    event: Event,
    devices: Counter[str],
    islands: dict[int, IslandTally],
    places: _Places,
) -> None:
    """Devices that nobody can tell apart any more are numbers from 0."""
    devices.update(str(number) for number in range(event.sealed_devices or 0))
    for sealed in session.exec(select(SealedIsland).where(SealedIsland.event_id == event.id)):
        if sealed.island_number in islands:
            present = islands[sealed.island_number].devices
            present.update(str(number) for number in range(sealed.devices))
    for dots in session.exec(select(SealedDots).where(SealedDots.event_id == event.id)):
        if dots.offer_key in places:
            offer = places[dots.offer_key][1]
            offer.add(True, dots.yes)
            offer.add(False, dots.no)


def _cards(session: Session, event_id: int) -> list[ShownCard]:
    """Read with every new card, and there may be thousands: so they are no models, and their supports are
    counted apart."""
    counts = select(Support.card_id, func.count()).where(Support.event_id == event_id)
    supports = dict(session.exec(counts.group_by(col(Support.card_id))).all())
    rows = session.execute(
        select(col(Card.id), col(Card.island_number), col(Card.offer_key), col(Card.text))
        .add_columns(col(Card.is_highlighted))
        .where(col(Card.event_id) == event_id, col(Card.state) == State.approved)
        .order_by(col(Card.arrival).desc(), col(Card.id))
    )
    return [
        ShownCard(id, island, offer_key, text, supports.get(id, 0), is_highlighted)
        for id, island, offer_key, text, is_highlighted in rows
    ]


def shown_words(session: Session, event_id: int, until: int | None) -> tuple[list[ShownWord], int]:
    """The cloud's words, most frequent first, of what was sent until that version (None: of all), and
    how many different ones there are."""
    words, count = most_frequent_words(session, event_id, SHOWN, until)
    return [
        ShownWord(
            spelt.word.id,
            spelt.text,
            spelt.count,
            spelt.word.x,
            spelt.word.y,
            spelt.word.size,
            _width_of(spelt.text, spelt.word.size),
        )
        for spelt in words
    ], count


def _width_of(text: str, size: float | None) -> float | None:
    if size is None or not is_measured(text):
        return None
    return round(extent_of(text).width * size, 1)
