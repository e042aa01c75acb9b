"""Nothing keeps the program from starting on Windows, as far as can be told without one: none of the
modules and calls that only POSIX has, no uvloop and httptools, and output that knows no blocks and signs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from app.planning.models import Event
from tests.forms import Page
from tests.phones import socket_to
from tests.running import ROOT, Server, command_line, environment_of, finish

HERE = Path(__file__).parent / "elsewhere"
LIKE_WINDOWS = {
    "PYTHONPATH": f"{HERE}{os.pathsep}{ROOT}",
    "PYTHONIOENCODING": "ascii",  # less than any code page has
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`serve --example` on an empty folder, as `make run` does."""
    server = Server(tmp_path_factory.mktemp("elsewhere") / "data", **LIKE_WINDOWS)
    server.arguments = ["serve", "--example"]
    server.start(is_cold=True)
    with server.reading() as session:
        event = session.exec(select(Event)).one()
        server.event, server.code = event.key, event.code
    yield server
    server.give_up()
    assert not server.has_logged_a_fault, server.log_text


def test_what_windows_does_not_have_is_refused_here(tmp_path: Path) -> None:
    """Need a refusal for these tests to mean anything."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").touch()
    (tmp_path / "app" / "__main__.py").write_text("import app.probe", "utf-8")
    environment = environment_of(tmp_path / "data", PYTHONPATH=f"{HERE}{os.pathsep}{tmp_path}")
    complaints = []
    for line in (
        "import fcntl",
        "import uvloop",
        "import os; os.getuid()",
        "import signal; signal.SIGKILL",
        "import os; os.fsync(os.open(__file__, os.O_RDONLY))",
        "import os, sys; raise SystemExit(f'{os.name} {sys.platform}')",
    ):
        (tmp_path / "app" / "probe.py").write_text(line, "utf-8")
        done = command_line(environment=environment, cwd=tmp_path)
        complaints.append(done.stderr.splitlines()[-1])

    assert complaints == [
        "ModuleNotFoundError: No module named 'fcntl'",
        "ModuleNotFoundError: No module named 'uvloop'",
        "AttributeError: Windows has no os.getuid",
        "AttributeError: Windows has no signal.SIGKILL",
        "OSError: [Errno 9] Bad file descriptor",
        "nt win32",
    ]


def test_a_dot_goes_from_thumb_to_wall(server: Server) -> None:
    phone = server.client(follow_redirects=True)
    island = Page(phone.get(f"/e/{server.code}/7"))

    async def seen() -> list[int]:
        async with socket_to(server.port, f"/e/{server.code}/live/ws") as wall:
            before = (await wall.json())["totals"]["yes"]
            form = island.form("/dots", offer="sozialnavigator")
            assert form.submit(phone, "yes").status_code == 200
            state = await wall.json()
            while state["totals"]["yes"] == before:
                state = await wall.json()
            return [before, state["totals"]["yes"]]

    assert finish(seen()) == [0, 1]


def test_children_and_commands_do_their_work(server: Server) -> None:
    """A PDF is set by a child; a backup is flushed; the check-up asks the computer for everything."""
    poster = server.planner().get(f"/plan/events/{server.event}/posters.pdf", timeout=60)
    backup = server.run("backup")
    checked = server.run("doctor", "--quick")

    assert (poster.status_code, poster.content[:5]) == (200, b"%PDF-")
    assert (backup.returncode, backup.stderr) == (0, "")
    assert Path(backup.stdout.strip()).is_file()
    assert (checked.returncode in (0, 1), checked.stderr) == (True, "")


def test_it_stops_when_told_and_starts_again_with_everything(server: Server) -> None:
    before = server.live()["totals"]
    again = Server(server.data, **LIKE_WINDOWS)  # on another port: this system keeps it for a while
    again.code = server.code

    server.stop()
    again.start(is_cold=True)

    try:
        assert again.live()["totals"] == before
    finally:
        again.give_up()
