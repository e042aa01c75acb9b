"""Opens the database for the one process that may write it; refuses one that is not right."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock
from sqlalchemy.exc import DBAPIError

from app.backups.backing_up import Backups
from app.backups.folder import remove
from app.database import FILE, Database, prepared
from app.operations.faults import cause_and_cure, damaged
from app.settings import Settings

DRAFT = f"{FILE}.restoring"  # in the data folder, of a backup that is being brought back


@contextmanager
def only_writer(settings: Settings) -> Iterator[Database]:
    """The whole, migrated database, while no other process writes it. Before its tables are changed it is
    backed up. Raises Failed, CannotStore, filelock.Timeout.

    A database server lets several nodes write, and is backed up by whoever keeps it."""
    if settings.is_shared:
        with _shared(settings) as database:
            yield database
        return
    prepared(settings.data)
    with _lock(settings):
        database = Database(settings)
        try:
            try:
                remove(settings.data / DRAFT)  # of a restore that was killed
                if not _is_whole(settings.data / FILE):
                    raise damaged(settings)
                database.migrate(before_upgrade=Backups(settings).make)
            except (DBAPIError, sqlite3.Error, OSError) as error:
                raise cause_and_cure(error, settings) from error
            yield database
        finally:
            database.close()


@contextmanager
def _shared(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    try:
        try:
            database.migrate()
        except DBAPIError as error:
            raise cause_and_cure(error, settings) from error
        yield database
    finally:
        database.close()


@contextmanager
def _lock(settings: Settings) -> Iterator[None]:
    lock = FileLock(settings.data / "lock", timeout=0)
    try:
        lock.acquire()
    except TimeoutError:  # filelock's is one
        raise
    except OSError as error:
        raise cause_and_cure(error, settings) from error
    try:
        yield
    finally:
        lock.release()


def _is_whole(file: Path) -> bool:
    """Each page in its place; what a backup looks at besides (indexes against rows) would take longer."""
    with closing(sqlite3.connect(file)) as rows:
        found: tuple[str] = rows.execute("PRAGMA quick_check(1)").fetchone()
        return found == ("ok",)
