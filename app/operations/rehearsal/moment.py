"""What a rehearsal compares: all that can be seen of an event at one moment, and where it does not agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StoredText:
    """A card, or an entry for the cloud, as a row of the database; `text` is "" once withdrawn."""

    submission: str
    text: str
    state: str  # "waiting", "approved", "hidden", "withdrawn"


@dataclass(frozen=True)
class Stored:
    """What the database holds of an event, and `results.json` as it would be exported now."""

    results: Mapping[str, Any]
    cards: Sequence[StoredText]
    words: Sequence[StoredText]


@dataclass(frozen=True)
class Moment:
    """All that can be seen of an event at one moment; `wall` is its socket's last state."""

    wall: Mapping[str, Any]
    live: Mapping[str, Any]
    stored: Stored

    @property
    def shown(self) -> dict[str, Mapping[str, Any]]:
        return {"wall": self.wall, "live.json": self.live, "results.json": self.stored.results}


@dataclass(frozen=True)
class Disagreement:
    """`where` is "wall", "live.json", "results.json", "database" or "answer"."""

    where: str
    what: str
    expected: str
    found: str
