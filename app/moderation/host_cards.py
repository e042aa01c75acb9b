"""The cards of one island, as its host decides on them."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.feedback.filter import is_held
from app.feedback.models import Card, State, Support
from app.planning.models import Event, Offer

LISTED = 100  # a state each; who has more decides on these first


@dataclass(frozen=True, slots=True)
class HostCard:
    id: str
    offer_title: str | None
    text: str
    state: State
    version: int
    supports: int
    is_held: bool  # waits, and the filter found something in it


def host_cards(session: Session, event: Event, island_number: int, state: State) -> list[HostCard]:
    """Waiting ones oldest first, but those the filter held before them; all others newest first."""
    order = col(Card.arrival) if state == State.waiting else col(Card.arrival).desc()
    rows = session.exec(
        select(Card, Offer.title, func.count(col(Support.device)))
        .outerjoin(
            Offer, (col(Offer.event_id) == Card.event_id) & (col(Offer.key) == Card.offer_key)
        )
        .outerjoin(
            Support, (col(Support.event_id) == Card.event_id) & (col(Support.card_id) == Card.id)
        )
        .where(Card.event_id == event.id, Card.island_number == island_number, Card.state == state)
        .group_by(col(Card.event_id), col(Card.id), col(Offer.title))
        .order_by(order, col(Card.id))
        .limit(LISTED)
    )
    cards = [
        HostCard(
            card.id,
            offer_title,
            card.text,
            State(card.state),
            card.version,
            supports,
            card.state == State.waiting and is_held(card.text, event.held_words),
        )
        for card, offer_title, supports in rows
    ]
    return sorted(cards, key=lambda card: not card.is_held)


def counted_host_cards(session: Session, event: Event, island_number: int) -> dict[State, int]:
    """How many cards of each state there are at the island."""
    rows = session.exec(
        select(Card.state, func.count())
        .where(Card.event_id == event.id, Card.island_number == island_number)
        .group_by(col(Card.state))
    )
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}
