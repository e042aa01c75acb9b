"""What one device has sent, and what an island's page needs."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app.feedback.models import Card, Dot, Entry, State, Support, Word
from app.planning.models import Event, Island, Offer
from app.planning.queries import islands_of


def own_dots(session: Session, event_id: int, device: str | None) -> dict[str, bool]:
    """Offer key → knows, without dots that were taken back."""
    if device is None:
        return {}
    rows = session.exec(
        select(Dot.offer_key, Dot.knows).where(
            Dot.event_id == event_id, Dot.device == device, col(Dot.knows).is_not(None)
        )
    )
    return {key: bool(knows) for key, knows in rows}


def own_cards(session: Session, event_id: int, device: str | None, island: int) -> list[Card]:
    """Cards of this device at an island, newest first, without withdrawn ones."""
    if device is None:
        return []
    return list(
        session.exec(
            select(Card)
            .where(
                Card.event_id == event_id,
                Card.device == device,
                Card.island_number == island,
                Card.state != State.withdrawn,
            )
            .order_by(col(Card.arrival).desc(), col(Card.id))
        )
    )


@dataclass(frozen=True, slots=True)
class MentionedCard:
    """An approved card of somebody else, and whether this device supports it."""

    id: str
    text: str
    offer_key: str | None
    supports: int
    is_supported: bool


def mentioned_cards(
    session: Session,
    event_id: int,
    device: str | None,
    island: int,
    *,
    most: int,
    skipped: int = 0,
) -> list[MentionedCard]:
    """Of an island: the most supported first, among equals the newest."""
    return _mentioned(
        session, device, _others(event_id, device, island), most=most, skipped=skipped
    )


def mentioned_card(
    session: Session, event_id: int, device: str | None, card_id: str
) -> MentionedCard | None:
    """None when it does not hang there (any more)."""
    is_it = (Card.event_id == event_id, Card.id == card_id, Card.state == State.approved)
    return next(iter(_mentioned(session, device, is_it, most=1)), None)


def _mentioned(
    session: Session, device: str | None, those: tuple[Any, ...], *, most: int, skipped: int = 0
) -> list[MentionedCard]:
    supports = func.count(col(Support.device))
    own = supports.filter(col(Support.device) == (device or ""))
    rows = session.execute(
        select(Card.id, Card.text, Card.offer_key)
        .add_columns(supports, own)
        .outerjoin(
            Support, (col(Support.event_id) == Card.event_id) & (col(Support.card_id) == Card.id)
        )
        .where(*those)
        .group_by(col(Card.event_id), col(Card.id))
        .order_by(supports.desc(), col(Card.arrival).desc(), col(Card.id))
        .offset(skipped)
        .limit(most)
    )
    return [
        MentionedCard(id, text, offer_key, count, bool(is_own))
        for id, text, offer_key, count, is_own in rows
    ]


def count_mentioned(session: Session, event_id: int, device: str | None, island: int) -> int:
    those = _others(event_id, device, island)
    return session.exec(select(func.count()).select_from(Card).where(*those)).one()


def _others(event_id: int, device: str | None, island: int) -> tuple[Any, ...]:
    hanging = (
        Card.event_id == event_id,
        Card.island_number == island,
        Card.state == State.approved,
    )
    return hanging if device is None else (*hanging, Card.device != device)


@dataclass(frozen=True, slots=True)
class OwnWord:
    submission: str
    text: str
    state: State


def own_words(session: Session, event_id: int, device: str | None) -> list[OwnWord]:
    """Words of this device, oldest first, without withdrawn ones."""
    if device is None:
        return []
    rows = session.exec(
        select(Entry.submission, Entry.text, Word.state)
        .join(Word, (col(Word.event_id) == Entry.event_id) & (col(Word.id) == Entry.word_id))
        .where(Entry.event_id == event_id, Entry.device == device)
        .order_by(col(Entry.arrival))
    )
    return [OwnWord(submission, text, State(state)) for submission, text, state in rows]


@dataclass(frozen=True, slots=True)
class Progress:
    """An island in the overview, and how many of its offers this device has answered."""

    island: Island
    offers: int
    answered: int

    @property
    def is_done(self) -> bool:
        return self.answered >= self.offers > 0


def progress(session: Session, event: Event, dots: dict[str, bool]) -> list[Progress]:
    """All islands of the event in their order."""
    offers = session.exec(
        select(Offer.island_number, Offer.key).where(
            Offer.event_id == event.id, col(Offer.is_retired).is_(False)
        )
    ).all()
    return [
        Progress(
            island,
            sum(number == island.number for number, _ in offers),
            sum(number == island.number and key in dots for number, key in offers),
        )
        for island in islands_of(session, event)
    ]
