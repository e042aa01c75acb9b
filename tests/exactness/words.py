"""The words of an evening in plain Python: who sent what, and what moderators made of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from app.errors import NotAcceptable, Stale, Unknown

KEYS = {
    "spannend": "spannend",
    "Spannend!": "spannend",
    "gut": "gut",
    "Begegnung": "begegnung",
    "Begegnungen": "begegnungen",
}
RELATIVES = {"begegnung": "begegnungen", "begegnungen": "begegnung"}
RANK = ["hidden", "approved", "waiting"]
Shown = list[tuple[str, int, list[tuple[str, int]]]]
"""Word, devices, and how often which spelling."""


@dataclass
class Word:
    state: str
    merged_into: str | None = None
    renamed: str | None = None
    version: int = 1


@dataclass
class Entry:
    device: str
    key: str | None  # None once withdrawn
    text: str
    number: int


class Words:
    """By key. `acts` are those that can be undone: the words before and after each."""

    def __init__(self) -> None:
        self.approval = "at_once"
        self.words: dict[str, Word] = {}
        self.entries: dict[tuple[str, str], Entry] = {}
        self.acts: list[tuple[dict[str, Word], dict[str, Word]]] = []
        self.frozen_after: int | None = None
        self._sent = 0

    @property
    def has_anything(self) -> bool:
        return bool(self.words or self.entries)

    @property
    def devices(self) -> set[str]:
        return {entry.device for entry in self._standing}

    @property
    def _standing(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.key is not None]

    # --- attendees --------------------------------------------------------------------------------

    def known(self, device: str, submission: str) -> str | None:
        """The state of what was sent with this submission before."""
        entry = self.entries.get((device, submission))
        if entry is None:
            return None
        return "withdrawn" if entry.key is None else self.words[entry.key].state

    def send(self, device: str, submission: str, text: str, *, is_held: bool) -> str:
        if sum(entry.device == device for entry in self._standing) >= 2:
            raise NotAcceptable
        key = KEYS[text]
        if key not in self.words:
            self.words[key] = self._new(key, is_held=is_held)
        self._sent += 1
        self.entries[device, submission] = Entry(device, key, text, self._sent)
        return self.words[key].state

    def _new(self, key: str, *, is_held: bool) -> Word:
        relative = RELATIVES.get(key)
        if relative in self.words and not is_held:
            other = self.words[relative]
            return Word(other.state, other.merged_into or relative)
        return Word("approved" if self.approval == "at_once" and not is_held else "waiting")

    def withdraw(self, device: str, submission: str) -> None:
        entry = self.entries[device, submission]
        key, entry.key, entry.text = entry.key, None, ""
        self._forget(key)

    def _forget(self, key: str | None) -> None:
        """A word that nobody stands behind goes, unless others were merged into it, or it is hidden."""
        word = self.words.get(key or "")
        is_kept = any(entry.key == key for entry in self._standing)
        if word is None or is_kept:
            return
        if not any(other.merged_into == key for other in self.words.values()):
            if word.state == "hidden":
                word.renamed = None
            else:
                del self.words[key or ""]
        if word.merged_into is not None:
            self._forget(word.merged_into)

    # --- moderators ---------------------------------------------------------------------------------

    def decide(self, key: str, state: str, version: int) -> None:
        self._seen(key, version)
        root = self._root(key)
        for other, word in self.words.items():
            if self._root(other) == root and (other == key or word.state != state):
                word.state, word.version = state, word.version + 1

    def merge(self, seen: Sequence[tuple[str, int]], into: tuple[str, int] | None) -> None:
        named = [(key, version) for key, version in seen if key in self.words]
        if not named:
            raise Unknown
        into = into or min(named, key=lambda one: RANK.index(self.words[one[0]].state))
        target = self._word(into[0])
        names = {key for key, _ in named}
        others = [
            key
            for key, word in self.words.items()
            if (key in names or word.merged_into in names)
            and into[0] not in (key, word.merged_into)
        ]
        if not others:
            return
        versions = dict([*named, into])
        changed = [into[0], *others]
        if (
            any(
                versions.get(key, self.words[key].version) != self.words[key].version
                for key in changed
            )
            or target.merged_into is not None
            or (target.state != "hidden" and any(self.words[k].state == "hidden" for k in others))
        ):
            raise Stale
        before = deepcopy(self.words)
        for key in others:
            self.words[key].merged_into, self.words[key].state = into[0], target.state
        self._act(before, changed)

    def split(self, key: str, version: int) -> None:
        word = self._seen(key, version)
        if word.merged_into is None:
            return
        before = deepcopy(self.words)
        word.merged_into = None
        self._act(before, [key])

    def rename(self, key: str, text: str, version: int) -> None:
        word = self._seen(key, version)
        if word.merged_into is not None:
            raise Stale
        before = deepcopy(self.words)
        word.renamed = text or None
        self._act(before, [key])

    def undone(self) -> dict[str, Word] | None:
        """The words without the last act, but for their versions; None when somebody changed any word
        since then: what becomes of them is decided, and tried, elsewhere."""
        before, after = self.acts.pop()
        return before if after == self.words else None

    def drop_waiting(self) -> None:
        dropped = {key for key in self.words if self.words[self._root(key)].state == "waiting"}
        self.words = {key: word for key, word in self.words.items() if key not in dropped}
        self.entries = {
            sent: entry
            for sent, entry in self.entries.items()
            if entry.key is not None and entry.key not in dropped
        }

    def _word(self, key: str) -> Word:
        if key not in self.words:
            raise Unknown
        return self.words[key]

    def _seen(self, key: str, version: int) -> Word:
        word = self._word(key)
        if word.version != version:
            raise Stale
        return word

    def _root(self, key: str) -> str:
        return self.words[key].merged_into or key

    def _act(self, before: dict[str, Word], changed: Iterable[str]) -> None:
        for key in changed:
            self.words[key].version += 1
        self.acts.append((before, deepcopy(self.words)))

    # --- what is shown ------------------------------------------------------------------------------

    def freeze(self, *, is_frozen: bool) -> None:
        if is_frozen != (self.frozen_after is not None):
            self.frozen_after = self._sent if is_frozen else None

    def shown(self, *, on_wall: bool) -> Shown:
        """Approved ones, sorted; on the wall as far as the cloud is not frozen."""
        until = self.frozen_after if on_wall and self.frozen_after is not None else self._sent
        groups: dict[str, list[Entry]] = {}
        for entry in self._standing:
            if entry.number <= until:
                groups.setdefault(self._root(entry.key or ""), []).append(entry)
        return sorted(
            (
                self._name(root, entries),
                len({entry.device for entry in entries}),
                _spellings(entries),
            )
            for root, entries in groups.items()
            if self.words[root].state == "approved"
        )

    def _name(self, root: str, entries: list[Entry]) -> str:
        """Its new name, else the most frequent spelling; of equals rather its own than one of a word that
        was merged with it, then with a capital, then the first."""
        others = {entry.text for entry in entries if entry.key != root}
        spellings = _spellings(entries)
        return (
            self.words[root].renamed
            or min(
                spellings, key=lambda one: (-one[1], one[0] in others, one[0].islower(), one[0])
            )[0]
        )


def _spellings(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """By text, and how many devices sent it."""
    return sorted(Counter(text for text, _ in {(e.text, e.device) for e in entries}).items())
