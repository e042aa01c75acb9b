"""What one device has sent, and what an island's page needs."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.feedback.models import Card, Dot, Entry, State, Word
from app.planning.models import Event, Island, Offer


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
    islands = session.exec(
        select(Island)
        .where(Island.event_id == event.id, col(Island.is_retired).is_(False))
        .order_by(col(Island.position))
    ).all()
    return [
        Progress(
            island,
            sum(number == island.number for number, _ in offers),
            sum(number == island.number and key in dots for number, key in offers),
        )
        for island in islands
    ]


def cards_by_state(session: Session, event_id: int) -> dict[State, int]:
    """How many cards there are of each state."""
    rows = session.exec(
        select(Card.state, func.count()).where(Card.event_id == event_id).group_by(col(Card.state))
    )
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}
