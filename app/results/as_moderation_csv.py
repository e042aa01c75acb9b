"""Everything that was sent and everything that was decided, for the planners alone: in no archive."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.feedback.models import Card, State, Support
from app.feedback.spellings import spelt_words
from app.planning.journal import Act
from app.planning.models import Event, Island
from app.results.as_csv import Cell, written_csv
from app.web.catalogue import primary

COLUMNS = (
    "kind id island island_title offer text state highlighted count number at actor act subject details"
    " source"
).split()


@dataclass(frozen=True)
class ModerationRecord:
    """`rows` in the order of COLUMNS: cards in the order they came, words, the journal oldest first."""

    is_german: bool
    rows: tuple[tuple[Cell, ...], ...]


def read_moderation(session: Session, event: Event) -> ModerationRecord:
    """Hidden and waiting texts too; of what was withdrawn there is the fact, and no text."""
    assert event.id is not None
    rows = (*_cards(session, event.id), *_words(session, event.id), *_acts(session, event.id))
    return ModerationRecord(primary(event.locale) == "de", rows)


def moderation_csv(record: ModerationRecord) -> bytes:
    """A row a card, a word, an act; `count` is supports of a card, devices of a word."""
    return written_csv(COLUMNS, record.rows, is_german=record.is_german)


def _cards(session: Session, event_id: int) -> Iterator[tuple[Cell, ...]]:
    supports = dict(
        session.exec(
            select(Support.card_id, func.count())
            .where(Support.event_id == event_id)
            .group_by(col(Support.card_id))
        ).all()
    )
    rows = session.exec(
        select(Card, Island.title)
        .join(
            Island,
            (col(Island.event_id) == Card.event_id) & (col(Island.number) == Card.island_number),
        )
        .where(Card.event_id == event_id)
        .order_by(col(Card.arrival), col(Card.id))
    )
    for card, title in rows:
        place = (card.id, card.island_number, title, card.offer_key)
        state = (str(card.state), "yes" if card.is_highlighted else "no", supports.get(card.id, 0))
        yield ("card", *place, card.text, *state, *_NO_ACT, str(card.source))


def _words(session: Session, event_id: int) -> Iterator[tuple[Cell, ...]]:
    for spelt in spelt_words(session, event_id):
        place = (spelt.word.id, None, None, None)
        yield (
            "word",
            *place,
            spelt.text,
            str(State(spelt.word.state)),
            None,
            spelt.count,
            *_NO_ACT,
            None,
        )


def _acts(session: Session, event_id: int) -> Iterator[tuple[Cell, ...]]:
    acts = select(Act).where(Act.event_id == event_id).order_by(col(Act.number))
    for act in session.exec(acts):
        details = json.dumps(act.details, ensure_ascii=False, sort_keys=True) if act.details else ""
        at = act.at.strftime("%Y-%m-%dT%H:%MZ")
        told = (act.number, at, act.actor, act.name, act.subject, details)
        yield ("act", *(None for _ in COLUMNS[1:9]), *told, None)


_NO_ACT: tuple[Cell, ...] = (None,) * 6
