"""What a moderator makes of the words: merge, split again, rename; and undo of the last of it.

Each act names the version it was decided on, as in `deciding`, and tells the journal what was before and
after, so that it can be undone as long as nobody has changed the same words since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app.errors import Stale, Unknown
from app.feedback.models import State, Word
from app.feedback.text import cleaned_word
from app.planning.journal import Act, record
from app.planning.models import Event
from app.planning.versions import raise_version

_RANK = (State.hidden, State.approved, State.waiting)
UNDOABLE = ("merging", "splitting", "renaming")
DECISIONS = ("approval", "hiding", "restoration")
UNDOING, DISMISSAL = "word-undoing", "merge-dismissal"


@dataclass(frozen=True, slots=True)
class Seen:
    """A word, and its version as the moderator saw it, if that is known."""

    id: str
    version: int | None = None


def merge(
    session: Session, event_id: int, actor: str, into: Seen | None, words: Sequence[Seen]
) -> None:
    """All devices that sent one of the words count for `into`, in its state. What was merged into one of
    them comes along. Without `into`: into the first that is hidden, else approved, else waiting.

    Unknown, or Stale when that can't be, or when a hidden word would be shown again by it. Merging what
    is merged already changes nothing.
    """
    named = {word.id: word for word in _words(session, event_id, [one.id for one in words])}
    if not named:
        raise Unknown
    into = into or min(
        (one for one in words if one.id in named),
        key=lambda one: _RANK.index(State(named[one.id].state)),
    )
    target = _word(session, event_id, into.id)
    along = {word.id: word for word in _merged_into(session, event_id, list(named))}
    others = [
        word for word in (named | along).values() if into.id not in (word.id, word.merged_into)
    ]
    if not others:
        return
    seen = {one.id: one.version for one in (*words, into) if one.version is not None}
    is_stale = any(word.version != seen.get(word.id, word.version) for word in (target, *others))
    is_shown_again = target.state != State.hidden and any(
        word.state == State.hidden for word in others
    )
    if is_stale or target.merged_into is not None or is_shown_again:
        raise Stale
    changed = [target, *others]
    before = _noted(changed)
    for word in others:
        word.merged_into, word.state = target.id, target.state
    _save(session, event_id, changed)
    record(session, event_id, actor, "merging", target.id, before=before, after=_noted(changed))


def split(session: Session, event_id: int, actor: str, word_id: str, version: int) -> None:
    """The word stands for itself again, in the state that it had together with the others."""
    word = _word(session, event_id, word_id)
    if word.version != version:
        raise Stale
    if word.merged_into is None:
        return
    before, subject = _noted([word]), word.merged_into
    word.merged_into = None
    _save(session, event_id, [word])
    record(session, event_id, actor, "splitting", subject, before=before, after=_noted([word]))


def rename(
    session: Session, event_id: int, actor: str, word_id: str, text: str, version: int
) -> None:
    """Shown under another name; an empty one gives it its most frequent spelling back."""
    word = _word(session, event_id, word_id)
    if word.version != version or word.merged_into is not None:
        raise Stale
    before = _noted([word])
    word.renamed = cleaned_word(text) if text.strip() else None
    _save(session, event_id, [word])
    record(session, event_id, actor, "renaming", word_id, before=before, after=_noted([word]))


def undo(session: Session, event_id: int, actor: str, number: int) -> None:
    """Takes the act with this number of the journal back; Stale when it is not the last one. A word that
    was hidden or shown since then stays so, on its own if need be, and one that its senders took back
    stays away."""
    act = last_undoable(session, event_id)
    if act is None or act.number != number:
        raise Stale
    before, after = act.details["before"], act.details["after"]
    words = _words(session, event_id, before)
    is_decided = _is_decided_since(session, act, {act.subject, *before})
    for word in words:
        was, became = before[word.id], after[word.id]
        if (word.merged_into, word.renamed) == (became["merged_into"], became["renamed"]):
            word.merged_into, word.renamed = was["merged_into"], was["renamed"]
        if word.state == became["state"] and not is_decided:
            word.state = State(was["state"])
    _flatten(session, event_id, words)
    _save(session, event_id, words)
    record(session, event_id, actor, UNDOING, act.subject, act=number)


def last_undoable(session: Session, event_id: int) -> Act | None:
    """The newest act on words that was not undone yet. Words of before a reset are others."""
    reset = select(func.max(Act.number)).where(Act.event_id == event_id, Act.name == "reset")
    acts = session.exec(
        select(Act)
        .where(Act.event_id == event_id, col(Act.name).in_((*UNDOABLE, UNDOING)))
        .where(Act.number > func.coalesce(reset.scalar_subquery(), 0))
        .order_by(col(Act.number).desc())
    ).all()
    undone = {act.details["act"] for act in acts if act.name == UNDOING}
    return next((act for act in acts if act.name != UNDOING and act.number not in undone), None)


def _is_decided_since(session: Session, act: Act, word_ids: set[str]) -> bool:
    """Whether somebody hid or showed one of these words after this act, be it back and forth."""
    decision = select(Act.number).where(
        Act.event_id == act.event_id,
        Act.number > act.number,
        col(Act.name).in_(DECISIONS),
        col(Act.subject).in_(word_ids),
    )
    return session.exec(decision.limit(1)).first() is not None


def dismiss(session: Session, event_id: int, actor: str, words: Sequence[str]) -> None:
    """These two are not proposed for merging any more."""
    found = _words(session, event_id, words)
    if len(found) != 2:
        raise Unknown
    if frozenset(words) not in dismissed_pairs(session, event_id):
        record(session, event_id, actor, DISMISSAL, min(words), words=sorted(words))
        raise_version(session, session.get_one(Event, event_id))  # for the other desks


def dismissed_pairs(session: Session, event_id: int) -> set[frozenset[str]]:
    acts = session.exec(select(Act).where(Act.event_id == event_id, Act.name == DISMISSAL))
    return {frozenset(act.details["words"]) for act in acts}


def with_merged(session: Session, word: Word) -> list[Word]:
    """All words that are one with this one, itself first: they share their state."""
    target = word.merged_into or word.id
    others = session.exec(
        select(Word).where(
            Word.event_id == word.event_id,
            (col(Word.id) == target) | (col(Word.merged_into) == target),
            Word.id != word.id,
        )
    )
    return [word, *others]


def _word(session: Session, event_id: int, word_id: str) -> Word:
    word = session.get(Word, (event_id, word_id))
    if word is None:
        raise Unknown
    return word


def _words(session: Session, event_id: int, ids: Iterable[str]) -> list[Word]:
    """Those that are still there, the earliest first."""
    found = select(Word).where(Word.event_id == event_id, col(Word.id).in_(list(ids)))
    return list(session.exec(found.order_by(col(Word.arrival), col(Word.id))))


def _merged_into(session: Session, event_id: int, ids: Sequence[str]) -> list[Word]:
    found = select(Word).where(Word.event_id == event_id, col(Word.merged_into).in_(ids))
    return list(session.exec(found))


def _flatten(session: Session, event_id: int, words: Iterable[Word]) -> None:
    """Nothing is merged into what is gone or merged itself: others may have come in the meantime. Nor
    into a word in another state, decided on in the meantime: a hidden one would be shown again by it."""
    for word in words:
        target = session.get(Word, (event_id, word.merged_into or ""))
        if target is not None and target.merged_into is not None:
            target = session.get(Word, (event_id, target.merged_into))
        word.merged_into = target.id if target and target.state == word.state else None
        if word.merged_into is not None:
            for other in _merged_into(session, event_id, [word.id]):
                other.merged_into = word.merged_into
                session.add(other)


def _noted(words: Iterable[Word]) -> dict[str, dict[str, Any]]:
    """For the journal: ids and decisions, none of the texts that people sent."""
    return {
        word.id: {"merged_into": word.merged_into, "state": word.state, "renamed": word.renamed}
        for word in words
    }


def _save(session: Session, event_id: int, words: Iterable[Word]) -> None:
    for word in words:
        word.version += 1
        session.add(word)
    raise_version(session, session.get_one(Event, event_id))
