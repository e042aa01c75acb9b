"""How fast one device may write. Never per address: a whole hall shares one."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from app.errors import N_, TooFast

REMEMBERED = 50_000  # devices; the longest silent are forgotten first, their buckets are full again
AT_TABLETS = 5  # times as fast: people come there one after the other
NEW_DEVICES_PER_MINUTE = 3_000  # an event; far above any hall


@dataclass(frozen=True)
class Rate:
    """A token bucket: `burst` at once, refilled by `per_s` each second."""

    per_s: float
    burst: int

    @property
    def for_tablets(self) -> "Rate":
        return Rate(self.per_s * AT_TABLETS, self.burst * AT_TABLETS)


DOTS = Rate(per_s=5, burst=40)
TEXTS = Rate(per_s=6 / 60, burst=6)


class Limits:
    """Token buckets a device and kind, and a bound on new devices an event, in memory.

    There is one instance a process; after a restart every bucket is full.
    """

    def __init__(self, *, is_on: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._is_on = is_on
        self._clock = clock
        self._buckets: OrderedDict[tuple[int, str, Rate], tuple[float, float]] = OrderedDict()
        self._newcomers: dict[int, tuple[float, float]] = {}

    def take(self, event_id: int, device: str, rate: Rate) -> None:
        """Takes one token; TooFast, with the seconds to wait, when there is none."""
        if not self._is_on:
            return
        now = self._clock()
        key = (event_id, device, rate)
        bucket = self._buckets.pop(key, None)
        if bucket is None:
            self._welcome(event_id, now)
            bucket = (float(rate.burst), now)
        tokens = _refilled(bucket, rate.per_s, rate.burst, now)
        is_enough = tokens >= 1
        self._buckets[key] = (tokens - 1 if is_enough else tokens, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        if not is_enough:
            raise TooFast(retry_after_s=ceil((1 - tokens) / rate.per_s))

    def _welcome(self, event_id: int, now: float) -> None:
        bucket = self._newcomers.get(event_id, (float(NEW_DEVICES_PER_MINUTE), now))
        tokens = _refilled(bucket, NEW_DEVICES_PER_MINUTE / 60, NEW_DEVICES_PER_MINUTE, now)
        if tokens < 1:
            raise TooFast(
                N_("Gerade kommen sehr viele Geräte dazu. Bitte gleich noch einmal."),
                retry_after_s=5,
            )
        self._newcomers[event_id] = (tokens - 1, now)


def _refilled(bucket: tuple[float, float], per_s: float, burst: float, now: float) -> float:
    tokens, since = bucket
    return min(burst, tokens + (now - since) * per_s)
