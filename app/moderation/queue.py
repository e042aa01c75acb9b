"""The cards that a moderator, or the host of their island, decides on, as they stand now."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, or_, select

from app.feedback.filter import Finding, findings
from app.feedback.models import Card, State, Support
from app.moderation.view import View
from app.planning.models import Island, Offer

LISTED = 40  # a page
GLIMPSED = 10  # of those that nobody has to decide on, as long as they are not asked for
EVERYTHING = View()


@dataclass(frozen=True, slots=True)
class ListedCard:
    id: str
    island_number: int
    island_title: str
    offer_title: str | None
    text: str
    state: State
    version: int
    is_highlighted: bool
    supports: int
    findings: tuple[Finding, ...]  # what the filter found in it, while it waits

    @property
    def is_held(self) -> bool:
        return bool(self.findings)


def listed_cards(
    session: Session,
    event_id: int,
    state: State,
    view: View = EVERYTHING,
    held_words: str | None = None,
) -> list[ListedCard]:
    """A page of them. Waiting ones oldest first, but on each page those the filter held before the
    others; all others newest first. `held_words` is the event's list."""
    order = col(Card.arrival) if state == State.waiting else col(Card.arrival).desc()
    supports = (
        select(func.count())
        .where(Support.event_id == Card.event_id, Support.card_id == Card.id)
        .scalar_subquery()
    )
    rows = session.exec(
        select(Card, Island.title, Offer.title, supports)
        .join(
            Island,
            (col(Island.event_id) == Card.event_id) & (col(Island.number) == Card.island_number),
        )
        .outerjoin(
            Offer, (col(Offer.event_id) == Card.event_id) & (col(Offer.key) == Card.offer_key)
        )
        .where(Card.state == state, *_seen(event_id, view))
        .order_by(order, col(Card.id))
        .offset((view.page - 1) * LISTED if view.state else 0)
        .limit(LISTED if view.state or state == State.waiting else GLIMPSED)
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
            card.is_highlighted,
            count,
            findings(card.text, held_words) if card.state == State.waiting else (),
        )
        for card, island_title, offer_title, count in rows
    ]
    return sorted(cards, key=lambda card: not card.is_held)


def counted_cards(session: Session, event_id: int, view: View = EVERYTHING) -> dict[State, int]:
    """How many cards of each state there are in view, on all pages."""
    rows = session.exec(
        select(Card.state, func.count()).where(*_seen(event_id, view)).group_by(col(Card.state))
    )
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


def _seen(event_id: int, view: View) -> list[Any]:
    """The conditions of a view. SQLite knows no capital umlauts, so the usual cases are named."""
    conditions: list[Any] = [col(Card.event_id) == event_id]
    if view.island is not None:
        conditions.append(col(Card.island_number) == view.island)
    if view.search:
        text = view.search
        cases = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
        conditions.append(or_(*(col(Card.text).icontains(one, autoescape=True) for one in cases)))
    return conditions
