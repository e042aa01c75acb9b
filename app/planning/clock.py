"""The World Café's clock: one on the server; everybody else counts down from `remaining_s`.

Zero closes nothing by itself: the moderator does.
"""

import time
from dataclasses import dataclass
from math import ceil

from app.planning.models import Event


@dataclass(frozen=True, slots=True)
class Clock:
    running: bool
    remaining_s: int
    total_s: int
    round_s: int | None  # None: people walk freely

    @property
    def minutes(self) -> int:
        """What is left, in minutes that have begun."""
        return ceil(self.remaining_s / 60)

    def as_dict(self) -> dict[str, bool | int | None]:
        return {
            "running": self.running,
            "remaining_s": self.remaining_s,
            "total_s": self.total_s,
            "round_s": self.round_s,
        }


def clock_of(event: Event, now: float | None = None) -> Clock:
    """The clock at `now`, seconds since the epoch; it stands still at zero."""
    remaining_s = event.clock_remaining_s
    if event.clock_started_at is not None:
        elapsed_s = (time.time() if now is None else now) - event.clock_started_at
        remaining_s = max(0, round(remaining_s - max(0.0, elapsed_s)))
    is_running = event.clock_started_at is not None
    return Clock(is_running, remaining_s, event.cafe_minutes * 60, event.clock_round_s)


def set_clock(
    event: Event,
    *,
    running: bool | None = None,
    remaining_s: int | None = None,
    round_s: int | None = None,
) -> None:
    """Starts, stops or turns the clock, or sets how long a round is (0: no rounds); None leaves that
    as it is."""
    now = time.time()
    clock = clock_of(event, now)
    event.clock_remaining_s = clock.remaining_s if remaining_s is None else remaining_s
    event.clock_started_at = now if (clock.running if running is None else running) else None
    if round_s is not None:
        event.clock_round_s = round_s or None
