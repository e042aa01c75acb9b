"""The words as a moderator curates them: what is shown, what is in it, and what might be one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.cloud.proposals import LOOKED_AT, Reason, proposals
from app.feedback.models import State
from app.feedback.spellings import SpeltWord, counted_words, ranked_words
from app.moderation.curating import dismissed_pairs, last_undoable
from app.planning.models import Event

LISTED = 40  # a page
SHOWN_IN_ONE = 20
"""Of the words merged into one, and of its spellings: the next come up as these go."""
PROPOSED = 4  # at a time: the next come up when these are decided


@dataclass(frozen=True, slots=True)
class Spelling:
    text: str
    count: int  # devices


@dataclass(frozen=True, slots=True)
class MergedWord:
    """A word that counts for another one."""

    id: str
    text: str
    count: int
    version: int


@dataclass(frozen=True, slots=True)
class ListedWord:
    id: str
    text: str  # as the cloud shows it
    is_renamed: bool
    spellings: list[Spelling]  # the most frequent first
    merged: list[MergedWord]  # the most frequent, like the spellings at most SHOWN_IN_ONE
    not_shown: int  # of those merged
    count: int  # devices
    state: State
    version: int


@dataclass(frozen=True, slots=True)
class ListedProposal:
    into: ListedWord
    word: ListedWord
    reason: Reason


def word_panel(session: Session, event: Event, page: int = 1) -> dict[str, Any]:
    """What the template of the words' panel takes; `page` from 1."""
    assert event.id is not None
    words, total = listed_words(session, event.id, page)
    is_all = page == 1 and len(words) == total
    candidates = words if is_all else _candidates(session, event.id)
    return {
        "words": words,
        "words_waiting": sum(word.state == State.waiting for word in words)
        if is_all
        else counted_words(session, event.id)[State.waiting],
        "word_pages": max((total + LISTED - 1) // LISTED, 1),
        "proposals": listed_proposals(candidates, dismissed_pairs(session, event.id)),
        "undoable": last_undoable(session, event.id),
    }


def listed_words(session: Session, event_id: int, page: int = 1) -> tuple[list[ListedWord], int]:
    """A page of the words, waiting ones first, then by frequency; and how many there are in all, 0 on a
    page behind the last."""
    words, total = ranked_words(
        session,
        event_id,
        LISTED,
        states=tuple(State),
        first=State.waiting,
        skipped=(page - 1) * LISTED,
    )
    return [_listed(spelt) for spelt in words], total


def _candidates(session: Session, event_id: int) -> list[ListedWord]:
    """As many as are looked at for proposals."""
    words, _ = ranked_words(
        session,
        event_id,
        LOOKED_AT,
        states=(State.approved, State.waiting),
        first=State.approved,
    )
    return [_listed(spelt) for spelt in words]


def listed_proposals(
    words: Sequence[ListedWord], dismissed: set[frozenset[str]]
) -> list[ListedProposal]:
    """At most PROPOSED, the most frequent first: none of hidden words, none dismissed, and no word twice."""
    by_id = {word.id: word for word in words if word.state != State.hidden}
    order = sorted(by_id.values(), key=lambda word: (word.state != State.approved, -word.count))
    found: list[ListedProposal] = []
    named: set[str] = set()
    for one in proposals([(word.id, word.text, word.count) for word in order]):
        pair = frozenset((one.into, one.word))
        if pair not in dismissed and not pair & named and len(found) < PROPOSED:
            named |= pair
            found.append(ListedProposal(by_id[one.into], by_id[one.word], one.reason))
    return found


def _listed(spelt: SpeltWord) -> ListedWord:
    spellings = sorted(spelt.spellings.items(), key=lambda spelling: (-spelling[1], spelling[0]))
    return ListedWord(
        spelt.word.id,
        spelt.text,
        spelt.word.renamed is not None,
        [Spelling(text, count) for text, count in spellings[:SHOWN_IN_ONE]],
        [
            MergedWord(one.word.id, one.text, one.count, one.word.version)
            for one in spelt.merged[:SHOWN_IN_ONE]
        ],
        max(len(spelt.merged) - SHOWN_IN_ONE, 0),
        spelt.count,
        State(spelt.word.state),
        spelt.word.version,
    )
