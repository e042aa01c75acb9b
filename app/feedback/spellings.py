"""The words of an event with all their spellings: one reading for the wall, the desk and the results."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Row, case, distinct, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.cloud.normalise import majority_spelling
from app.feedback.models import Entry, State, Word

_Senders = dict[str, set[str]]
"""spelling → devices that sent it"""


class StoredWord(NamedTuple):
    """What of a word's row matters here: thousands of them are read, so they are no models."""

    id: str
    state: State
    merged_into: str | None
    renamed: str | None
    version: int
    arrival: int
    x: float | None
    y: float | None
    size: float | None


@dataclass(slots=True)
class SpeltWord:
    """A word that somebody's entry stands behind, with all that were merged into it."""

    word: StoredWord
    spellings: dict[str, int]  # spelling → devices that sent it
    count: int  # devices, in any spelling
    merged: tuple["SpeltWord", ...] = ()  # as they would stand alone, the most frequent first

    @property
    def text(self) -> str:
        """The name it was given, or the most frequent spelling, of equals one of its own."""
        if self.word.renamed:
            return self.word.renamed
        if len(self.spellings) == 1:
            return next(iter(self.spellings))
        others = {text for one in self.merged for text in one.spellings}
        return majority_spelling(self.spellings, rather=self.spellings.keys() - others)


def spelt_words(session: Session, event_id: int) -> list[SpeltWord]:
    """All of them, whatever their state: the most frequent first, among equals the earliest."""
    return _read(session, event_id, (), ())


def most_frequent_words(
    session: Session, event_id: int, most: int, until: int | None = None
) -> tuple[list[SpeltWord], int]:
    """The approved words that lead `spelt_words`, at most `most` of them, and how many there are. `until`
    leaves out what was sent after that version of the event (see Event.cloud_frozen_at)."""
    return ranked_words(session, event_id, most, states=(State.approved,), until=until)


def ranked_words(
    session: Session,
    event_id: int,
    most: int,
    *,
    states: Sequence[State],
    first: State | None = None,
    skipped: int = 0,
    until: int | None = None,
) -> tuple[list[SpeltWord], int]:
    """`most` of the words in these states, after `skipped` of them, and how many there are in all: those
    in the state `first` before the others, then as in `spelt_words`.

    A wall or a desk asks with every new word, and there may be thousands: the database counts them.
    """
    word = aliased(Word)
    sent = (
        col(Entry.event_id) == event_id,
        *((col(Entry.arrival) <= until,) if until is not None else ()),
    )
    # Each device once a word, before anything is sorted or looked up: on PostgreSQL a third of the time.
    senders = (
        select(func.coalesce(word.merged_into, word.id).label("id"), col(Entry.device))
        .select_from(Entry)
        .join(word, (col(word.event_id) == Entry.event_id) & (col(word.id) == Entry.word_id))
        .where(*sent)
        .distinct()
        .subquery()
    )
    counted = select(senders.c.id, func.count().label("devices")).group_by(senders.c.id).subquery()
    ranking = (
        select(col(Word.id), func.count().over())
        .select_from(counted)
        .join(Word, (col(Word.event_id) == event_id) & (col(Word.id) == counted.c.id))
        .where(col(Word.state).in_(states))
        .order_by(
            *((case((col(Word.state) == first, 0), else_=1),) if first else ()),
            counted.c.devices.desc(),
            col(Word.arrival),
            col(Word.id),
        )
        .offset(skipped)
        .limit(most)
    )
    rows = session.execute(ranking).all()
    order = {id: place for place, (id, _) in enumerate(rows)}
    found = words_of(session, event_id, order, sent)
    return sorted(found, key=lambda spelt: order[spelt.word.id]), rows[0][1] if rows else 0


def words_of(
    session: Session, event_id: int, ids: Iterable[str], sent: "_Conditions" = ()
) -> list[SpeltWord]:
    """Those with these ids that are not merged into another one, as in `spelt_words`."""
    ids = list(ids)
    is_alone = col(Word.id).in_(ids) & col(Word.merged_into).is_(None)
    in_groups = is_alone | col(Word.merged_into).in_(ids)
    entries = col(Entry.word_id).in_(
        select(col(Word.id)).where(Word.event_id == event_id, in_groups)
    )
    return _read(session, event_id, (in_groups,), (*sent, entries))


def counted_words(session: Session, event_id: int) -> dict[State, int]:
    """How many words of each state there are that somebody's entry stands behind."""
    target, word = aliased(Word), aliased(Word)
    rows = session.execute(
        select(col(target.state), func.count(distinct(col(target.id))))
        .select_from(Entry)
        .join(word, (col(word.event_id) == Entry.event_id) & (col(word.id) == Entry.word_id))
        .join(
            target,
            (col(target.event_id) == word.event_id)
            & (col(target.id) == func.coalesce(word.merged_into, word.id)),
        )
        .where(col(Entry.event_id) == event_id)
        .group_by(col(target.state))
    )
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


_Conditions = tuple[ColumnElement[bool], ...]


def _read(
    session: Session, event_id: int, of_words: _Conditions, of_entries: _Conditions
) -> list[SpeltWord]:
    senders = _senders(session, event_id, of_entries)
    words = {word.id: word for word in _stored(session, event_id, of_words)}
    groups: dict[str, list[StoredWord]] = defaultdict(list)
    for word in words.values():
        if word.id in senders:
            groups[word.merged_into or word.id].append(word)
    spelt = [_spelt(words[id], group, senders) for id, group in groups.items()]
    return sorted(spelt, key=_order)


def _senders(session: Session, event_id: int, conditions: _Conditions) -> dict[str, _Senders]:
    senders: dict[str, _Senders] = {}
    for word_id, text, device in session.exec(
        select(Entry.word_id, Entry.text, Entry.device).where(
            Entry.event_id == event_id, col(Entry.word_id).is_not(None), *conditions
        )
    ):
        senders.setdefault(word_id or "", {}).setdefault(text, set()).add(device)
    return senders


def _stored(session: Session, event_id: int, conditions: _Conditions) -> Sequence[StoredWord]:
    columns = [Word.__table__.c[name] for name in StoredWord._fields]  # type: ignore[attr-defined]
    rows: Sequence[Row[tuple[object, ...]]] = session.execute(
        select(*columns).where(Word.event_id == event_id, *conditions)
    ).all()
    return cast(Sequence[StoredWord], rows)  # they have these fields


def _spelt(word: StoredWord, group: list[StoredWord], senders: dict[str, _Senders]) -> SpeltWord:
    """`group`: the word itself, if anybody sent it, and those that were merged into it."""
    if group == [word]:
        return SpeltWord(word, *_counted([senders[word.id]]))
    alone = [SpeltWord(one, *_counted([senders[one.id]])) for one in group if one.id != word.id]
    counted = _counted([senders[one.id] for one in group])
    return SpeltWord(word, *counted, tuple(sorted(alone, key=_order)))


def _counted(senders: list[_Senders]) -> tuple[dict[str, int], int]:
    """Devices by spelling, and devices altogether."""
    if len(senders) == len(senders[0]) == 1:  # as most words are
        ((text, devices),) = senders[0].items()
        return {text: len(devices)}, len(devices)
    together: _Senders = defaultdict(set)
    for spellings in senders:
        for text, devices in spellings.items():
            together[text] |= devices
    counted = {text: len(devices) for text, devices in together.items()}
    return counted, len(set().union(*together.values()))


def _order(one: SpeltWord) -> tuple[int, int, str]:
    return -one.count, one.word.arrival, one.word.id
