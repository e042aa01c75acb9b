"""What a rehearsal found out, as numbers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import Any

from rich.console import Console

from app.operations.rehearsal.moment import Disagreement
from app.operations.rehearsal.operation import Fate, Kind, Operation
from app.operations.rehearsal.table import print_table


@dataclass(frozen=True)
class Latency:
    """Nearest-rank percentiles; None when nothing was measured."""

    count: int
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Latency":
        ordered = sorted(seconds)
        if not ordered:
            return cls(0)
        p50, p95, p99 = (
            round(1000 * ordered[ceil(part * len(ordered)) - 1], 1) for part in (0.5, 0.95, 0.99)
        )
        return cls(len(ordered), p50, p95, p99)


@dataclass(frozen=True)
class Tally:
    """Operations of one kind. `repeated` are further attempts at the same; `latency` is that of the
    attempt that was acknowledged."""

    sent: int
    acknowledged: int
    refused: int
    unanswered: int
    repeated: int
    latency: Latency

    @classmethod
    def of(cls, operations: Sequence[Operation]) -> "Tally":
        fates = [operation.fate for operation in operations]
        return cls(
            sent=len(operations),
            acknowledged=fates.count(Fate.acknowledged),
            refused=fates.count(Fate.refused),
            unanswered=fates.count(Fate.unanswered),
            repeated=sum(operation.attempts - 1 for operation in operations),
            latency=Latency.of(
                operation.answered_at - operation.sent_at
                for operation in operations
                if operation.answered_at is not None
            ),
        )


@dataclass(frozen=True)
class Outcome:
    """`statuses` counts every answer, also those of attempts that were repeated, and "no answer".

    `dot_to_wall` is the time from sending a dot to the first state the wall got that contains it.
    `disagreements` is empty when wall, live.json, export and database say what was acknowledged.
    """

    attendees: int
    seconds: float
    operations: list[Operation] = field(repr=False)
    statuses: dict[str, int]
    phone_connections: int
    wall_connections: int
    dot_to_wall: Latency
    disagreements: list[Disagreement]

    @property
    def agrees(self) -> bool:
        return not self.disagreements

    @property
    def tallies(self) -> dict[Kind, Tally]:
        """By kind, the kinds that occurred."""
        by_kind = {
            kind: [operation for operation in self.operations if operation.kind is kind]
            for kind in Kind
        }
        return {kind: Tally.of(operations) for kind, operations in by_kind.items() if operations}

    def print_table(self, console: Console, _: Callable[[str], str]) -> None:
        """For people, in the language of `_`."""
        print_table(self, console, _)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "attendees": self.attendees,
            "seconds": self.seconds,
            "agrees": self.agrees,
            "operations": {kind.value: asdict(tally) for kind, tally in self.tallies.items()},
            "statuses": self.statuses,
            "phone_connections": self.phone_connections,
            "wall_connections": self.wall_connections,
            "dot_to_wall": asdict(self.dot_to_wall),
            "disagreements": [asdict(disagreement) for disagreement in self.disagreements],
        }
