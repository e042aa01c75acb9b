"""The end of an event as a whole act: sealing, out of the log and out of the copies, too."""

import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from app.backups.backing_up import alone
from app.backups.copies import copies, delete_from, is_copy, rewrite
from app.backups.ended import UNFINISHED, Ended, ended_in, keep_in_mind, mark_of, remember
from app.backups.folder import FOLDER, is_there, remove
from app.database import Database
from app.errors import Failed
from app.moderation.dropping import forget_hidden
from app.moderation.sealing import seal
from app.planning.models import Event, Phase
from app.schema import migrate
from app.settings import Settings
from app.sqlite import Sqlite


def seal_everywhere(
    database: Database, settings: Settings, event: Event, actor: str, confirm: str | None = None
) -> None:
    """See `sealing.seal`. Copies in a second folder that is not there now follow when it is."""
    assert event.id is not None
    database.write(seal, event.id, actor, confirm)
    with alone(settings.data):
        try:
            keep_in_mind(settings, Ended(sealed=frozenset({mark_of(event.key, event.code)})))
            end_in_copies(settings, event.key, actor)
        finally:
            database.leave_no_trace()


def end_in_copies(settings: Settings, key: str, actor: str) -> None:
    """Seals the event in every copy, whatever its phase was then, and forgets what was hidden: a copy with
    the hashes of its devices, what phones called their cards, or texts nobody shall read would tell it
    all again. One that can't be changed is removed."""
    for file in copies(settings):
        try:
            _end_in(file, key, actor)
        except (SQLAlchemyError, sqlite3.Error, Failed):
            remove(file)
    (settings.data / FOLDER / UNFINISHED).unlink(missing_ok=True)


def end_in_copy(file: Path, ended: Ended, actor: str) -> None:
    """What was deleted or sealed since this copy was made is so in it, too. Raises what a copy raises that
    can't be changed: SQLAlchemyError, sqlite3.Error, Failed."""
    with closing(sqlite3.connect(file)) as rows:
        marks = {
            key: mark_of(key, code) for key, code in rows.execute("SELECT key, code FROM event")
        }
    for key, mark in marks.items():
        if mark in ended.deleted:
            delete_from(file, key)
        elif mark in ended.sealed | ended.forgotten:
            _end_in(file, key, actor)


def catch_up(settings: Settings, actor: str) -> None:
    """With what a killed process left undone, and with a second folder that was away while events were
    sealed or deleted; from its list comes back what ours has lost, if it was damaged. Raises OSError."""
    if (settings.data / FOLDER / UNFINISHED).exists():
        with alone(settings.data):
            _end_all(copies(settings), ended_in(settings.data / FOLDER), actor)
            (settings.data / FOLDER / UNFINISHED).unlink(missing_ok=True)
    folder = settings.second_folder
    if folder is None or not is_there(folder):
        return
    remember(settings.data / FOLDER, ended_in(folder))
    ended = ended_in(settings.data / FOLDER)
    missed = ended - ended_in(folder)
    if not missed:
        return
    with alone(settings.data):
        _end_all(filter(is_copy, sorted(folder.iterdir())), missed, actor)
        remember(folder, ended)


def _end_all(files: Iterable[Path], ended: Ended, actor: str) -> None:
    for file in files:
        try:
            end_in_copy(file, ended, actor)
        except (SQLAlchemyError, sqlite3.Error, Failed):
            remove(file)
            logging.getLogger(__name__).exception("a copy could not be changed and is gone")


def _end_in(file: Path, key: str, actor: str) -> None:
    copy = Sqlite(f"sqlite:///{file}")
    try:
        migrate(copy)
        with Session(copy.writing) as session:
            event = session.exec(select(Event).where(Event.key == key)).first()
            if event is None:
                return
            assert event.id is not None
            # perhaps of the evening itself, if nobody ended it in time
            was_rehearsal = event.is_rehearsal
            event.phase, event.is_rehearsal = Phase.closed, False
            session.add(event)
            seal(session, event.id, actor)
            forget_hidden(session, event.id)
            event.is_rehearsal = was_rehearsal
            session.add(event)
            session.commit()
    finally:
        copy.close()
    rewrite(file)
