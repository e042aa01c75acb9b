"""What all simulated attendees share: the address, the time, what is known in this district."""

from dataclasses import dataclass, field
from random import Random

from app.operations.rehearsal.forms import Page
from app.operations.rehearsal.moment import Disagreement
from app.operations.rehearsal.timetable import Timetable


@dataclass
class Hall:
    """`faults` are pages that lack what an attendee needs, `connections` all phone sockets."""

    address: str
    code: str
    timetable: Timetable
    chance: Random
    pages: dict[str, Page] = field(default_factory=dict)
    faults: list[Disagreement] = field(default_factory=list)
    connections: int = 0
    _awareness: dict[str, float] = field(default_factory=dict)

    def awareness(self, offer: str) -> float:
        """The part of the people who know an offer; every offer has its own."""
        if offer not in self._awareness:
            self._awareness[offer] = self.chance.uniform(0.1, 0.9)
        return self._awareness[offer]

    def missing(self, path: str, what: str) -> None:
        self.faults.append(Disagreement("page", f"{path}: {what}", "1", "0"))
