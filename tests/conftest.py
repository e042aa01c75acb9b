"""What every test may use: a database, the example event, a real server, a real browser, PostgreSQL."""

import os
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlmodel import SQLModel

from app.database import Database
from app.moderation.steering import enter_phase
from app.planning.importing import import_plan
from app.planning.models import Event, Phase
from app.planning.plan import Plan
from app.planning.plan_reading import read_plan
from app.settings import Settings
from tests.postgres import PostgresServer, new_database, postgres_server
from tests.running import EXAMPLE, Server, load_event

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
HERE = ("127.0.0.1", "localhost", "::1")

ON_BOTH = "cloud exactness feedback live moderation people photos planning results".split()

for name in [name for name in os.environ if name.startswith("WORLDCAFE_")]:
    del os.environ[name]  # nobody's own settings


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """X12: what uses a database in the rooms ON_BOTH runs on both, but what is marked `embedded`."""
    if "database" in metafunc.fixturenames and metafunc.definition.path.parent.name in ON_BOTH:
        is_embedded = metafunc.definition.get_closest_marker("embedded") is not None
        kinds = ["sqlite"] if is_embedded else ["sqlite", "postgres"]
        metafunc.parametrize("database", kinds, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser come last: its driver keeps an event loop running in this thread, and until
    then `asyncio.run` works."""
    for item in items:
        names = getattr(item, "fixturenames", [])
        if "browser" in names:
            item.add_marker(pytest.mark.browser)
        callspec = getattr(item, "callspec", None)
        is_on_postgres = callspec is not None and "postgres" in callspec.params.values()
        if "postgres" in names or is_on_postgres:
            item.add_marker(pytest.mark.postgres)
    items.sort(key=_needs_browser)
    for item in items:  # a worker takes a file as a whole, so that its server is started once
        item.add_marker(pytest.mark.xdist_group(f"{item.path}{' browser' * _needs_browser(item)}"))


def _needs_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


# --- without a server -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, migrated, empty database file, to be copied."""
    data = tmp_path_factory.mktemp("migrated")
    database = Database(Settings(data=data))
    database.migrate()
    database.close()
    return data / "worldcafe.db"


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Fresh, migrated; X12: in the rooms ON_BOTH on SQLite and on PostgreSQL, elsewhere on a file."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path)
        database = Database(Settings(data=tmp_path))
    else:
        url = request.getfixturevalue("emptied_postgres")
        database = Database(Settings(data=tmp_path, database_url=url))
    yield database
    database.close()


@pytest.fixture
def plan() -> Plan:
    """Mitte/Styrum."""
    return read_plan(EXAMPLE.read_bytes())


@pytest.fixture
def event(database: Database, plan: Plan) -> Event:
    """The plan's event with the café open; not a rehearsal."""
    loaded = database.write(import_plan, plan, rehearsal=False)
    assert loaded.id is not None
    database.write(enter_phase, loaded.id, Phase.cafe)
    with database.read() as session:
        return session.get_one(Event, loaded.id)


@pytest.fixture(scope="session")
def running_postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, ended with the session."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres(running_postgres: PostgresServer) -> str:
    """The address of an empty database on it."""
    return running_postgres.address("postgres")


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database on it, for all tests of a worker one after the other."""
    url = new_database(postgres)
    database = Database(Settings(data=tmp_path_factory.mktemp("node"), database_url=url))
    database.migrate()
    database.close()
    return url


@pytest.fixture
def emptied_postgres(migrated_postgres: str) -> str:
    """The same, empty: in a fifth of the time that a copy of a database takes."""
    with psycopg.connect(migrated_postgres, autocommit=True) as rows:
        names = ", ".join(f'"{table}"' for table in SQLModel.metadata.tables)
        rows.execute(f"SET lock_timeout = '10s'; TRUNCATE {names} RESTART IDENTITY")
    return migrated_postgres


# --- with a server --------------------------------------------------------------------------------

StartServer = Callable[..., Server]


def _starting(folders: Callable[[], Path]) -> Iterator[StartServer]:
    servers: list[Server] = []

    def start(
        *, rehearsal: bool = False, limits: bool = True, phase: str = "cafe", **settings: str
    ) -> Server:
        """A running server with the example event. More settings by their name, `public_url="…"`."""
        data = folders() / "data"
        key, code = load_event(data, rehearsal=rehearsal)
        named = {f"WORLDCAFE_{name.upper()}": value for name, value in settings.items()}
        server = Server(data, WORLDCAFE_LIMITS="on" if limits else "off", **named)
        server.event, server.code = key, code
        servers.append(server)
        server.start()
        if phase != "setup":
            server.enter(phase)
        return server

    yield start
    for server in servers:
        server.give_up()
    for server in servers:
        assert server.may_log_tracebacks or not server.has_logged_a_fault, server.log_text


@pytest.fixture
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Starts servers of this test's own. The test fails if one of them logs a traceback."""
    yield from _starting(lambda: tmp_path_factory.mktemp("server"))


@pytest.fixture
def server(start_server: StartServer) -> Server:
    """A server of this test's own, with the café open."""
    return start_server()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a module, with the café open and without limits: for those to whom
    it does not matter what others sent. Who changes the phase changes it back."""
    for start in _starting(lambda: tmp_path_factory.mktemp("hall")):
        yield start(limits=False)


# --- in a browser ---------------------------------------------------------------------------------

PageAt = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Missing, it fails the run on CI and is skipped elsewhere, loudly."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing: no test in a real browser"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """`page_at(width, height, expected="", **context_options)`: a page in a browser of its own.

    S09 and S07: the test fails on errors in the console (but those that match `expected`), on
    exceptions, on violations of the policy, and on any request to another host.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        width: int = 390, height: int = 844, *, expected: str = "", **options: Any
    ) -> Page:
        def note(fault: str) -> None:
            if not expected or not re.search(expected, fault):
                faults.append(fault)

        options.setdefault("service_workers", "block")  # it hides requests from a test's routes
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on(
            "console",
            lambda message: note(f"console: {message.text}") if message.type == "error" else None,
        )
        context.on("weberror", lambda error: note(f"exception: {error.error}"))
        context.on("request", lambda request: _note_foreign(request.url, note))
        context.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page = context.new_page()
        page.on("websocket", lambda socket: _note_foreign(socket.url, note))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def _note_foreign(url: str, note: Callable[[str], None]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname not in HERE:
        note(f"foreign request: {url}")
