"""The words of an event with all their spellings: one reading for the wall, the desk and the results."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.cloud.normalise import majority_spelling
from app.feedback.models import Entry, Word

_Senders = dict[str, set[str]]
"""spelling → devices that sent it"""


@dataclass(frozen=True, slots=True)
class SpeltWord:
    """A word that somebody's entry stands behind, with all that were merged into it."""

    word: Word
    spellings: dict[str, int]  # spelling → devices that sent it
    count: int  # devices, in any spelling
    merged: tuple["SpeltWord", ...] = ()  # as they would stand alone, the most frequent first

    @property
    def text(self) -> str:
        """The name it was given, or the most frequent spelling, of equals one of its own."""
        others = {text for one in self.merged for text in one.spellings}
        return self.word.renamed or majority_spelling(
            self.spellings, rather=self.spellings.keys() - others
        )


def spelt_words(session: Session, event_id: int, until: int | None = None) -> list[SpeltWord]:
    """All of them, whatever their state: the most frequent first, among equals the earliest. `until`
    leaves out what arrived after that version of the event (see Event.cloud_frozen_at)."""
    senders = _senders(session, event_id, until)
    words = {word.id: word for word in session.exec(select(Word).where(Word.event_id == event_id))}
    groups: dict[str, list[Word]] = defaultdict(list)
    for word in words.values():
        if word.id in senders:
            groups[word.merged_into or word.id].append(word)
    spelt = [_spelt(words[id], group, senders) for id, group in groups.items()]
    return sorted(spelt, key=lambda one: (-one.count, one.word.arrival, one.word.id))


def _senders(session: Session, event_id: int, until: int | None) -> dict[str, _Senders]:
    senders: dict[str, _Senders] = defaultdict(lambda: defaultdict(set))
    entries = select(Entry.word_id, Entry.text, Entry.device).where(
        Entry.event_id == event_id, col(Entry.word_id).is_not(None)
    )
    if until is not None:
        entries = entries.where(Entry.arrival <= until)
    for word_id, text, device in session.exec(entries):
        senders[word_id or ""][text].add(device)
    return senders


def _spelt(word: Word, group: list[Word], senders: dict[str, _Senders]) -> SpeltWord:
    """`group`: the word itself, if anybody sent it, and those that were merged into it."""
    alone = [SpeltWord(one, *_counted([senders[one.id]])) for one in group if one.id != word.id]
    merged = sorted(alone, key=lambda one: (-one.count, one.word.arrival, one.word.id))
    return SpeltWord(word, *_counted(senders[one.id] for one in group), tuple(merged))


def _counted(senders: Iterable[_Senders]) -> tuple[dict[str, int], int]:
    """Devices by spelling, and devices altogether."""
    together: _Senders = defaultdict(set)
    for spellings in senders:
        for text, devices in spellings.items():
            together[text] |= devices
    counted = {text: len(devices) for text, devices in together.items()}
    return counted, len(set().union(*together.values()))
