"""Backs up while the server runs: every five minutes, and whenever a phase has changed."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime

from sqlmodel import col, select

from app.backups.backing_up import Backups, Stopped
from app.changes import Change
from app.database import Database
from app.errors import CannotStore
from app.moderation.ending import catch_up
from app.planning.models import Event
from app.settings import Settings

EVERY_S = 300
FIRST_S = 20  # after a start: others come first
ACTOR = "backup"
Phases = list[tuple[int | None, str, bool]]


@contextlib.asynccontextmanager
async def backing_up(
    database: Database, backups: Backups, settings: Settings
) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    is_changed = asyncio.Event()

    def notice(_changes: list[Change]) -> None:
        loop.call_soon_threadsafe(is_changed.set)

    async def keep_backing_up() -> None:
        known = await asyncio.to_thread(_phases, database)
        due = loop.time() + _first_wait_s(backups)
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(is_changed.wait(), max(0, due - loop.time()))
            is_changed.clear()
            phases = await asyncio.to_thread(_phases, database)
            if phases != known or loop.time() >= due:
                known = phases
                await asyncio.to_thread(_back_up, backups, settings)
                due = loop.time() + EVERY_S

    database.on_change.append(notice)
    task = asyncio.create_task(_again_and_again(keep_backing_up))
    try:
        yield
    finally:
        database.on_change.remove(notice)
        backups.stop()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _again_and_again(work: Callable[[], Coroutine[None, None, None]]) -> None:
    while True:
        try:
            await work()
        except Exception:
            logging.getLogger(__name__).exception("no backup could be made")
        await asyncio.sleep(FIRST_S)


def _first_wait_s(backups: Backups) -> float:
    newest = backups.standing.newest_at
    age_s = (datetime.now(UTC) - newest).total_seconds() if newest else EVERY_S
    return max(FIRST_S, EVERY_S - max(0.0, age_s))


def _phases(database: Database) -> Phases:
    with database.read() as session:
        events = session.exec(
            select(Event.id, Event.phase, Event.is_rehearsal).order_by(col(Event.id))
        )
        return [(number, phase, is_rehearsal) for number, phase, is_rehearsal in events]


def _back_up(backups: Backups, settings: Settings) -> None:
    """Why none could be made is in the log already, and on the desk."""
    with contextlib.suppress(CannotStore, Stopped):
        backups.make()
    catch_up(settings, ACTOR)
