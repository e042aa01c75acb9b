"""What must be stored at the end, computed from the operations alone.

The rule: everything acknowledged counts exactly once, nothing refused counts, and what was never
answered may be either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.operations.rehearsal.operation import Fate, Kind, Operation


@dataclass(frozen=True)
class Between:
    """A number that is known exactly, but for what was never answered."""

    least: int
    most: int

    def __contains__(self, number: int) -> bool:
        return self.least <= number <= self.most

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


def expected_dots(operations: Iterable[Operation]) -> dict[tuple[str, str], Between]:
    """How often each (offer, "yes" | "no") must be counted."""
    surely: Counter[tuple[str, str]] = Counter()
    possibly: Counter[tuple[str, str]] = Counter()
    for (_, offer), answers in _final_answers(operations).items():
        for knows in answers - {None}:
            assert knows is not None
            possibly[offer, knows] += 1
            surely[offer, knows] += len(answers) == 1
    return {key: Between(surely[key], possibly[key]) for key in possibly}


def expected_devices(operations: Iterable[Operation]) -> Between:
    """How many devices must have a dot, a card or a word that was not taken back."""
    operations = list(operations)
    surely: set[int] = set()
    possibly: set[int] = set()
    for (device, _), answers in _final_answers(operations).items():
        if answers - {None}:
            possibly.add(device)
        if None not in answers:
            surely.add(device)
    taken_back = withdrawals(operations)
    for operation in operations:
        withdrawal = taken_back.get(operation.submission)
        if operation.kind not in (Kind.card, Kind.word) or operation.fate is Fate.refused:
            continue
        if withdrawal is not Fate.acknowledged:
            possibly.add(operation.device)
            if operation.fate is Fate.acknowledged and withdrawal is not Fate.unanswered:
                surely.add(operation.device)
    return Between(len(surely), len(possibly))


def withdrawals(operations: Iterable[Operation]) -> dict[str, Fate]:
    """By submission: what became of the request to take a card or a word back."""
    return {
        operation.submission: operation.fate
        for operation in operations
        if operation.kind in (Kind.card_withdrawal, Kind.word_withdrawal)
    }


def _final_answers(
    operations: Iterable[Operation],
) -> dict[tuple[int, str], set[str | None]]:
    """What each (device, offer) may say at the end; None is no dot."""
    finals: dict[tuple[int, str], set[str | None]] = defaultdict(lambda: {None})
    for operation in operations:
        if operation.kind is not Kind.dot or operation.offer is None:
            continue
        answer = None if operation.knows == "withdraw" else operation.knows
        key = (operation.device, operation.offer)
        if operation.fate is Fate.acknowledged:
            finals[key] = {answer}
        elif operation.fate is Fate.unanswered:
            finals[key] = {*finals[key], answer}
    return finals
