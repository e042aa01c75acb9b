"""A series as plain values: what its events say of the same offers and words, side by side."""

from dataclasses import dataclass
from datetime import date, datetime

from app.planning.models import Phase
from app.results.awareness import LEAST_SHOWN, awareness, interval
from app.results.reported.series import ReportedSeries


@dataclass(frozen=True)
class ComparedEvent:
    """`cards` and `words` are approved ones; `devices` as in a report."""

    id: int
    key: str
    title: str
    district: str
    date: date
    locale: str
    phase: Phase
    version: int
    changed_at: datetime
    attendees: int | None
    institutions: int | None
    devices: int
    yes: int
    no: int
    cards: int
    words: int

    @property
    def is_interim(self) -> bool:
        return self.phase != Phase.closed

    @property
    def name(self) -> str:
        return self.district or self.title


@dataclass(frozen=True)
class ComparedCell:
    """An offer at an event. Below LEAST_SHOWN dots its awareness and interval are None, too."""

    yes: int
    no: int

    @property
    def total(self) -> int:
        return self.yes + self.no

    @property
    def awareness(self) -> float | None:
        return awareness(self.yes, self.no) if self.total >= LEAST_SHOWN else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return interval(self.yes, self.no) if self.total >= LEAST_SHOWN else None

    @property
    def level(self) -> int | None:
        """1 (below 20 %) to 5 (from 80 %), of the awareness as it is said: in full percent."""
        return None if self.awareness is None else min(5, round(100 * self.awareness) // 20 + 1)


@dataclass(frozen=True)
class ComparedOffer:
    """`cells` in the order of the events; None where an event did not present it. Titles are the latest."""

    key: str
    title: str
    island: str
    cells: tuple[ComparedCell | None, ...]


@dataclass(frozen=True)
class Difference:
    """Where an offer is known best and least, as places in the order of the events.

    `may_be_chance`: the two 95 % intervals overlap.
    """

    offer: ComparedOffer
    best: int
    least: int
    share: float
    may_be_chance: bool


@dataclass(frozen=True)
class ComparedWord:
    """`counts` are devices, in the order of the events."""

    word: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class TypicalWord:
    """A word that stands out at the event at place `at`: its share of all that was sent there, and of all
    that was sent `elsewhere`, 0-1."""

    word: str
    at: int
    count: int
    share: float
    elsewhere: float


@dataclass(frozen=True)
class Comparison:
    """Events from the first to the last, without rehearsals; offers in the order of their plans; the
    largest differences first, clear ones before those that may be chance; words with the most frequent
    first."""

    series: ReportedSeries
    events: tuple[ComparedEvent, ...]
    offers: tuple[ComparedOffer, ...]
    differences: tuple[Difference, ...]
    words: tuple[ComparedWord, ...]
    common: tuple[ComparedWord, ...]
    typical: tuple[TypicalWord, ...]

    @property
    def locale(self) -> str:
        """Of the latest event; of a series without events ours."""
        return self.events[-1].locale if self.events else "de"

    @property
    def changed_at(self) -> datetime:
        """When anything in it was changed for the last time."""
        return max(event.changed_at for event in self.events)

    @property
    def version(self) -> int:
        """Rises with every change of any of these events."""
        return sum(event.version for event in self.events)
