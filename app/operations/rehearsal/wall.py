"""A wall without a screen: keeps the last state it was sent, and when each version came."""

import json
from bisect import bisect_left
from time import perf_counter
from typing import Any

from app.operations.rehearsal.moment import Disagreement


class Wall:
    """Give `receive` every message of the socket and `connected` every new connection."""

    def __init__(self) -> None:
        self.state: dict[str, Any] | None = None
        self.connections = 0
        self.faults: list[Disagreement] = []
        self._versions: list[int] = []  # rising; when each came stands in `_times`
        self._times: list[float] = []
        self._last_of_connection = -1

    def connected(self) -> None:
        self.connections += 1
        self._last_of_connection = -1

    def receive(self, message: str) -> None:
        now = perf_counter()
        state = json.loads(message)
        if state.get("heartbeat"):
            return
        version, newest = state["version"], self._versions[-1] if self._versions else -1
        if version < newest or version == self._last_of_connection:
            self.faults.append(
                Disagreement("wall", "version of the next state", f"> {newest}", str(version))
            )
        self._last_of_connection = version
        if version > newest:
            self._versions.append(version)
            self._times.append(now)
        if version >= newest:
            self.state = state

    def shown_at(self, version: int) -> float | None:
        """When the first state came that contains `version`."""
        index = bisect_left(self._versions, version)
        return self._times[index] if index < len(self._times) else None
