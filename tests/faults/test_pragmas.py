"""D05: what SQLite was told is in force on every connection, not only on the first."""

import threading

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from app.changes import Change
from app.database import Database
from app.errors import CannotStore
from app.planning.models import Event
from app.sqlite import PRAGMAS

IN_FORCE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}


def in_force(connection: Connection) -> dict[str, object]:
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in IN_FORCE}


def test_every_reading_connection_has_them_and_can_not_write(
    database: Database, event: Event
) -> None:
    together = threading.Barrier(8)
    found: list[dict[str, object]] = []
    refused: list[str] = []

    def read() -> None:
        with database.read() as session:
            together.wait(10)  # eight connections at the same time
            found.append(in_force(session.connection()))
            try:
                session.connection().exec_driver_sql("UPDATE event SET title = 'x'")
            except OperationalError as error:
                refused.append(str(error.orig))
            together.wait(10)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [IN_FORCE] * 8
    assert refused == ["attempt to write a readonly database"] * 8
    with database.read() as session:
        assert session.exec(select(Event.title)).one() == event.title


def test_the_writing_connection_has_them(database: Database) -> None:
    by_session = database.write(lambda session: in_force(session.connection()))
    by_ledger = database.on_writer(lambda batch: in_force(batch.connection)).result(10)

    assert (by_session, by_ledger) == (IN_FORCE, IN_FORCE)
    assert dict(PRAGMAS) == IN_FORCE


def test_a_write_takes_its_lock_at_the_beginning(database: Database) -> None:
    """Else two who read first and write then would fail, and not wait."""

    def begun(session: Session) -> bool:
        return bool(session.connection().connection.in_transaction)

    assert database.write(begun)


def test_a_reader_sees_one_moment_however_long_it_takes(database: Database, event: Event) -> None:
    def rename(session: Session) -> None:
        row = session.get_one(Event, event.id)
        row.title = "anders"
        session.add(row)

    with database.read() as session:
        before = session.exec(select(Event.title)).one()
        database.write(rename)
        again = session.exec(select(Event.title)).one()
    with database.read() as session:
        after = session.exec(select(Event.title)).one()

    assert (again, after) == (before, "anders")


def test_a_write_that_raises_leaves_nothing(database: Database, event: Event) -> None:
    told: list[list[Change]] = []
    database.on_change.append(told.append)

    def half(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE event SET title = 'half done'")
        raise ValueError

    def wrong(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE event SET title = 'half done'")
        session.connection().exec_driver_sql("UPDATE event SET series_id = 4711")

    with pytest.raises(ValueError):  # noqa: PT011
        database.write(half)
    with pytest.raises(CannotStore):
        database.write(wrong)

    with database.read() as session:
        assert session.exec(select(Event.title)).one() == event.title
    assert told == []
