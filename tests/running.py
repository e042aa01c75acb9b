"""Real server processes for tests: started, killed, restarted and stopped by their own id."""

import asyncio
import functools
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import httpx
import psutil
from sqlmodel import Session, select

from app.database import Database, prepared
from app.operations.commands import ask_server
from app.planning.importing import import_plan
from app.planning.models import Event
from app.planning.plan_reading import read_plan
from app.settings import Settings
from tests.warm import WarmProcess

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "app" / "planning" / "example.toml"
PLANNERS_PASSWORD = "correct horse battery"
START_S = 60
STOP_S = 10
BEHIND_S = 20  # on a busy machine; usually a tenth of a second
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients: loading the world's certificates for each would take 20 ms."""
T = TypeVar("T")
DotRow = tuple[int, str, str, bool, int, str]


class Server:
    """`python -m app serve` on its own data folder, with one event. `ready_s` is how long the last
    start took until /readyz said 200, `ready_cpu_s` the processor's time of it. Both mean something
    after a cold start."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = _environment(
            WORLDCAFE_DATA=str(data), WORLDCAFE_PORT=str(self.port), **settings
        )
        self.log = data.parent / f"{data.name}.log"
        self.code = ""
        self.event = ""  # its key
        self.arguments = ["serve"]
        self.ready_s = self.ready_cpu_s = 0.0
        self.may_log_tracebacks = False
        self._process: subprocess.Popen[bytes] | WarmProcess | None = None
        self._clients: list[httpx.Client] = []

    @property
    def settings(self) -> Settings:
        """As far as commands and readers beside it need them."""
        return Settings(
            data=self.data,
            port=self.port,
            database_url=self.environment.get("WORLDCAFE_DATABASE_URL", ""),
            public_url=self.environment.get("WORLDCAFE_PUBLIC_URL", ""),
        )

    # --- its life -------------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *, is_cold: bool = False) -> None:
        """Returns when the server is ready. A cold start imports everything itself, as a real one does."""
        began = time.monotonic()
        self._process = self._cold_process() if is_cold else self._warm_process()
        while not self._is_ready():
            assert self._process.poll() is None, f"the server ended:\n{self.log_text}"
            assert time.monotonic() - began < START_S, f"not ready in time:\n{self.log_text}"
            time.sleep(0.02)
        self.ready_s = time.monotonic() - began
        times = psutil.Process(self.pid).cpu_times()
        self.ready_cpu_s = times.user + times.system

    def _warm_process(self) -> WarmProcess:
        return WarmProcess(
            self.arguments, environment=self.environment, cwd=self.data.parent, log=self.log
        )

    def _program(self) -> list[str]:
        return ["app"]

    def _cold_process(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *self._program(), *self.arguments],
                cwd=self.data.parent,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """Asks it to stop and returns the seconds it took. Fails when it does not stop in time."""
        began = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - began

    def restart(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()
        self.start()

    def give_up(self) -> None:
        """For the end of a test, whatever has become of the server."""
        for client in self._clients:
            client.close()
        if self._process is not None and self._process.poll() is None:
            try:
                self._end(signal.SIGTERM)
            except (subprocess.TimeoutExpired, TimeoutError):
                self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(STOP_S)

    def _is_ready(self) -> bool:
        try:
            return _get(f"{self.address}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    # --- what it says ---------------------------------------------------------------------------

    @property
    def log_text(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    @property
    def has_logged_a_fault(self) -> bool:
        """An error with its places in the code, in our lines or as Python prints it."""
        return "traceback" in self.log_text.lower()

    def ask(self, command: str, **arguments: Any) -> Any:
        """A command as the command line sends it: through the control socket, or beside all nodes."""
        return ask_server(self.settings, command, **arguments)

    def enter(self, phase: str) -> None:
        self.ask("phase", event=self.code, phase=phase)

    def run(self, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """The command line with this server's settings, whether it runs or not."""
        return command_line(*arguments, environment=self.environment, cwd=self.data.parent)

    # --- who comes ------------------------------------------------------------------------------

    def client(self, **options: Any) -> httpx.Client:
        """A browser without anything: no cookie yet. Closed with the server."""
        options = {"timeout": 15, "verify": NO_TLS, **options}
        client = httpx.Client(base_url=self.address, trust_env=False, **options)
        self._clients.append(client)
        return client

    def phone(self, **options: Any) -> httpx.Client:
        """An attendee who has seen the first page, and so has a cookie."""
        phone = self.client(**options)
        phone.get(f"/e/{self.code}").raise_for_status()
        return phone

    def desk(self, **options: Any) -> httpx.Client:
        """A moderator who came by an invitation link."""
        link = self.ask("invite", event=self.code, role="moderator", island=None)["link"]
        desk = self.client(**options)
        answer = desk.post(urlsplit(link).path)
        assert answer.status_code == 303, answer.text
        return desk

    def planner(self, name: str = "Ada", **options: Any) -> httpx.Client:
        """A planner who has just set a password (PLANNERS_PASSWORD)."""
        link = self.ask("planner add", name=name)["link"]
        planner = self.client(**options)
        answer = planner.post(urlsplit(link).path, data={"password": PLANNERS_PASSWORD})
        assert answer.status_code == 303, answer.text
        return planner

    def live(self) -> dict[str, Any]:
        """The wall's state, as those see it who poll, once it shows all that is stored by now."""
        stored, state = self._stored_version(), self._polled()
        deadline = time.monotonic() + BEHIND_S
        while state["version"] < stored:
            assert time.monotonic() < deadline, f"the wall shows {state['version']}, not {stored}"
            time.sleep(0.02)
            state = self._polled()
        return state

    def _polled(self) -> dict[str, Any]:
        answer = _get(f"{self.address}/e/{self.code}/live.json")
        state: dict[str, Any] = answer.raise_for_status().json()
        return state

    def _stored_version(self) -> int:
        if self.settings.is_shared:
            with self.reading() as session:
                return session.exec(select(Event.version).where(Event.code == self.code)).one()
        with closing(sqlite3.connect(self.data / "worldcafe.db")) as rows:
            (version,) = rows.execute(
                "SELECT version FROM event WHERE code = ?", (self.code,)
            ).fetchone()
        return int(version)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on its database, beside it."""
        database = Database(self.settings)
        try:
            with database.read() as session:
                yield session
        finally:
            database.close()


def load_event(data: Path, *, rehearsal: bool = False, plan: Path = EXAMPLE) -> tuple[str, str]:
    """The plan in a fresh database, with nobody serving it; its key and code."""
    loaded = _loaded(rehearsal, plan)
    prepared(data)
    (data / "worldcafe.db").write_bytes(loaded.file)
    return loaded.key, loaded.code


def fill_with_dots(file: Path, dots: int) -> list[DotRow]:
    """Writes at least `dots` dots, at all offers of the only event, past the closed server; the rows."""
    rows = sqlite3.connect(file)
    offers = [key for (key,) in rows.execute("SELECT key FROM offer ORDER BY key")]
    made = [
        (1, f"{device:022}", offer, (device + index) % 3 == 0, device, "phone")
        for device in range(dots // len(offers) + 1 if dots else 0)
        for index, offer in enumerate(offers)
    ]
    rows.executemany("INSERT INTO dot VALUES (?, ?, ?, ?, ?, ?)", made)
    rows.commit()
    rows.close()
    return made


class _Loaded(NamedTuple):
    file: bytes  # a closed database
    key: str
    code: str


@functools.cache
def _loaded(rehearsal: bool, plan: Path) -> _Loaded:
    """Migrated and imported once, however many tests begin with it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings(data=Path(folder)))
        try:
            database.migrate()
            event = database.write(import_plan, read_plan(plan.read_bytes()), rehearsal=rehearsal)
        finally:
            database.close()
        return _Loaded((Path(folder) / "worldcafe.db").read_bytes(), event.key, event.code)


def command_line(
    *arguments: str, environment: dict[str, str], cwd: Path, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """`python -m app …`, finished."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env=environment,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def environment_of(data: Path, **settings: str) -> dict[str, str]:
    """For a command line on `data`, without what the developer's own environment sets."""
    return _environment(**{"WORLDCAFE_DATA": str(data)} | settings)


def _get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False, verify=NO_TLS, timeout=5)


def _environment(**settings: str) -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("WORLDCAFE_")
    }
    return inherited | {"PYTHONPATH": str(ROOT), "LANG": "de_DE.UTF-8"} | settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(is_so: Any, *, within_s: float = 20.0, every_s: float = 0.02) -> None:
    """Waits until `is_so()` is true; fails when it does not become so in time."""
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, f"not so within {within_s} s"
        time.sleep(every_s)


def finish(work: Coroutine[Any, Any, T], *, within_s: float = 60) -> T:
    """Runs a coroutine to its end on a loop of its own; safe beside a browser, whose driver has this
    thread's loop."""
    outcome: list[T] = []
    errors: list[BaseException] = []

    async def bounded() -> None:
        outcome.append(await asyncio.wait_for(work, within_s))

    def run() -> None:
        try:
            asyncio.run(bounded())
        except BaseException as error:  # noqa: BLE001  handed on to the test
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(within_s + 10)
    assert not thread.is_alive(), "the work can't be stopped"
    if errors:
        raise errors[0]
    return outcome[0]
