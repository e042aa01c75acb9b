"""X12: the same evening makes the same files, to the byte, on whichever database it was, and in a copy."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from app.database import Database
from app.live.reading import read_tally
from app.live.state import wall_state
from app.operations.files.exporting import export_event
from app.planning.models import Event
from app.settings import Settings
from tests.postgres import PostgresServer, new_database
from tests.results.conftest import WILD, Evening, document_the_evening, spend_the_evening

SORTED_BY_MANY_RULES = [
    "Zebra",
    "Äpfel",
    "apfel",
    "zebra",
    "Apfel",
    "_",
    "ähnlich",
    "Ö",
    "öl",
    "oel",
]


def spend_it(session: Session) -> None:
    spend_the_evening(session)
    evening = Evening(session, session.exec(select(Event)).one())
    evening.arrival = 100
    for number, text in enumerate([*WILD, *SORTED_BY_MANY_RULES]):
        card = evening.card(f"device {number}", 2 + number % 3, text)
        evening.support(card, *(f"friend {n}" for n in range(number % 4)))
    document_the_evening(session)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "sqlite")
    database = Database(settings)
    try:
        database.migrate()
        database.write(spend_it)
    finally:
        database.close()
    return settings


@pytest.fixture
def on_postgres(on_sqlite: Settings, emptied_postgres: str, tmp_path: Path) -> Settings:
    """The same rows, written in the opposite order: nobody may rely on how they lie."""
    settings = Settings(data=tmp_path / "postgres", database_url=emptied_postgres)
    source, target = Database(on_sqlite), Database(settings)

    def copy(session: Session) -> None:
        with source.read() as reading:
            for table in SQLModel.metadata.sorted_tables:
                for row in reversed(reading.execute(table.select()).mappings().all()):
                    session.execute(table.insert().values(**row))

    try:
        target.write(copy)
    finally:
        source.close()
        target.close()
    return settings


def files_of(settings: Settings, folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in export_event(settings, key(settings), folder)}


def key(settings: Settings) -> str:
    found: str = of(settings, lambda session: session.exec(select(Event.key)).one())
    return found


def of(settings: Settings, read: Callable[[Session], Any]) -> Any:
    database = Database(settings)
    try:
        with database.read() as session:
            return read(session)
    finally:
        database.close()


def test_every_result_file_is_the_same_on_both(
    on_sqlite: Settings, on_postgres: Settings, tmp_path: Path
) -> None:
    expected = files_of(on_sqlite, tmp_path / "of sqlite")

    found = files_of(on_postgres, tmp_path / "of postgres")

    assert len(expected) == 11
    assert [name for name in expected if found[name] != expected[name]] == []
    assert found.keys() == expected.keys()


def test_the_wall_shows_the_same_on_both(on_sqlite: Settings, on_postgres: Settings) -> None:
    def wall(session: Session) -> dict[str, object]:
        tally = read_tally(session, session.exec(select(Event.id)).one() or 0)
        assert tally is not None
        return wall_state(tally, 0)

    assert of(on_postgres, wall) == of(on_sqlite, wall)


def test_what_pg_dump_saved_pg_restore_brings_back(
    on_postgres: Settings, running_postgres: PostgresServer, tmp_path: Path
) -> None:
    """O10 on PostgreSQL, with its own programs; what makes `worldcafe backup` unneeded there."""
    dump, url = tmp_path / "cafe.dump", new_database(running_postgres.address("postgres"))

    for program in (
        ["pg_dump", "--format=custom", f"--file={dump}", on_postgres.database_url],
        ["pg_restore", "--exit-on-error", f"--dbname={url}", str(dump)],
    ):
        subprocess.run(
            [running_postgres.programs / program[0], *program[1:]], check=True, timeout=60
        )

    restored = Settings(data=tmp_path / "restored", database_url=url)
    expected = files_of(on_postgres, tmp_path / "before")
    assert files_of(restored, tmp_path / "after") == expected
