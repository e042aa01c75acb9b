"""What is kept no longer than it is needed: invitations, hidden texts, and what tells devices apart.

Rehearsals are left alone: their end wipes everything, and the evening itself is still to come.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from app.backups.backing_up import alone
from app.backups.ended import Ended, keep_in_mind, mark_of
from app.database import Database
from app.moderation.dropping import forget_hidden
from app.moderation.ending import end_in_copies, seal_everywhere
from app.moderation.sealing import has_answers
from app.people.invitations import revoke_all
from app.planning.models import Event, Phase
from app.settings import Settings

INVITED = timedelta(days=2)  # after closing: time to decide on what waits, and to enter paper dots
KEPT = timedelta(days=7)  # after closing
EVERY_S = 3600
ACTOR = "retention"


def retain(database: Database, settings: Settings, now: datetime) -> None:
    """Ends invitations two days after an event was closed; after seven seals it and forgets what was
    hidden. What somebody only tried out, without one dot, card or word, stays open to be reopened.
    One event that this can't be done with keeps no other from it."""
    with database.read() as session:
        closed = session.exec(
            select(Event).where(
                col(Event.phase) == Phase.closed, col(Event.is_rehearsal).is_(False)
            )
        ).all()
        used = {event.id for event in closed if event.id and has_answers(session, event.id)}
    for event in closed:
        try:
            _retain(database, settings, now, event, is_used=event.id in used)
        except Exception:
            logging.getLogger(__name__).exception("what is over its time could not be deleted")
    database.clear_traces()


def _retain(
    database: Database, settings: Settings, now: datetime, event: Event, *, is_used: bool
) -> None:
    assert event.id is not None
    closed_at = event.closed_at or event.changed_at  # the first programs did not note it
    since = now - closed_at.replace(tzinfo=UTC)
    if since >= INVITED:
        database.write(revoke_all, event.id)
    if since < KEPT or (event.sealed_at is None and not is_used):
        return
    if event.sealed_at is None:
        seal_everywhere(database, settings, event, ACTOR)
    if database.write(forget_hidden, event.id):
        with alone(settings.data):
            mark = mark_of(event.key, event.code)
            keep_in_mind(settings, Ended(forgotten=frozenset({mark})))
            end_in_copies(settings, event.key, ACTOR)
            database.leave_no_trace()


@contextlib.asynccontextmanager
async def retaining(database: Database, settings: Settings) -> AsyncIterator[None]:
    """At once and every hour, as long as the server runs."""

    async def keep_retaining() -> None:
        while True:
            try:
                await asyncio.to_thread(retain, database, settings, datetime.now(UTC))
            except Exception:
                logging.getLogger(__name__).exception("what is over its time could not be deleted")
            await asyncio.sleep(EVERY_S)

    task = asyncio.create_task(keep_retaining())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
