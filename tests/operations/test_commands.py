"""The command line as other people's scripts use it: JSON, exit codes, one line of cause and cure."""

import json
import re
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.running import EXAMPLE, Server, command_line, environment_of, free_port

Run = Callable[..., subprocess.CompletedProcess[str]]
RESULTS = [
    "archive.zip",
    "cards.csv",
    "cloud.png",
    "cloud.svg",
    "documentation.docx",
    "documentation.pdf",
    "dots.csv",
    "moderation.csv",
    "results.json",
    "results.xlsx",
    "words.csv",
]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A command on data that no server uses; from another folder than the program's."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = environment_of(tmp_path / "data", **settings)
        return command_line(*arguments, environment=environment, cwd=tmp_path)

    return run


def failed_with_one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Exit code 1 and a single line of cause and cure, and not a traceback."""
    assert done.returncode == 1, done
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert "Traceback" not in line
    return line


# --- without a server -----------------------------------------------------------------------------


def test_a_plan_is_imported_into_nothing_and_updated_by_importing_again(
    run: Run, tmp_path: Path
) -> None:
    first = run("import", str(EXAMPLE), "--json")
    again = run("import", str(EXAMPLE), "--json")
    plain = run("import", str(EXAMPLE))

    assert (first.returncode, first.stderr) == (0, "")
    loaded = json.loads(first.stdout)
    code = loaded["code"]
    assert re.fullmatch("[A-Z0-9]{6}", code)
    assert loaded == {
        "event": "mitte-styrum-2023",
        "code": code,
        "links": {
            "phone": f"http://127.0.0.1:8000/e/{code}",
            "wall": f"http://127.0.0.1:8000/e/{code}/live",
            "desk": f"http://127.0.0.1:8000/moderate/{code}",
            "plan": "http://127.0.0.1:8000/plan/events/mitte-styrum-2023",
        },
    }
    assert json.loads(again.stdout) == loaded
    assert (plain.returncode, code in plain.stdout) == (0, True)
    rows = sqlite3.connect(tmp_path / "data" / "worldcafe.db")
    assert rows.execute("SELECT phase, is_rehearsal FROM event").fetchall() == [("setup", 0)]
    rows.close()


def test_links_use_the_public_address(run: Run) -> None:
    done = run("import", str(EXAMPLE), "--json", WORLDCAFE_PUBLIC_URL="https://cafe.example.org/")

    phone: str = json.loads(done.stdout)["links"]["phone"]
    assert phone.startswith("https://cafe.example.org/e/")


def test_every_error_of_a_plan_is_named_with_its_place_and_nothing_is_imported(
    run: Run, tmp_path: Path
) -> None:
    text = EXAMPLE.read_text("utf-8")
    wrong = text.replace("number = 2\n", "number = 1\n", 1).replace(
        'scope = "city"', 'scope = "moon"', 1
    )
    assert wrong.count("moon") == 1
    plan = tmp_path / "wrong.toml"
    plan.write_text(wrong, "utf-8")

    done = run("import", str(plan), "--json")

    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 2
    assert [bool(re.search(r"\d+", line)) for line in lines] == [True, True]
    moon = next(n for n, line in enumerate(wrong.splitlines(), 1) if "moon" in line)
    assert str(moon) in done.stderr
    database = tmp_path / "data" / "worldcafe.db"
    if database.exists():
        rows = sqlite3.connect(database)
        assert rows.execute("SELECT count(*) FROM event").fetchone() == (0,)
        rows.close()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a = ", b"\x00" * 100, b"[" * 10_000])
def test_what_is_no_plan_is_refused_in_a_line(run: Run, tmp_path: Path, content: bytes) -> None:
    plan = tmp_path / "junk.toml"
    plan.write_bytes(content)

    done = run("import", str(plan))

    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr != ""


def test_a_missing_file_fails_with_its_name(run: Run) -> None:
    assert "nowhere.toml" in failed_with_one_line(run("import", "nowhere.toml"))


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], [], ["import"], ["invite", "x"], ["export", "x"], ["serve", "--port"], ["planner"],
     ["rehearse", "x", "--attendees", "0"], ["rehearse", "x", "--attendees", "many"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_exits_with_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_says_what_there_is(run: Run) -> None:
    done = run("--help")

    assert done.returncode == 0
    for command in ("serve", "import", "invite", "planner", "rehearse", "export"):
        assert command in done.stdout


def test_invitations_and_planners_can_be_made_before_the_first_start(run: Run) -> None:
    code = json.loads(run("import", str(EXAMPLE), "--json").stdout)["code"]

    invited = run("invite", code.lower(), "--role", "moderator", "--json")
    added = run("planner", "add", "Ada", "--json")
    unknown = run("invite", "ZZZZZZ", "--role", "moderator")
    king = run("invite", code, "--role", "king")

    answer = json.loads(invited.stdout)
    assert answer.keys() == {"link", "role", "island"}
    assert (answer["role"], answer["island"]) == ("moderator", None)
    assert answer["link"].startswith("http://127.0.0.1:8000/invite/")
    assert json.loads(added.stdout)["link"].startswith("http://127.0.0.1:8000/set-up/")
    failed_with_one_line(unknown)
    assert king.returncode == 2
    failed_with_one_line(run("invite", code, "--role", "moderator", "--island", "1"))


def test_a_host_is_invited_to_one_island(run: Run) -> None:
    code = json.loads(run("import", str(EXAMPLE), "--json").stdout)["code"]

    invited = run("invite", code, "--role", "host", "--island", "12", "--json")

    answer = json.loads(invited.stdout)
    assert (answer["role"], answer["island"]) == ("host", 12)
    assert answer["link"].startswith("http://127.0.0.1:8000/invite/")
    failed_with_one_line(run("invite", code, "--role", "host"))
    failed_with_one_line(run("invite", code, "--role", "host", "--island", "13"))
    failed_with_one_line(run("invite", code, "--role", "host", "--island", "-1"))


def test_export_writes_every_result_file(run: Run, tmp_path: Path) -> None:
    run("import", str(EXAMPLE))

    done = run("export", "mitte-styrum-2023", "--to", str(tmp_path / "results"))
    unknown = run("export", "nowhere", "--to", str(tmp_path / "other"))

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == RESULTS
    assert sorted(Path(line).name for line in done.stdout.splitlines()) == RESULTS
    failed_with_one_line(unknown)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("PORT", "many"), ("PORT", "99999"), ("LIMITS", "perhaps"), ("DATABASE_URL", "mysql://x")],
)
def test_a_wrong_setting_fails_with_one_line_that_names_it(
    run: Run, setting: str, value: str
) -> None:
    line = failed_with_one_line(run("planner", "add", "Ada", **{f"WORLDCAFE_{setting}": value}))

    assert f"WORLDCAFE_{setting}" in line.upper()


def test_a_data_folder_that_can_not_be_one_fails_with_one_line(run: Run, tmp_path: Path) -> None:
    """D09 in short"""
    file = tmp_path / "file"
    file.write_text("")

    for data in (file, file / "below"):
        line = failed_with_one_line(run("planner", "add", "Ada", WORLDCAFE_DATA=str(data)))
        assert str(data) in line


def test_a_database_of_a_newer_program_is_refused_clearly(run: Run, tmp_path: Path) -> None:
    """D19"""
    run("planner", "add", "Ada")
    rows = sqlite3.connect(tmp_path / "data" / "worldcafe.db")
    rows.execute("UPDATE alembic_version SET version_num = '9999'")
    rows.commit()
    rows.close()

    failed_with_one_line(run("planner", "add", "Bob"))
    failed_with_one_line(run("serve", WORLDCAFE_PORT=str(free_port())))


# --- with a server --------------------------------------------------------------------------------


def test_commands_take_effect_on_the_running_server(start_server: StartServer) -> None:
    server = start_server()
    began = time.monotonic()

    invited = json.loads(server.run("invite", server.event, "--role", "moderator", "--json").stdout)
    added = json.loads(server.run("planner", "add", "Ada", "--json").stdout)
    exported = server.run("export", server.code, "--to", str(server.data.parent / "results"))

    assert invited["link"].startswith(f"{server.address}/invite/")
    assert server.client().get(invited["link"]).status_code == 200
    assert server.client().get(added["link"]).status_code == 200
    assert exported.returncode == 0, exported.stderr
    downloaded = server.planner("Bob").get(f"/plan/events/{server.event}/dots.csv")
    assert downloaded.content == (server.data.parent / "results" / "dots.csv").read_bytes()
    assert time.monotonic() - began < 60


def test_a_second_start_on_the_same_data_is_refused_and_disturbs_nothing(hall: Server) -> None:
    """O06"""
    environment = hall.environment | {"WORLDCAFE_PORT": str(free_port())}

    second = command_line("serve", environment=environment, cwd=hall.data.parent)

    assert str(hall.data) in failed_with_one_line(second)
    assert hall.live()["phase"] == "cafe"
    assert hall.ask("address") == hall.address


def test_a_port_in_use_is_named_and_another_is_offered(run: Run) -> None:
    """O02"""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        line = failed_with_one_line(run("serve", WORLDCAFE_PORT=str(port)))

    assert str(port) in line
    assert str(port + 1) in line


def test_a_stopped_server_leaves_nothing_that_blocks_a_start_or_a_command(
    start_server: StartServer,
) -> None:
    server = start_server()
    server.stop()
    assert not (server.data / "control.json").exists()

    offline = server.run("planner", "add", "Ada", "--json")
    server.start()
    server.kill()
    after_a_kill = server.run("planner", "add", "Bob", "--json")

    assert (offline.returncode, after_a_kill.returncode) == (0, 0)


def test_the_first_start_without_configuration_has_no_default_password(
    tmp_path: Path,
) -> None:
    """S11"""
    server = Server(tmp_path / "data")
    server.start()
    try:
        signed_in = [
            server.client().post("/sign-in", data={"name": name, "password": password}).status_code
            for name in ("admin", "Planung", "planung", "root", "")
            for password in ("admin", "password", "worldcafe", "Planung", "")
        ]
        link = server.ask("planner add", name="Planung")["link"]
        assert server.client().get(link).status_code == 200
        unknown = server.client().get("/e/ZZZZZZ")
    finally:
        server.give_up()

    assert signed_in == [403] * 25
    assert unknown.status_code == 404
    assert not server.has_logged_a_fault
    assert not re.search(r"/(set-up|invite)/", server.log_text), (
        "what lets somebody in is in no log"
    )
