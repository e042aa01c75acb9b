"""Cards as planners group them: the groups with their cards, and the cards that are in none."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import Session, col, func, select

from app.feedback.models import Card, State, Support
from app.planning.models import Island, Offer
from app.results.followup.models import CardGroup, GroupedCard

OPENED = 50  # cards of a group that is opened, a page


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
    """The cards with the most supports first: some of the `count` there are, with `supports` in all."""

    group: CardGroup
    cards: tuple[GroupableCard, ...]
    count: int
    supports: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A group of which all cards are to be seen, a page at a time, from 1."""

    group: str
    page: int = 1

    @property
    def places(self) -> range:
        """Of the cards on this page, from 1."""
        return range((self.page - 1) * OPENED + 1, self.page * OPENED + 1)


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


def groups_with_cards(
    session: Session, event_id: int, most: int = 10, opened: Opened | None = None
) -> tuple[GroupWithCards, ...]:
    """In the planners' order, empty groups too; one query, however many there are. Of the cards the first
    `most`, of a group that is opened those of its page."""
    in_group = and_(
        col(GroupedCard.event_id) == CardGroup.event_id,
        col(GroupedCard.group_id) == CardGroup.id,
    )
    approved = and_(
        col(Card.event_id) == GroupedCard.event_id,
        col(Card.id) == GroupedCard.card_id,
        col(Card.state) == State.approved,
    )
    of_group = col(CardGroup.id)
    order = (_SUPPORTS.desc(), col(Card.arrival), col(Card.id))
    placed = (
        select(of_group.label("group_id"), col(Card.id).label("card_id"))
        .add_columns(
            func.row_number().over(partition_by=of_group, order_by=order).label("place"),
            func.count(col(Card.id)).over(partition_by=of_group).label("count"),
            func.sum(_SUPPORTS).over(partition_by=of_group).label("supports"),
            _SUPPORTS.label("own"),
        )
        .select_from(CardGroup)
        .outerjoin(GroupedCard, in_group)
        .outerjoin(Card, approved)
        .where(col(CardGroup.event_id) == event_id)
        .subquery()
    )
    at = placed.c
    opened = opened or Opened("")
    is_opened, places = at.group_id == opened.group, opened.places
    rows = session.execute(
        select(CardGroup, Card, Offer.title)
        .add_columns(at.place, at["count"], at.supports, at.own)
        .join(placed, at.group_id == of_group)
        .outerjoin(Card, (col(Card.event_id) == event_id) & (col(Card.id) == at.card_id))
        .outerjoin(Offer, _OF_CARD)
        .where(
            col(CardGroup.event_id) == event_id,
            (at.place == 1)  # so that a group without cards is there, too
            | (~is_opened & (at.place <= most))
            | (is_opened & at.place.between(places.start, places.stop - 1)),
        )
        .order_by(col(CardGroup.position), of_group, at.place)
    )
    found: dict[str, tuple[CardGroup, list[GroupableCard], int, int]] = {}
    for group, card, offer, place, count, supports, own in rows:
        _, cards, *_ = found.setdefault(group.id, (group, [], count, supports or 0))
        if card is not None and place in (places if group.id == opened.group else range(most + 1)):
            cards.append(_groupable(card, offer, own, group.id))
    return tuple(
        GroupWithCards(group, tuple(cards), count, supports)
        for group, cards, count, supports in found.values()
    )


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
