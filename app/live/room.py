"""Everybody who watches one event: keeps its tally current and sends the state when it changed."""

import asyncio
import logging
from time import perf_counter
from typing import Any

from app.database import Database
from app.feedback.commands import Committed
from app.live.crowd import Crowd
from app.live.layouter import Layouter
from app.live.reading import read_tally
from app.live.state import as_text, heartbeat, phone_state, wall_state
from app.live.tally import Tally
from app.planning.clock import clock_of

TICK_S = 0.1
"""From one state's beginning to the next one's: the first after a quiet time goes out at once."""
RETRY_S = 1.0
HEARTBEAT_S = 15.0


class Room:
    """The walls and phones of one event.

    Dots that follow what the tally shows move it; after anything else, or a gap, it is read again.
    Changes that arrive during the reading are kept and applied on top.
    """

    def __init__(self, event_id: int, database: Database) -> None:
        self._event_id = event_id
        self._database = database
        self._layouter = Layouter(event_id, database)
        self._tally: Tally | None = None
        self._arrived: list[Committed] = []
        self._is_stale = True
        self._is_gone = False
        self._news = asyncio.Event()
        self._news.set()
        self._is_read = asyncio.Event()
        self.walls = Crowd(lambda: self.state)
        self.phones = Crowd(self._phone_message)
        self._shown_version = 0
        self._state: dict[str, Any] = {}
        self._encoded: tuple[Any, str] = None, ""  # of what, and the text
        self._phone_state: dict[str, Any] = {}
        self._tasks = (
            asyncio.create_task(self._keep_showing()),
            asyncio.create_task(self._keep_beating()),
        )

    # --- what happened --------------------------------------------------------------------------

    def committed(self, change: Committed) -> None:
        """The ledger stored something."""
        self._arrived.append(change)
        self._news.set()

    def changed(self) -> None:
        """Somebody changed the event, its islands, cards or words."""
        self._is_stale = True
        self._news.set()

    # --- who watches ------------------------------------------------------------------------------

    async def tally(self) -> Tally | None:
        """The current tally; None when the event is gone."""
        await self._is_read.wait()
        return self._tally

    @property
    def state(self) -> str:
        """The state as it was last sent, with clock and phones as they are now; encoded only when something
        of it has changed, for a hall that comes at once."""
        assert self._tally is not None
        now = {"clock": clock_of(self._tally.event).as_dict(), "phones": self.all_phones}
        if self._encoded[0] != (self._shown_version, now):
            self._encoded = (self._shown_version, now), as_text(self._state | now)
        return self._encoded[1]

    @property
    def version(self) -> int:
        return self._shown_version

    @property
    def devices(self) -> int | None:
        """How many take part; None until it was read."""
        return None if self._tally is None else len(self._tally.devices)

    @property
    def all_phones(self) -> int:
        """How many are connected, here and to other nodes."""
        return len(self.phones) + self._database.phones_elsewhere(self._event_id)

    def heartbeat(self) -> str:
        assert self._tally is not None
        return as_text(heartbeat(self._tally, self.all_phones))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._layouter.close()

    # --- keeping up -------------------------------------------------------------------------------

    async def _keep_showing(self) -> None:
        while not self._is_gone:
            await self._news.wait()
            self._news.clear()
            began = perf_counter()
            try:
                await self._catch_up()
                await self._show()
                self._is_read.set()
            except Exception:
                logging.getLogger(__name__).exception("the state could not be read")
                self._is_stale = True
                self._news.set()
                await asyncio.sleep(RETRY_S)
            took_s = min(perf_counter() - began, TICK_S)
            await asyncio.sleep(max(TICK_S - took_s, took_s))  # no less rest than work
        await self._layouter.close()  # its words have no event any more

    async def _keep_beating(self) -> None:
        await self._is_read.wait()
        while not self._is_gone:
            await asyncio.sleep(HEARTBEAT_S)
            if self._tally is not None:
                beat = self.heartbeat()
                await self.walls.beat(beat)
                await self.phones.beat(beat)

    async def _catch_up(self) -> None:
        """Reads at most once: what came meanwhile is shown next, but nobody waits for quiet."""
        self._apply_arrived()
        if not self._is_stale:
            return
        self._is_stale = False
        self._tally = await asyncio.to_thread(self._read)
        self._is_gone = self._tally is None
        self._apply_arrived()
        if self._is_stale:
            self._news.set()
        if self._tally is not None:
            self._layouter.words_are(self._tally.words)

    def _apply_arrived(self) -> None:
        arrived, self._arrived = self._arrived, []
        for change in arrived:
            if self._tally is None or change.version <= self._tally.version:
                continue
            if self._is_stale or not self._tally.follows(change):
                self._is_stale = True
            else:
                self._tally.apply(change)

    def _read(self) -> Tally | None:
        with self._database.read() as session:
            return read_tally(session, self._event_id)

    async def _show(self) -> None:
        if self._tally is None or self._tally.version == self._shown_version:
            return
        self._shown_version = self._tally.version
        self._state = wall_state(self._tally, self.all_phones)
        await self.walls.tell(self.state)
        followed = self._followed()
        if followed != self._phone_state:
            self._phone_state = followed
            await self.phones.tell(self._phone_message())

    def _followed(self) -> dict[str, Any]:
        """What makes a phone look up: its state, without the seconds that run by themselves."""
        assert self._tally is not None
        event = self._tally.event
        clock = event.clock_started_at, event.clock_remaining_s, event.clock_round_s
        return phone_state(self._tally) | {"clock": clock}

    def _phone_message(self) -> str:
        assert self._tally is not None
        return as_text({"version": self._shown_version, **phone_state(self._tally)})
