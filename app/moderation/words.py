"""The words as a moderator curates them: what is shown, what is in it, and what might be one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.cloud.proposals import Reason, proposals
from app.feedback.models import State
from app.feedback.spellings import SpeltWord, spelt_words
from app.moderation.curating import dismissed_pairs, last_undoable
from app.planning.models import Event

LISTED = 200  # the rest is so rare that no wall shows it
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
    merged: list[MergedWord]
    count: int  # devices
    state: State
    version: int


@dataclass(frozen=True, slots=True)
class ListedProposal:
    into: ListedWord
    word: ListedWord
    reason: Reason


def word_panel(session: Session, event: Event) -> dict[str, Any]:
    """What the template of the words' panel takes."""
    assert event.id is not None
    words = listed_words(session, event.id)
    return {
        "words": words[:LISTED],
        "words_not_listed": max(len(words) - LISTED, 0),
        "proposals": listed_proposals(words, dismissed_pairs(session, event.id)),
        "undoable": last_undoable(session, event.id),
    }


def listed_words(session: Session, event_id: int) -> list[ListedWord]:
    """All words, waiting ones first, then by frequency."""
    words = [_listed(spelt) for spelt in spelt_words(session, event_id)]
    return sorted(words, key=lambda word: word.state != State.waiting)


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
        [Spelling(text, count) for text, count in spellings],
        [MergedWord(one.word.id, one.text, one.count, one.word.version) for one in spelt.merged],
        spelt.count,
        State(spelt.word.state),
        spelt.word.version,
    )
