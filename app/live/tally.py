"""What is counted at one event, in memory: a cache of the rows that any process can rebuild.

Dots move it one by one. Everything rarer (a card, a phase, a new island) makes it be read again.
"""

from collections import Counter
from dataclasses import dataclass, field

from app.feedback.commands import Committed, DotMoved
from app.planning.models import Event


@dataclass(slots=True)
class OfferTally:
    key: str
    title: str
    yes: int = 0
    no: int = 0

    def add(self, knows: bool | None, amount: int) -> None:
        if knows is True:
            self.yes += amount
        elif knows is False:
            self.no += amount


@dataclass(slots=True)
class IslandTally:
    number: int
    title: str
    key_sentence: str
    offers: list[OfferTally]
    cards: int = 0  # approved ones
    devices: Counter[str] = field(default_factory=Counter)  # device → its dots and cards here

    @property
    def yes(self) -> int:
        return sum(offer.yes for offer in self.offers)

    @property
    def no(self) -> int:
        return sum(offer.no for offer in self.offers)


@dataclass(frozen=True, slots=True)
class ShownCard:
    id: str
    island_number: int
    offer_key: str | None
    text: str
    supports: int
    is_highlighted: bool = False


@dataclass(frozen=True, slots=True)
class ShownWord:
    """An approved word: its majority spelling and how many devices sent it, in any spelling."""

    id: str
    text: str
    count: int
    x: float | None
    y: float | None
    size: float | None
    width: float | None = None
    """Of its picture; None when the browser draws it in a font of its own."""


@dataclass(slots=True)
class Tally:
    """One event's numbers at `version`. `event` is a detached copy of its row."""

    event: Event
    version: int
    islands: list[IslandTally]
    devices: Counter[str]  # device → its current dots, cards and words, retired offers included
    cards: list[ShownCard]  # approved, newest first
    best: list[ShownCard]  # those of them for the plenary, the best first
    words: list[ShownWord]  # approved, most frequent first, no more than a wall shows
    word_count: int  # approved ones
    offer_places: dict[str, tuple[IslandTally, OfferTally]]

    def follows(self, change: Committed) -> bool:
        """Whether the change comes right after what this tally shows and can be applied to it."""
        return change.version == self.version + 1 and not change.has_texts

    def apply(self, change: Committed) -> None:
        """Moves the dots of a change that `follows`."""
        for dot in change.dots:
            self._move(dot)
        self.version = change.version

    def _move(self, dot: DotMoved) -> None:
        step = (dot.after is not None) - (dot.before is not None)
        _count(self.devices, dot.device, step)
        place = self.offer_places.get(dot.offer_key)
        if place is None:
            return  # its offer was retired a moment ago: kept, but not shown
        island, offer = place
        offer.add(dot.before, -1)
        offer.add(dot.after, +1)
        _count(island.devices, dot.device, step)


def _count(counter: Counter[str], device: str, step: int) -> None:
    counter[device] += step
    if counter[device] <= 0:
        del counter[device]
