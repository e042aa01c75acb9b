"""Several nodes on one PostgreSQL: as databases in this process, and as servers of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.database import Database
from app.moderation.steering import enter_phase
from app.planning.importing import import_plan
from app.planning.models import Event, Phase
from app.planning.plan import Plan
from app.planning.plan_reading import read_plan
from app.settings import Settings
from tests.postgres import PostgresServer, new_database, postgres_server
from tests.running import EXAMPLE, Server

NewNode = Callable[[], Database]


@pytest.fixture
def new_node(emptied_postgres: str, tmp_path: Path) -> Iterator[NewNode]:
    """One more node on the same database, in this process; it does not listen yet."""
    opened: list[Database] = []

    def open_database() -> Database:
        opened.append(Database(Settings(data=tmp_path, database_url=emptied_postgres)))
        return opened[-1]

    yield open_database
    for database in opened:
        database.close()


@pytest.fixture
def event(new_node: NewNode, plan: Plan) -> Event:
    """The plan's event with the café open, on the nodes' database."""
    return opened_cafe(new_node(), plan)


def opened_cafe(database: Database, plan: Plan) -> Event:
    loaded = database.write(import_plan, plan, rehearsal=False)
    assert loaded.id is not None
    database.write(enter_phase, loaded.id, Phase.cafe)
    with database.read() as session:
        return session.get_one(Event, loaded.id)


@contextmanager
def nodes_on(
    url: str, folder: Path, count: int = 2, *, may_log_tracebacks: bool = False, **settings: str
) -> Iterator[list[Server]]:
    """Server processes on a database that is migrated and filled first."""
    database = Database(Settings(data=folder, database_url=url))
    try:
        database.migrate()
        event = opened_cafe(database, read_plan(EXAMPLE.read_bytes()))
    finally:
        database.close()
    nodes = []
    for number in range(count):
        data = folder / f"node {number}"
        data.mkdir()
        node = Server(data, WORLDCAFE_DATABASE_URL=url, **settings)
        node.event, node.code = event.key, event.code
        node.may_log_tracebacks = may_log_tracebacks
        nodes.append(node)
    try:
        for node in nodes:
            node.start()
        yield nodes
    finally:
        for node in nodes:
            node.give_up()
    for node in nodes:
        assert node.may_log_tracebacks or not node.has_logged_a_fault, node.log_text


@pytest.fixture(scope="module")
def two_nodes(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """For all tests of a module, with the café open and limits on. Who changes the phase changes it back."""
    with nodes_on(new_database(postgres), tmp_path_factory.mktemp("nodes")) as nodes:
        yield nodes


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A server of this test's own, to be stopped and started; durable, as a real one."""
    with postgres_server(fsync="on", full_page_writes="on") as server:
        yield server
