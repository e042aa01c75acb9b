"""Deletes an event with everything that belongs to it, and leaves no trace of it in any file."""

from pathlib import Path

from sqlmodel import Session, SQLModel, col, delete, select

from app.database import Change, Database, note_change
from app.planning.copies import delete_from_copies
from app.planning.models import Event, Series


def shred(database: Database, data: Path, key: str) -> None:
    """Deletes the event with this key, here and in every copy in the data folder; its series goes with
    its last event. Raises CannotStore when somebody keeps reading the old state for long: the event is
    gone then, its traces with the next hour or stop.
    """
    database.write(delete_event, key)
    try:
        delete_from_copies(data, key)
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
