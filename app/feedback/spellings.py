"""The words of an event with all their spellings: one reading for the wall, the desk and the results."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.cloud.normalise import majority_spelling
from app.feedback.models import Entry, Word


@dataclass(frozen=True, slots=True)
class SpeltWord:
    """A word that somebody's entry stands behind. `spellings`: spelling → devices that sent it."""

    word: Word
    spellings: dict[str, int]
    count: int  # devices, in any spelling

    @property
    def text(self) -> str:
        """The most frequent spelling."""
        return majority_spelling(self.spellings)


def spelt_words(session: Session, event_id: int) -> list[SpeltWord]:
    """All of them, whatever their state: the most frequent first, among equals the earliest."""
    senders: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for word_id, text, device in session.exec(
        select(Entry.word_id, Entry.text, Entry.device).where(
            Entry.event_id == event_id, col(Entry.word_id).is_not(None)
        )
    ):
        senders[word_id or ""][text].add(device)
    words = session.exec(
        select(Word).where(Word.event_id == event_id).order_by(col(Word.arrival), col(Word.id))
    )
    spelt = [
        SpeltWord(
            word,
            {text: len(devices) for text, devices in senders[word.id].items()},
            len(set().union(*senders[word.id].values())),
        )
        for word in words
        if word.id in senders
    ]
    return sorted(spelt, key=lambda one: -one.count)
