"""One writer, many readers, and the migrations that bring a database up to date.

SQLite takes one writer at a time. Everything that writes goes through `Database.write` or the ledger,
both on the same thread, so nobody ever waits for somebody else's lock or loses a race.
"""

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, SQLModel

from app.errors import N_, CannotStore, Failed
from app.settings import Settings
from app.sqlite import Batch, Batches, sqlite_engine

ROOT = Path(__file__).parents[1]
MIGRATIONS = ROOT / "migrations" / "versions"  # named by their revision, which rises
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

FILE = "worldcafe.db"
TRIES = 3  # each waits for readers as long as for a lock
TRIED_S = 2
_CHANGES = "changes"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """A committed change of an event, now at `version`. `is_plan`: its islands, offers or secret."""

    event_id: int
    version: int
    is_plan: bool


class Database:
    """`read()` gives sessions that can't write; `write(action)` runs an action in its own transaction.

    `on_change` are called after the commit of an action, on the writer's thread, with what it changed.
    """

    def __init__(self, settings: Settings) -> None:
        self.url = settings.database_url or f"sqlite:///{prepared(settings.data)}"
        if not self.url.startswith("sqlite:"):
            raise Failed(
                N_(
                    "WORLDCAFE_DATABASE_URL: Bisher geht nur das eingebaute SQLite. Bitte leer lassen."
                )
            )
        self._reading = sqlite_engine(self.url, begin="BEGIN", query_only=1)
        self._writing = sqlite_engine(self.url, begin="BEGIN IMMEDIATE")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._batches = Batches(self.url)
        self._failed_at: float | None = (
            None  # on the monotonic clock; None: the last write was stored
        )
        self._rewrite_owed: bool | None = None  # None: no traces are left to be taken out
        self.on_change: list[Callable[[list[Change]], None]] = []

    def migrate(self, before_upgrade: Callable[[], object] = lambda: None) -> None:
        """See `migrate`."""
        migrate(self.url, before_upgrade)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent snapshot: everything read in one session is of the same moment."""
        with Session(self._reading) as session:
            yield session

    def write(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Runs `action(session, …)`, commits, and returns its result; blocks, so call it from a thread.

        Raises CannotStore when nothing could be stored, and whatever the action refuses with.
        """
        result: T = self._writer.submit(self._transaction, action, *args, **kwargs).result()
        return result

    def _transaction(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            with Session(self._writing, expire_on_commit=False) as session:
                result = action(session, *args, **kwargs)
                session.commit()
                changes: list[Change] = session.info.get(_CHANGES, [])
        except OperationalError as error:
            self._failed_at = time.monotonic()
            raise CannotStore(retry_after_s=2) from error
        except DBAPIError as error:
            raise CannotStore(retry_after_s=2) from error
        self._failed_at = None
        if changes:
            for tell in self.on_change:
                tell(changes)
        return result

    def can_write(self) -> bool:
        """Whether the last write was stored. After one that was not, it is tried again, by nothing but a
        commit, at most every TRIED_S."""
        if self._failed_at is not None and time.monotonic() - self._failed_at > TRIED_S:
            with contextlib.suppress(CannotStore):
                self.write(_commit_nothing)
        return self._failed_at is None

    def on_writer(
        self, work: Callable[Concatenate[Batch, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Runs the ledger's work, `work(batch, …)`, between two other writes, in a transaction."""
        return self._writer.submit(self._batch, work, *args, **kwargs)

    def _batch(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            result = self._batches.run(work, *args, **kwargs)
        except OperationalError:
            self._failed_at = time.monotonic()
            raise
        self._failed_at = None
        return result

    def leave_no_trace(self, *, rewrite: bool = False) -> None:
        """Takes what was overwritten or deleted out of the write-ahead log, and with `rewrite` out of every
        page of the file. Raises CannotStore while somebody keeps reading an old state; `clear_traces` tries
        again."""
        self._writer.submit(self._leave_no_trace, rewrite=rewrite).result()

    def clear_traces(self) -> None:
        """What `leave_no_trace` has not managed so far, if anything. Raises CannotStore."""
        if self._rewrite_owed is not None:
            self.leave_no_trace(rewrite=self._rewrite_owed)

    def _leave_no_trace(self, *, rewrite: bool) -> None:
        self._rewrite_owed = rewrite or bool(self._rewrite_owed)
        connection = self._writing.raw_connection()
        try:
            cursor = connection.cursor()
            if self._rewrite_owed:
                cursor.execute("VACUUM")
            for _ in range(TRIES):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (is_busy, *_), *_ = cursor.fetchall()
                if not is_busy:  # nobody was in the way
                    self._rewrite_owed = None
                    return
        except sqlite3.Error as error:
            raise CannotStore(retry_after_s=2) from error
        finally:
            connection.close()
        raise CannotStore(retry_after_s=2)

    def close(self) -> None:
        self._writer.shutdown(wait=True)
        self._batches.close()
        self._reading.dispose()
        self._writing.dispose()


def _commit_nothing(session: Session) -> None:
    """A page that goes through the log to the disk, and says what it said."""
    version = session.connection().exec_driver_sql("PRAGMA user_version").scalar()
    session.connection().exec_driver_sql(f"PRAGMA user_version = {version}")


def note_change(session: Session, change: Change) -> None:
    """To be told to `on_change` once this session's transaction is committed."""
    session.info.setdefault(_CHANGES, []).append(change)


def migrate(url: str, before_upgrade: Callable[[], object] = lambda: None) -> None:
    """Brings a database's schema up to date, after a call of `before_upgrade` if there was one already;
    raises Failed for one that a newer program wrote.

    On a connection of its own that does not enforce foreign keys: SQLite rebuilds tables by dropping
    them, which would take everything along that refers to them. They are checked before the commit.
    """
    known = [file.name.partition("_")[0] for file in sorted(MIGRATIONS.glob("[0-9]*.py"))]
    engine = sqlite_engine(url, begin="BEGIN IMMEDIATE", foreign_keys=0)
    try:
        with engine.connect() as connection:
            stored = _stored_revision(connection)
            if stored is not None and stored not in known:
                raise Failed(
                    N_(
                        "Die Datenbank %(url)s stammt von einer neueren Version dieses Programms."
                        " Bitte das Programm aktualisieren."
                    ),
                    url=url,
                )
            if stored != known[-1]:
                if stored is not None:
                    before_upgrade()
                _upgrade(connection)
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _stored_revision(connection: Connection) -> str | None:
    """The newest migration this database has had; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return revision


def prepared(data: Path) -> Path:
    """The database file in a data folder, both made if need be. Raises Failed."""
    file = data / FILE
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            file.touch(mode=stat.S_IRUSR | stat.S_IWUSR)  # holds the secrets
        if not os.access(file, os.W_OK) or not os.access(data, os.W_OK):
            raise PermissionError
    except OSError as error:
        raise Failed(
            N_(
                "In den Datenordner %(data)s kann nicht geschrieben werden. Bitte die Rechte ändern oder"
                " mit WORLDCAFE_DATA einen anderen Ordner wählen."
            ),
            data=data,
        ) from error
    return file
