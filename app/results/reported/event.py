"""The event a report is of, and how many took part in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, union
from sqlmodel import Session, col, select

from app.feedback.models import NOBODY, Card, Dot, Entry, State
from app.planning.models import Event, Phase
from app.web.catalogue import primary


@dataclass(frozen=True)
class ReportedEvent:
    key: str
    title: str
    district: str
    place: str
    date: date
    locale: str
    phase: Phase
    is_rehearsal: bool
    changed_at: datetime
    attendees: int | None
    institutions: int | None
    cafe_minutes: int
    know_question: str
    card_question: str
    word_question: str
    introduction: str  # "" when the planners wrote none; so is the conclusion
    conclusion: str

    @property
    def is_german(self) -> bool:
        return primary(self.locale) == "de"


def reported_event(event: Event) -> ReportedEvent:
    return ReportedEvent(
        key=event.key,
        title=event.title,
        district=event.district,
        place=event.place,
        date=event.date,
        locale=event.locale,
        phase=Phase(event.phase),
        is_rehearsal=event.is_rehearsal,
        changed_at=event.changed_at,
        attendees=event.attendees,
        institutions=event.institutions,
        cafe_minutes=event.cafe_minutes,
        know_question=event.know_question,
        card_question=event.card_question,
        word_question=event.word_question,
        introduction=event.introduction,
        conclusion=event.conclusion,
    )


def device_counts(session: Session, events: Sequence[Event]) -> dict[int, int]:
    """Event → devices with a current dot, a card or a word, approved or not, that was not withdrawn; of a
    sealed event as many as there were. One query, however many events there are."""
    ids = [event.id for event in events]
    present = union(
        select(Dot.event_id, Dot.device).where(
            col(Dot.event_id).in_(ids), col(Dot.knows).is_not(None)
        ),
        select(Card.event_id, Card.device).where(
            col(Card.event_id).in_(ids),
            Card.state != State.withdrawn,
            Card.device != NOBODY,
        ),
        select(Entry.event_id, Entry.device).where(
            col(Entry.event_id).in_(ids), col(Entry.word_id).is_not(None)
        ),
    ).subquery()
    counted = select(present.c.event_id, func.count()).group_by(present.c.event_id)
    unsealed = dict(session.exec(counted).all())
    return {
        event.id: unsealed.get(event.id, 0)
        if event.sealed_devices is None
        else event.sealed_devices
        for event in events
        if event.id is not None
    }
