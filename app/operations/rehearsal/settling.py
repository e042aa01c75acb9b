"""Waits for the last state to arrive, then says what still disagrees."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from json import JSONDecodeError
from time import perf_counter
from typing import Any

import httpx

from app.errors import CannotStore, Failed
from app.operations.rehearsal.checker import disagreements
from app.operations.rehearsal.moment import Disagreement, Moment, Stored
from app.operations.rehearsal.operation import Operation
from app.operations.rehearsal.wall import Wall

# What a server that is away looks like, over HTTP and over the command line's own way in.
AWAY = (OSError, EOFError, JSONDecodeError, httpx.TransportError, CannotStore, Failed)
SETTLING_S = 5  # the last state may come a tick later; what disagrees after that, disagrees
TICK_S = 0.25

ReadStored = Callable[[], Awaitable[Stored]]


async def read_live(client: httpx.AsyncClient, code: str) -> dict[str, Any]:
    """The state from `live.json`; raises one of `AWAY` when there is none."""
    response = await client.get(f"/e/{code}/live.json")
    if response.status_code != 200:
        raise ConnectionError(f"live.json: {response.status_code}")
    state: dict[str, Any] = response.json()
    return state


@dataclass(frozen=True)
class Comparison:
    """All that is needed to compare an evening with what was there `before`."""

    operations: list[Operation]
    before: Moment
    wall: Wall
    client: httpx.AsyncClient
    code: str
    read_stored: ReadStored

    async def disagreements_left(self) -> list[Disagreement]:
        """Compares until all agree, for `SETTLING_S` at most; returns what is left then."""
        until = perf_counter() + SETTLING_S
        while True:
            found = await self._found()
            if not found or perf_counter() > until:
                return found
            await asyncio.sleep(TICK_S)

    async def _found(self) -> list[Disagreement]:
        try:
            live = await read_live(self.client, self.code)
        except AWAY as error:
            reason = str(error) or type(error).__name__
            return [Disagreement("live.json", "answer", "200", reason)]
        shown = self.wall.state
        found = []
        if shown is None:
            found.append(Disagreement("wall", "states", "1", "0"))
        elif shown["version"] != live["version"]:
            found.append(
                Disagreement("wall", "version", str(live["version"]), str(shown["version"]))
            )
        after = Moment(wall=shown or live, live=live, stored=await self.read_stored())
        return found + disagreements(self.operations, self.before, after)
