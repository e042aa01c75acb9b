"""PostgreSQL as several nodes share it: how it is opened, and who may write when.

Actions are alone, as on one machine: each begins by taking LOCK. Batches of dots share it and hold the rows
of their events, so those of other events, and other nodes, run beside them.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlmodel import Session, SQLModel

from app.changes import Change
from app.postgres.batches import Batches, wrapped
from app.postgres.locks import CHANNEL, LOCK, MIGRATION_LOCK
from app.postgres.news import News

CONNECT_TIMEOUT_S = 5
LOCK_TIMEOUT_S = 5  # as long as SQLite waits for somebody who holds its file
STATEMENT_TIMEOUT_S = 30
MIGRATION_TIMEOUT_S = 300
POOL, OVERFLOW = 10, 15
"""Connections for reading; with those that write and listen, three nodes fit into PostgreSQL's usual 100."""

_ANNOUNCE = """
    SELECT pg_notify(%(channel)s,
        json_build_array(current_setting('application_name'), %(event)s::int, %(version)s::int,
            %(is_plan)s::bool, false)::text)"""
# A statement is planned once, perhaps while its table is nearly empty, and kept: it must not look through
# all rows for the rest of the evening.
_BY_INDEX = {"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off"}
_SORTED_OTHERWISE = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_collation o ON o.oid = a.attcollation
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped
        AND o.collname != 'C'
    ORDER BY 1, 2"""


class Postgres:
    """A database that other nodes use, too. See `changes.Kind`. Raises SQLAlchemy's ArgumentError for an
    address it can't read."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        self._address = make_url(url).set(drivername="postgresql+psycopg")
        shown = self._address.set(drivername="postgresql")
        self.url = shown.render_as_string(hide_password=True)
        self.node = secrets.token_hex(8)
        self.reading = self._engine(
            settings={
                "default_transaction_isolation": r"repeatable\ read",
                "default_transaction_read_only": "on",
            },
            pool=(POOL, OVERFLOW),
        )
        self.writing = self._engine(f"SELECT pg_advisory_xact_lock({LOCK})")
        self.batches = Batches(self._engine(settings=_BY_INDEX))

    def migrating(self) -> Engine:
        """Of several nodes that start at the same moment, one migrates."""
        return self._engine(
            f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})",
            dict.fromkeys(("statement_timeout", "lock_timeout"), f"{MIGRATION_TIMEOUT_S}s"),
        )

    def settle(self, connection: Connection) -> None:
        """Text is sorted as its bytes, whatever the server was set up with: the same files on every
        database, and an index that no system update makes wrong."""
        for table, column, kind in connection.exec_driver_sql(_SORTED_OTHERWISE).all():
            connection.exec_driver_sql(
                f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"'
            )

    def try_writing(self, session: Session) -> None:
        """A row that is locked goes through the log to the disk."""
        session.connection().exec_driver_sql("SELECT 1 FROM alembic_version FOR UPDATE")

    def announce(self, session: Session, changes: Sequence[Change]) -> None:
        """All nodes hear of it with the commit."""
        for change in changes:
            session.connection().exec_driver_sql(
                _ANNOUNCE,
                {
                    "channel": CHANNEL,
                    "event": change.event_id,
                    "version": change.version,
                    "is_plan": change.is_plan,
                },
            )

    def listen(
        self, tell: Callable[[list[Change]], None], phones_here: Callable[[], dict[int, int]]
    ) -> News:
        """To other nodes, until it is closed."""
        return News(self.connect, self.node, tell, phones_here)

    def leave_no_trace(self, *, rewrite: bool) -> bool:
        """Old rows are taken out of the tables, with `rewrite` every table is written anew. What the
        server's own log and its copies keep is in its keeper's hands."""
        names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        try:
            with self.connect() as connection:
                connection.execute(f"VACUUM {'(FULL)' if rewrite else ''} {names}".encode())
        except psycopg.Error as error:
            raise wrapped(error) from error
        return True

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of one's own, without a transaction. Raises psycopg.Error."""
        arguments = self.writing.dialect.create_connect_args(self._address)[1]
        return psycopg.connect(**{**arguments, **self._arguments({})}, autocommit=True)

    def close(self) -> None:
        self.batches.close()
        self.reading.dispose()
        self.writing.dispose()

    def _engine(
        self,
        begin: str | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
        pool: tuple[int, int] = (1, 1),
    ) -> Engine:
        engine = create_engine(
            self._address,
            connect_args=self._arguments(settings),
            pool_size=pool[0],
            max_overflow=pool[1],
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_pre_ping=True,  # the server may have been restarted meanwhile
            hide_parameters=True,
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            if begin is not None:
                connection.exec_driver_sql(begin)

        return engine

    def _arguments(self, settings: Mapping[str, str]) -> dict[str, Any]:
        """Nothing here waits for ever: not for a server that is gone, nor for somebody's lock."""
        usual = {
            "timezone": "UTC",
            "synchronous_commit": "on",  # an acknowledged dot has reached the disk
            "lock_timeout": f"{LOCK_TIMEOUT_S}s",
            "statement_timeout": f"{STATEMENT_TIMEOUT_S}s",
            "idle_in_transaction_session_timeout": f"{2 * STATEMENT_TIMEOUT_S}s",
            "client_min_messages": "warning",
        }
        return {
            "application_name": self.node,
            "connect_timeout": CONNECT_TIMEOUT_S,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 2 * CONNECT_TIMEOUT_S * 1000,
            "options": " ".join(
                f"-c {name}={value}" for name, value in {**usual, **settings}.items()
            ),
        }
