"""What a comparison asks the database: each question once for all events of a series."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.feedback.models import Card, Dot, PaperCount, SealedDots, State
from app.planning.models import Event, Island, Offer


class PlannedOffer(NamedTuple):
    event_id: int
    key: str
    title: str
    island: str
    is_retired: bool  # or its island is


def events_of(session: Session, series_id: int) -> Sequence[Event]:
    """Without rehearsals, from the first to the last."""
    return session.exec(
        select(Event)
        .where(Event.series_id == series_id, col(Event.is_rehearsal).is_(False))
        .order_by(col(Event.date), col(Event.key))
    ).all()


def offers_of(session: Session, event_ids: list[int]) -> list[PlannedOffer]:
    """Event after event, in the order of its plan."""
    offers = session.exec(
        select(Offer, Island)
        .join(
            Island,
            (col(Island.event_id) == col(Offer.event_id))
            & (col(Island.number) == col(Offer.island_number)),
        )
        .join(Event, col(Event.id) == col(Offer.event_id))
        .where(col(Offer.event_id).in_(event_ids))
        .order_by(
            *(col(Event.date), col(Event.key), col(Island.position), col(Island.number)),
            *(col(Offer.position), col(Offer.key)),
        )
    )
    return [
        PlannedOffer(
            offer.event_id,
            offer.key,
            offer.title,
            island.title,
            offer.is_retired or island.is_retired,
        )
        for offer, island in offers
    ]


def tallies_of(session: Session, event_ids: list[int]) -> dict[tuple[int, str], list[int]]:
    """(event, offer) → [yes, no], dots of phones, tablets and paper together."""
    tallies: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for event_id, offer, knows, count in session.exec(
        select(Dot.event_id, Dot.offer_key, Dot.knows, func.count())
        .where(col(Dot.event_id).in_(event_ids), col(Dot.knows).is_not(None))
        .group_by(col(Dot.event_id), col(Dot.offer_key), col(Dot.knows))
    ):
        tallies[event_id, offer][0 if knows else 1] += count
    sealed = session.exec(select(SealedDots).where(col(SealedDots.event_id).in_(event_ids)))
    paper = session.exec(select(PaperCount).where(col(PaperCount.event_id).in_(event_ids)))
    for row in chain[SealedDots | PaperCount](sealed, paper):
        tallies[row.event_id, row.offer_key][0] += row.yes
        tallies[row.event_id, row.offer_key][1] += row.no
    return tallies


def cards_of(session: Session, event_ids: list[int]) -> dict[tuple[int, str | None], int]:
    """(event, offer or None for the whole island) → approved cards."""
    return {
        (event_id, offer): count
        for event_id, offer, count in session.exec(
            select(Card.event_id, Card.offer_key, func.count())
            .where(col(Card.event_id).in_(event_ids), Card.state == State.approved)
            .group_by(col(Card.event_id), col(Card.offer_key))
        )
    }
