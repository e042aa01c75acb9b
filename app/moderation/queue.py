"""The cards a moderator decides on, as they stand now."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.feedback.filter import is_held
from app.feedback.models import Card, State
from app.planning.models import Island, Offer

LISTED = 100  # a state each; who needs more decides on these first


@dataclass(frozen=True, slots=True)
class ListedCard:
    id: str
    island_number: int
    island_title: str
    offer_title: str | None
    text: str
    state: State
    version: int
    is_held: bool  # waits, and the filter found something in it


def listed_cards(session: Session, event_id: int, state: State) -> list[ListedCard]:
    """Waiting ones oldest first, but those the filter held before them; all others newest first; at
    most LISTED."""
    order = col(Card.arrival) if state == State.waiting else col(Card.arrival).desc()
    rows = session.exec(
        select(Card, Island.title, Offer.title)
        .join(
            Island,
            (col(Island.event_id) == Card.event_id) & (col(Island.number) == Card.island_number),
        )
        .outerjoin(
            Offer, (col(Offer.event_id) == Card.event_id) & (col(Offer.key) == Card.offer_key)
        )
        .where(Card.event_id == event_id, Card.state == state)
        .order_by(order, col(Card.id))
        .limit(LISTED)
    )
    cards = [
        ListedCard(
            card.id,
            card.island_number,
            island_title,
            offer_title,
            card.text,
            State(card.state),
            card.version,
            card.state == State.waiting and is_held(card.text),
        )
        for card, island_title, offer_title in rows
    ]
    return sorted(cards, key=lambda card: not card.is_held)
