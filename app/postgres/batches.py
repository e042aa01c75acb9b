"""The ledger's own connection to PostgreSQL, kept for all its batches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.changes import Batch
from app.postgres.locks import LOCK

_BEGIN = f"BEGIN; SELECT pg_advisory_xact_lock_shared({LOCK})"


@dataclass(frozen=True, slots=True)
class PostgresBatch(Batch):
    """`last`: statements with their values, to be executed with the COMMIT."""

    last: list[tuple[str, Sequence[Any]]] = field(default_factory=list)

    def at_commit(self, statement: str, values: Sequence[Any]) -> None:
        """For what answers nothing: it travels with the COMMIT, after all that was executed before."""
        self.last.append((statement, values))


class Batches:
    """Runs transactions on one kept connection, and on a new one when that is lost."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._batch: PostgresBatch | None = None

    def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Commits what `work(batch, …)` did and returns its result. Raises SQLAlchemy's errors."""
        self._begin()
        assert self._batch is not None
        try:
            result = work(self._batch, *args, **kwargs)
            self._commit(self._batch)
        except BaseException as error:
            self._roll_back()
            if isinstance(error, psycopg.Error):
                raise wrapped(error) from error
            raise
        return result

    def close(self) -> None:
        self._drop()
        self._engine.dispose()

    def _begin(self) -> None:
        """A connection that was lost in the quiet since the last batch is made anew, once."""
        was_kept = self._batch is not None
        self._batch = self._batch or self._opened()
        self._batch.last.clear()
        try:
            self._batch.driver.execute(_BEGIN, prepare=False)
        except psycopg.Error as error:
            is_lost = self._batch.driver.closed
            self._roll_back()
            if not (was_kept and is_lost):
                raise wrapped(error) from error
            self._begin()

    def _commit(self, batch: PostgresBatch) -> None:
        """When one of the last statements fails, those after it are not done, nor is the COMMIT."""
        with batch.driver.pipeline():
            for statement, values in batch.last:
                batch.driver.execute(statement, values, prepare=True)
            batch.driver.execute("COMMIT", prepare=False)

    def _roll_back(self) -> None:
        assert self._batch is not None
        try:
            self._batch.driver.rollback()
        except psycopg.Error:
            self._drop()
        else:
            if self._batch.driver.closed or self._batch.connection.invalidated:
                self._drop()

    def _drop(self) -> None:
        batch, self._batch = self._batch, None
        if batch is not None:
            batch.connection.invalidate()
            batch.connection.close()

    def _opened(self) -> PostgresBatch:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return PostgresBatch(connection.connection.driver_connection, connection)  # BEGIN is ours


def wrapped(error: psycopg.Error) -> Exception:
    """A lost connection is called by several names: all of them pass."""
    if isinstance(error, psycopg.InterfaceError | psycopg.InternalError):
        error = psycopg.OperationalError(type(error).__name__)
    told: Exception = DBAPIError.instance("", None, error, psycopg.Error)
    return told
