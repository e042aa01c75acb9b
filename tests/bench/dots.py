"""Dots as fast as they are answered: durable ones on both databases, against what the web server itself takes
and against the usual way."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from app.database import Database
from app.planning.plan_reading import read_plan
from app.settings import Settings
from tests.bench.load import Request, Subject
from tests.bench.plain import plain
from tests.nodes.conftest import opened_cafe
from tests.postgres import new_database, postgres_server
from tests.running import EXAMPLE, Server, load_event

DEVICES = 64
DURABLE = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on"}
"""As PostgreSQL comes: that it answers after the disk has (`synchronous_commit`) we ask for ourselves."""


@contextmanager
def tapped(folder: Path) -> Iterator[list[Subject]]:
    """Bare, ours on SQLite, ours on PostgreSQL, the usual way."""
    with ExitStack() as running:
        strangers = [f"device{number}" for number in range(DEVICES)]
        bare = running.enter_context(plain("bare", folder))
        usual = running.enter_context(plain("usual", folder))
        ours = running.enter_context(ours_on_sqlite(folder / "sqlite"))
        shared, version = running.enter_context(_ours_on_postgres(folder / "postgres"))
        yield [
            Subject("bare ASGI, answers 204", bare, _dots("/dots", strangers)),
            Subject("our durable dot with all its checks", ours.port, _dots_at(ours)),
            Subject(f"the same on PostgreSQL {version}", shared.port, _dots_at(shared)),
            Subject("the usual way: a session and a commit each", usual, _dots("/dots", strangers)),
        ]


@contextmanager
def ours_on_sqlite(folder: Path) -> Iterator[Server]:
    folder.mkdir()
    server = Server(folder / "data", WORLDCAFE_LIMITS="off")
    server.event, server.code = load_event(server.data)
    try:
        server.start(is_cold=True)
        server.enter("cafe")
        yield server
    finally:
        server.give_up()


@contextmanager
def _ours_on_postgres(folder: Path) -> Iterator[tuple[Server, str]]:
    """And the version of PostgreSQL."""
    data = folder / "data"
    data.mkdir(parents=True)
    with postgres_server(**DURABLE) as postgres:
        url = new_database(postgres.address("postgres"))
        database = Database(Settings(data=data, database_url=url))
        database.migrate()
        event = opened_cafe(database, read_plan(EXAMPLE.read_bytes()))
        database.close()
        server = Server(data, WORLDCAFE_DATABASE_URL=url, WORLDCAFE_LIMITS="off")
        server.event, server.code = event.key, event.code
        try:
            server.start(is_cold=True)
            yield server, _version(url)
        finally:
            server.give_up()


def _version(url: str) -> str:
    with psycopg.connect(url) as rows:
        major, minor = divmod(rows.info.server_version, 10_000)
    return f"{major}.{minor}"


def devices(server: Server, count: int) -> list[str]:
    """The cookies of so many newcomers."""
    return [server.phone().cookies["device"] for _ in range(count)]


def _dots_at(server: Server) -> list[Request]:
    return _dots(f"/e/{server.code}/dots", devices(server, DEVICES))


def _dots(path: str, cookies: list[str]) -> list[Request]:
    """Each device's at each offer, either way."""
    islands = read_plan(EXAMPLE.read_bytes()).islands
    return [
        Request("POST", path, cookie, f"offer={offer.key}&knows={knows}")
        for cookie in cookies
        for island in islands
        for offer in island.offers
        for knows in ("yes", "no")
    ]
