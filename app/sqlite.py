"""SQLite files as this program opens them, and the kept connection for the ledger's batches."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

BUSY_TIMEOUT_S = 5  # another process may hold the file for a moment (a backup, a virus scanner)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged dot has reached the disk
    "fullfsync": 1,  # the same on macOS
    "foreign_keys": 1,
    "secure_delete": 1,  # what is wiped or withdrawn is overwritten
    "busy_timeout": BUSY_TIMEOUT_S * 1000,
}


@dataclass(frozen=True, slots=True)
class Batch:
    """A transaction of the ledger's: plain SQL on the driver's connection where it is hot, SQLAlchemy's
    where it is rare."""

    driver: sqlite3.Connection
    connection: Connection


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
            raise DBAPIError.instance("", None, error, sqlite3.Error) from error
        return result

    def close(self) -> None:
        if self._batch is not None:
            self._batch.connection.close()
        self._engine.dispose()

    def _opened(self) -> Batch:
        connection = self._engine.connect()
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return Batch(driver, connection)


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
