"""Asks everybody who is connected, in turn, whether they are still there.

A timer of its own for each of thousands came due at the same moment after every hold-up of the loop, and
held it up again: 80 ms of pings at once.
"""

import asyncio
from collections import OrderedDict
from typing import Protocol

ROUND_S = 4.5
"""At least, between two questions to the same one; who has not answered by then is gone."""
STEP_S = 0.02  # between two turns of those who are due


class Asked(Protocol):
    def ask(self) -> None:
        """Sends a question, or drops who has not answered the last one."""


class Pulse:
    """Spreads the questions over the round, however many came at the same moment."""

    def __init__(self) -> None:
        self._due: OrderedDict[Asked, float] = OrderedDict()  # the next first; the loop's time
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._due)

    def add(self, asked: Asked) -> None:
        loop = asyncio.get_running_loop()
        self._due[asked] = loop.time() + ROUND_S
        if self._timer is None:
            self._timer = loop.call_later(ROUND_S, self._step)

    def discard(self, asked: Asked) -> None:
        """Also somebody who was never there."""
        self._due.pop(asked, None)
        if not self._due and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _step(self) -> None:
        """Those whose time has come, but no more than twice what is due on average."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        try:
            for _ in range(1 + int(2 * len(self._due) * STEP_S / ROUND_S)):
                asked = next(iter(self._due), None)
                if asked is None or self._due[asked] > now:
                    break
                self._due.move_to_end(asked)
                self._due[asked] = now + ROUND_S
                asked.ask()  # which may end it
        finally:  # one that can't be asked is no reason to stop asking the others
            self._timer = None
            if self._due:
                wait_s = max(next(iter(self._due.values())) - now, STEP_S)
                self._timer = loop.call_later(wait_s, self._step)
