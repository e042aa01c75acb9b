"""One writer, many readers, and which kind of database they have.

Everything that writes goes through `Database.write` or the ledger, both on the same thread, and what
differs between databases is in `sqlite` and `postgres`: nobody ever loses a race.
"""

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlmodel import Session, SQLModel

from app.changes import Batch, Change, Kind, News
from app.errors import N_, CannotStore, Failed
from app.postgres.server import Postgres
from app.schema import migrate
from app.settings import Settings
from app.sqlite import Sqlite

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

FILE = "worldcafe.db"
TRIED_S = 2
_CHANGES = "changes"
P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """`read()` gives sessions that can't write; `write(action)` runs an action in its own transaction.

    `on_change` are called one after the other after the commit of an action and before `write` returns, on
    the writer's thread, with what it changed; once it `listen`s also, on another thread, with what other
    nodes have changed. Of the ledger's own batches they hear nothing: the ledger tells who has to know.
    """

    def __init__(self, settings: Settings) -> None:
        self._kind = kind_of(settings)
        self.kind, self.url = self._kind.name, self._kind.url
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._failed_at: float | None = None  # `time.monotonic`; None: the last write was stored
        self._rewrite_owed: bool | None = None  # None: no traces are left to be taken out
        self.on_change: list[Callable[[list[Change]], None]] = []
        self.phones_here: Callable[[], dict[int, int]] = dict
        """Event id → how many phones are connected to this process; asked on another thread."""
        self._news: News | None = None

    def listen(self) -> None:
        """Until `close`: to other nodes, if this database can have any."""
        self._news = self._kind.listen(self._told, self._asked_for_phones)

    def _asked_for_phones(self) -> dict[int, int]:
        return self.phones_here()

    def phones_elsewhere(self, event_id: int) -> int:
        """How many phones are connected to other nodes, as they said a moment ago."""
        return 0 if self._news is None else self._news.phones(event_id)

    def migrate(self, before_upgrade: Callable[[], object] = lambda: None) -> None:
        """See `schema.migrate`."""
        migrate(self._kind, before_upgrade)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent snapshot: everything read in one session is of the same moment."""
        with Session(self._kind.reading) as session:
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
            with Session(self._kind.writing, expire_on_commit=False) as session:
                result = action(session, *args, **kwargs)
                changes: list[Change] = session.info.get(_CHANGES, [])
                self._kind.announce(session, changes)
                session.commit()
        except OperationalError as error:
            self._has_failed()
            raise CannotStore(retry_after_s=2) from error
        except DBAPIError as error:
            raise CannotStore(retry_after_s=2) from error
        self._failed_at = None
        if changes:
            self._told(changes)
        return result

    def _told(self, changes: list[Change]) -> None:
        for tell in list(self.on_change):
            tell(changes)

    def can_write(self) -> bool:
        """Whether the last write was stored. After one that was not, it is tried again, by nothing but a
        commit, at most every TRIED_S."""
        if self._failed_at is not None and time.monotonic() - self._failed_at > TRIED_S:
            with contextlib.suppress(CannotStore):
                self.write(self._kind.try_writing)
        return self._failed_at is None

    def on_writer(
        self, work: Callable[Concatenate[Batch, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Runs the ledger's work, `work(batch, …)`, between two other writes, in a transaction."""
        return self._writer.submit(self._batch, work, *args, **kwargs)

    def _batch(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            result = self._kind.batches.run(work, *args, **kwargs)
        except OperationalError:
            self._has_failed()
            raise
        self._failed_at = None
        return result

    def _has_failed(self) -> None:
        """Perhaps only the answer to the commit was lost."""
        self._failed_at = time.monotonic()
        if self._news is not None:
            self._news.doubt()

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
        try:
            is_done = self._kind.leave_no_trace(rewrite=self._rewrite_owed)
        except DBAPIError as error:
            raise CannotStore(retry_after_s=2) from error
        if not is_done:  # somebody was in the way
            raise CannotStore(retry_after_s=2)
        self._rewrite_owed = None

    def close(self) -> None:
        if self._news is not None:
            self._news.close()
        self._writer.shutdown(wait=True)
        self._kind.close()


def kind_of(settings: Settings) -> Kind:
    """The room of the database that is set. Raises Failed."""
    url = settings.database_url
    if not url:
        return Sqlite(f"sqlite:///{prepared(settings.data)}")
    try:
        if settings.is_shared:
            return Postgres(url)
    except (ArgumentError, ValueError) as error:
        raise _unreadable() from error
    if url.startswith("sqlite:"):
        return Sqlite(url)
    raise _unreadable()


def _unreadable() -> Failed:
    return Failed(
        N_(
            "WORLDCAFE_DATABASE_URL: Bitte leer lassen (SQLite im Datenordner) oder so angeben:"
            " postgresql://name:passwort@rechner/datenbank"
        )
    )


def note_change(session: Session, change: Change) -> None:
    """To be told to `on_change` once this session's transaction is committed."""
    session.info.setdefault(_CHANGES, []).append(change)


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
