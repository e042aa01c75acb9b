"""The journal as it is told: each act with the card or word it was about, as that reads now."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from app.feedback.models import Card
from app.feedback.spellings import words_of
from app.planning.journal import Act


@dataclass(frozen=True, slots=True)
class ToldAct:
    number: int
    at: datetime  # UTC
    role: str
    who: str  # a planner's name, an invitation's number
    name: str
    subject: str
    text: str | None  # the card's or word's; None when there is none, or not any more
    details: dict[str, Any]


def told_acts(session: Session, event_id: int, acts: list[Act]) -> list[ToldAct]:
    """In the order given; a few queries, however many acts."""
    texts = _texts(session, event_id, {act.subject for act in acts if act.subject})
    told = []
    for act in acts:
        role, _, who = act.actor.partition(" ")
        at = act.at if act.at.tzinfo else act.at.replace(tzinfo=UTC)
        text = texts.get(act.subject)
        told.append(ToldAct(act.number, at, role, who, act.name, act.subject, text, act.details))
    return told


def _texts(session: Session, event_id: int, subjects: set[str]) -> dict[str, str]:
    if not subjects:
        return {}
    cards = session.exec(
        select(Card.id, Card.text).where(Card.event_id == event_id, col(Card.id).in_(subjects))
    )
    texts = {id: text for id, text in cards if text}
    words = words_of(session, event_id, subjects - texts.keys())
    return texts | {spelt.word.id: spelt.text for spelt in words}
