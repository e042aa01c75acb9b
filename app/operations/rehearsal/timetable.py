"""When what happens in a rehearsed evening, however short it is."""

import asyncio
from dataclasses import dataclass
from random import Random
from time import perf_counter

ARRIVAL = 1 / 3  # of the evening; most come in the first minutes of it
CAFE = 3 / 4  # of the evening; the rest is for words


@dataclass(frozen=True)
class Timetable:
    """Times are seconds of `perf_counter`."""

    begin: float
    end: float

    @classmethod
    def from_now(cls, seconds: float) -> "Timetable":
        now = perf_counter()
        return cls(begin=now, end=now + seconds)

    @property
    def cafe_until(self) -> float:
        return self.begin + CAFE * (self.end - self.begin)

    @property
    def elapsed(self) -> float:
        """0 at the beginning, 1 at the end and after."""
        return min(1.0, (perf_counter() - self.begin) / (self.end - self.begin))

    def arrival(self, chance: Random) -> float:
        """When somebody comes: a wave that rises steeply and ends slowly."""
        return self.begin + ARRIVAL * (self.end - self.begin) * chance.betavariate(1.3, 3.5)

    async def until(self, time: float) -> None:
        await asyncio.sleep(max(0.0, min(time, self.end) - perf_counter()))

    async def pause(self, seconds: float) -> None:
        """Waits, but not past the end."""
        await self.until(perf_counter() + seconds)
