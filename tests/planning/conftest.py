"""The small named world of these tests: a fresh database and the Mitte/Styrum plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session

import app.planning
from app.database import Database
from app.planning.plan import Plan
from app.planning.plan_reading import read_plan
from app.settings import Settings

EXAMPLE = Path(app.planning.__file__).with_name("example.toml")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(Settings(data=tmp_path))
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def example() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def plan(example: str) -> Plan:
    return read_plan(example.encode())


class Statements(list[str]):
    """What a session sent to the database."""

    @contextmanager
    def of(self, session: Session) -> Iterator[None]:
        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith("BEGIN"):
                self.append(statement)

        bind = session.get_bind()
        sqlalchemy_event.listen(bind, "before_cursor_execute", note)
        try:
            yield
        finally:
            sqlalchemy_event.remove(bind, "before_cursor_execute", note)


@pytest.fixture
def statements() -> Statements:
    return Statements()
