"""Cards as planners group them: the groups with their cards, and the cards that are in none."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import Session, col, func, select

from app.feedback.models import Card, State, Support
from app.planning.models import Island, Offer
from app.results.followup.models import CardGroup, GroupedCard


@dataclass(frozen=True, slots=True)
class GroupableCard:
    """An approved card. `group` is the id of the group it is in, "" for none; `offer` a title or ""."""

    id: str
    island: int
    offer: str
    text: str
    supports: int
    group: str


@dataclass(frozen=True, slots=True)
class GroupWithCards:
    """The cards with the most supports first."""

    group: CardGroup
    cards: tuple[GroupableCard, ...]


_SUPPORTS = (
    select(func.count())
    .where(col(Support.event_id) == Card.event_id, col(Support.card_id) == Card.id)
    .correlate(Card)
    .scalar_subquery()
)
_OF_CARD = and_(col(Offer.event_id) == Card.event_id, col(Offer.key) == Card.offer_key)


def undecided_cards(session: Session, event_id: int) -> int:
    """How many the moderation has neither approved nor hidden: they are in no document yet."""
    waiting = (col(Card.event_id) == event_id, col(Card.state) == State.waiting)
    return session.exec(select(func.count()).select_from(Card).where(*waiting)).one()


def groups_with_cards(session: Session, event_id: int) -> tuple[GroupWithCards, ...]:
    """In the planners' order, empty groups too; one query, however many there are."""
    in_group = and_(
        col(GroupedCard.event_id) == CardGroup.event_id,
        col(GroupedCard.group_id) == CardGroup.id,
    )
    approved = and_(
        col(Card.event_id) == GroupedCard.event_id,
        col(Card.id) == GroupedCard.card_id,
        col(Card.state) == State.approved,
    )
    rows = session.exec(
        select(CardGroup, Card, Offer.title, _SUPPORTS)
        .outerjoin(GroupedCard, in_group)
        .outerjoin(Card, approved)
        .outerjoin(Offer, _OF_CARD)
        .where(CardGroup.event_id == event_id)
        .order_by(
            col(CardGroup.position),
            col(CardGroup.id),
            _SUPPORTS.desc(),
            col(Card.arrival),
            col(Card.id),
        )
    )
    found: dict[str, tuple[CardGroup, list[GroupableCard]]] = {}
    for group, card, offer, supports in rows:
        _, cards = found.setdefault(group.id, (group, []))
        if card is not None:
            cards.append(_groupable(card, offer, supports, group.id))
    return tuple(GroupWithCards(group, tuple(cards)) for group, cards in found.values())


def ungrouped_cards(
    session: Session, event_id: int, island: int | None, most: int
) -> tuple[GroupableCard, ...]:
    """Of one island or of all: island by island in the plan's order, the most supported first; at most
    `most` of them."""
    of_island = and_(
        col(Island.event_id) == Card.event_id, col(Island.number) == Card.island_number
    )
    rows = (
        select(Card, Offer.title, _SUPPORTS)
        .join(Island, of_island)
        .outerjoin(Offer, _OF_CARD)
        .where(*_ungrouped(event_id))
        .order_by(
            col(Island.position),
            col(Island.number),
            _SUPPORTS.desc(),
            col(Card.arrival),
            col(Card.id),
        )
        .limit(most)
    )
    if island is not None:
        rows = rows.where(Card.island_number == island)
    return tuple(
        _groupable(card, offer, supports, "") for card, offer, supports in session.exec(rows)
    )


def ungrouped_counts(session: Session, event_id: int) -> dict[int, int]:
    """Island number → how many of its cards are in no group; islands without one are left out."""
    counts = (
        select(Card.island_number, func.count())
        .where(*_ungrouped(event_id))
        .group_by(col(Card.island_number))
    )
    return dict(session.exec(counts).all())


def _ungrouped(event_id: int) -> tuple[ColumnElement[bool], ...]:
    is_grouped = exists().where(
        col(GroupedCard.event_id) == Card.event_id, col(GroupedCard.card_id) == Card.id
    )
    return col(Card.event_id) == event_id, col(Card.state) == State.approved, ~is_grouped


def _groupable(card: Card, offer: str | None, supports: int, group: str) -> GroupableCard:
    return GroupableCard(card.id, card.island_number, offer or "", card.text, supports, group)
