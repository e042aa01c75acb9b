"""Deletes an event with everything that belongs to it, and leaves no trace of it in any file."""

from sqlmodel import Session, SQLModel, col, delete, select

from app.backups.backing_up import alone
from app.backups.copies import delete_from_copies
from app.backups.ended import Ended, keep_in_mind, mark_of
from app.changes import Change
from app.database import Database, note_change
from app.planning.models import Event, Series
from app.settings import Settings


def shred(database: Database, settings: Settings, key: str) -> None:
    """Deletes the event with this key, here and in every copy that can be reached; its series goes with
    its last event. Copies in a second folder that is not there now follow when it is. Raises CannotStore
    when somebody keeps reading the old state for long: the event is gone then, its traces with the next
    hour or stop.
    """
    with database.read() as session:
        event = session.exec(select(Event).where(Event.key == key)).first()
    database.write(delete_event, key)
    with alone(settings.data):
        try:
            if event is not None:
                keep_in_mind(settings, Ended(deleted=frozenset({mark_of(key, event.code)})))
            delete_from_copies(settings, key)
        finally:
            database.leave_no_trace(rewrite=True)


def delete_event(session: Session, key: str) -> None:
    """With every row of every table that names it. One that is gone already is no error."""
    event = session.exec(select(Event).where(Event.key == key)).first()
    if event is None:
        return
    assert event.id is not None
    series_id = event.series_id
    for table in reversed(SQLModel.metadata.sorted_tables):
        if "event_id" in table.c:
            session.execute(table.delete().where(table.c.event_id == event.id))
    note_change(session, Change(event.id, event.version + 1, is_plan=True))
    session.exec(delete(Event).where(col(Event.id) == event.id))
    if session.exec(select(Event.id).where(Event.series_id == series_id)).first() is None:
        session.exec(delete(Series).where(col(Series.id) == series_id))
