"""SQLite files as this program opens them, and the kept connection for the ledger's batches."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.changes import Batch, Change

BUSY_TIMEOUT_S = 5  # another process may hold the file for a moment (a backup, a virus scanner)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged dot has reached the disk
    "fullfsync": 1,  # the same on macOS
    "foreign_keys": 1,
    "secure_delete": 1,  # what is wiped or withdrawn is overwritten
    "busy_timeout": BUSY_TIMEOUT_S * 1000,
}
TRIES = 3  # each waits for readers as long as for a lock


class Sqlite:
    """One file, of which this process is the only writer. See `changes.Kind`."""

    name = "sqlite"

    def __init__(self, url: str) -> None:
        self.url = url
        self.reading = sqlite_engine(url, begin="BEGIN", query_only=1)
        self.writing = sqlite_engine(url, begin="BEGIN IMMEDIATE")
        self.batches = Batches(url)

    def migrating(self) -> Engine:
        """It does not enforce foreign keys: SQLite rebuilds tables by dropping them, which would take
        everything along that refers to them. They are checked before the commit."""
        return sqlite_engine(self.url, begin="BEGIN IMMEDIATE", foreign_keys=0)

    def settle(self, connection: Connection) -> None:
        """Text is sorted as its bytes here anyway."""

    def try_writing(self, session: Session) -> None:
        """A page that goes through the log to the disk, and says what it said."""
        version = session.connection().exec_driver_sql("PRAGMA user_version").scalar()
        session.connection().exec_driver_sql(f"PRAGMA user_version = {version}")

    def announce(self, session: Session, changes: Sequence[Change]) -> None:
        """Nobody else is there to be told."""

    def listen(self, *_: object) -> None:
        """There are no other nodes."""

    def leave_no_trace(self, *, rewrite: bool) -> bool:
        """Empties the log, with `rewrite` writes the whole file anew. False while a reader is in the way."""
        connection = self.writing.raw_connection()
        try:
            cursor = connection.cursor()
            if rewrite:
                cursor.execute("VACUUM")
            for _ in range(TRIES):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (is_busy, *_), *_ = cursor.fetchall()
                if not is_busy:
                    return True
        except sqlite3.Error as error:
            raise _wrapped(error) from error
        finally:
            connection.close()
        return False

    def close(self) -> None:
        self.batches.close()
        self.reading.dispose()
        self.writing.dispose()


class Batches:
    """Runs transactions on one kept connection, with a third of what SQLAlchemy's own way takes."""

    def __init__(self, url: str) -> None:
        self._engine = sqlite_engine(url, begin=None)
        self._batch: Batch | None = None

    def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Commits what `work(batch, …)` did and returns its result. Raises SQLAlchemy's errors."""
        batch = self._batch = self._batch or self._opened()
        try:
            batch.driver.execute("BEGIN IMMEDIATE")
            try:
                result = work(batch, *args, **kwargs)
                batch.driver.execute("COMMIT")
            except BaseException:
                batch.driver.rollback()
                raise
            finally:
                batch.connection.rollback()  # it has begun nothing: the transaction was the driver's
        except sqlite3.Error as error:
            raise _wrapped(error) from error
        return result

    def close(self) -> None:
        if self._batch is not None:
            self._batch.connection.close()
        self._engine.dispose()

    def _opened(self) -> Batch:
        connection = self._engine.connect()
        return Batch(connection.connection.driver_connection, connection)


def _wrapped(error: sqlite3.Error) -> Exception:
    wrapped: Exception = DBAPIError.instance("", None, error, sqlite3.Error)
    return wrapped


def sqlite_engine(url: str, *, begin: str | None, **pragmas: int) -> Engine:
    """`url` is sqlite:///<path>, and the path is taken as it stands: a folder may be called 100 % or Was?,
    which in an address would mean another file."""
    engine = create_engine(
        URL.create("sqlite", database=url.removeprefix("sqlite:///")),
        connect_args={"check_same_thread": False},
        pool_size=20,
        max_overflow=30,
        hide_parameters=True,  # an error would quote what somebody sent
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours: the driver's is deferred, and fails late
        for name, value in (PRAGMAS | pragmas).items():
            connection.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if begin is not None:
            connection.exec_driver_sql(begin)

    return engine
