"""The rooms of all events, and the wire from what is stored to who watches."""

import asyncio
import time

from app.changes import Change
from app.database import Database
from app.feedback.commands import Committed
from app.live.room import Room


class Hub:
    """Made on the event loop. A room comes into being with its first visitor."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rooms: dict[int, Room] = {}
        self._voted_at: dict[int, float] = {}
        self._loop = asyncio.get_running_loop()
        database.on_change.append(self._tell)
        database.phones_here = self._phones

    def room(self, event_id: int) -> Room:
        room = self._rooms.get(event_id)
        if room is None:
            room = self._rooms[event_id] = Room(event_id, self._database)
        return room

    def committed(self, change: Committed) -> None:
        """For the ledger's `on_commit`, on the loop."""
        self._voted_at[change.event_id] = time.monotonic()
        if change.event_id in self._rooms:
            self._rooms[change.event_id].committed(change)

    def voted_at(self, event_id: int) -> float | None:
        """When somebody last sent to the event, on the clock `time.monotonic`; None since the start."""
        return self._voted_at.get(event_id)

    def devices(self, event_id: int) -> int | None:
        """How many take part; None while nobody watches."""
        room = self._rooms.get(event_id)
        return None if room is None else room.devices

    def _phones(self) -> dict[int, int]:
        """For `Database.phones_here`."""
        return {event_id: len(room.phones) for event_id, room in list(self._rooms.items())}

    def _tell(self, changes: list[Change]) -> None:
        """For `Database.on_change`, on another thread."""
        self._loop.call_soon_threadsafe(self._changed, changes)

    def _changed(self, changes: list[Change]) -> None:
        for change in changes:
            if change.is_vote:
                self._voted_at[change.event_id] = time.monotonic()
            if change.event_id in self._rooms:
                self._rooms[change.event_id].changed()

    async def close(self) -> None:
        self._database.on_change.remove(self._tell)
        await asyncio.gather(*(room.close() for room in self._rooms.values()))
