"""The way back: backed up, wiped, restored somewhere else, and everything is as it was."""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import app.planning
from app.backups.checking import read_contents
from app.backups.folder import backups_in
from tests.conftest import StartServer
from tests.operations.test_backups import with_hole
from tests.operations.test_commands import failed_with_one_line
from tests.running import Server, command_line, environment_of, load_event, until

RESULTS = ("results.json", "dots.csv", "cards.csv", "words.csv")


def test_back_up_wipe_restore_and_everything_is_as_it_was(
    start_server: StartServer, tmp_path: Path
) -> None:
    """D15, O10: the drill. On another machine, from a stick: old QR codes, invitations, passwords and the
    phones' own dots are all valid."""
    began = time.monotonic()
    stick = tmp_path / "stick"
    stick.mkdir()
    server = start_server(backup_folder=str(stick))
    invitation = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    planner = server.planner()
    phone = server.phone(headers={"accept": "application/json"})
    for offer, knows in (("streetwork", "yes"), ("umweltberatung", "no")):
        dot = {"offer": offer, "knows": knows}
        phone.post(f"/e/{server.code}/dots", data=dot).raise_for_status()
    phone.post(f"/e/{server.code}/cards", data={"island": "3", "text": "Bänke"}).raise_for_status()
    server.enter("cloud")
    phone.post(f"/e/{server.code}/words", data={"text": "mutig"}).raise_for_status()
    poster = planner.get(f"/plan/events/{server.event}/codes/3.svg").content
    until(lambda: server.live()["cloud"] != [])
    before = {name: results(server, name) for name in RESULTS}
    shown = server.live()
    assert server.run("backup").returncode == 0

    server.kill()
    shutil.rmtree(server.data)
    server.data = tmp_path / "another" / "data"
    server.data.parent.mkdir()
    server.environment["WORLDCAFE_DATA"] = str(server.data)
    newest = backups_in(stick)[0].file
    restored = server.run("restore", str(newest), "--yes")
    server.start()

    assert (restored.returncode, restored.stderr) == (0, "")
    assert {name: results(server, name) for name in RESULTS} == before
    now = server.live()
    assert now["version"] > shown["version"], "walls that were open all the time show it"
    told = ("phase", "totals", "islands", "cards", "cloud", "devices")
    assert {name: now[name] for name in told} == {name: shown[name] for name in told}
    assert server.client().get(f"/e/{server.code}/3").status_code == 200
    assert planner.get(f"/plan/events/{server.event}/codes/3.svg").content == poster
    assert server.client().post(urlsplit(invitation).path).status_code == 303
    again = {"offer": "streetwork", "knows": "no"}
    phone.post(f"/e/{server.code}/dots", data=again).raise_for_status()
    assert (server.live()["totals"]["yes"], server.live()["devices"]) == (0, 1)
    assert time.monotonic() - began < 300


def results(server: Server, name: str) -> bytes:
    return server.planner("Bob").get(f"/plan/events/{server.event}/{name}").content


# --- without a server -----------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """With the example event, and nobody serving it."""
    load_event(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Callable[..., object]:
    def run(*arguments: str, **settings: str) -> object:
        return command_line(*arguments, environment=environment_of(data, **settings), cwd=data)

    return run


@pytest.fixture
def backup(run: Callable[..., object], tmp_path: Path) -> Path:
    file = tmp_path / "backup.db"
    run("backup", str(file))
    assert read_contents(file).events[0].key == "mitte-styrum-2023"
    return file


def change(data: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(data / "worldcafe.db")) as rows:
        rows.execute(statement)
        rows.commit()


def title_in(file: Path) -> str:
    return read_contents(file).events[0].title


def test_what_was_there_is_shown_and_kept(run, data: Path, backup: Path) -> None:
    change(data, "UPDATE event SET title = 'Später'")
    change(data, "INSERT INTO dot SELECT 1, 'geraet', key, 1, 1, 'phone' FROM offer LIMIT 7")

    asked = run("restore", str(backup))  # there is nobody who could say yes
    assert (asked.returncode, title_in(data / "worldcafe.db")) == (1, "Später")
    done = run("restore", str(backup), "--yes")

    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["mitte-styrum-2023", "Sicherung", "Vorbereitung", "0", "0", "0", "0"] in rows
    assert ["jetzt", "Vorbereitung", "7", "0", "0", "0"] in rows
    assert title_in(data / "worldcafe.db") == title_in(backup)
    (kept,) = [each for each in backups_in(data / "backups") if each.is_replaced]
    assert (title_in(kept.file), read_contents(kept.file).events[0].dots) == ("Später", 7)
    assert str(kept.file) in done.stdout
    assert sorted(each.name for each in data.iterdir()) == ["backups", "lock", "worldcafe.db"]


DAMAGES = {
    "half": lambda content: content[: len(content) // 2],
    "a hole": with_hole,
    "nothing": lambda _: b"",
    "a letter": lambda _: b"Liebe Kollegin, " * 1000,
    "only its beginning": lambda content: content[:100],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_the_data_are_untouched(
    run, data: Path, backup: Path, damage: str
) -> None:
    """D16"""
    backup.write_bytes(DAMAGES[damage](backup.read_bytes()))
    before = (data / "worldcafe.db").read_bytes()

    line = failed_with_one_line(run("restore", str(backup), "--yes"))

    assert str(backup) in line
    assert (data / "worldcafe.db").read_bytes() == before
    assert sorted(each.name for each in data.iterdir()) == ["backups", "lock", "worldcafe.db"]
    assert [each for each in backups_in(data / "backups") if each.is_replaced] == []


def test_other_files_are_no_backups(run, data: Path, backup: Path, tmp_path: Path) -> None:
    """D16, and D19 for backups."""
    foreign = tmp_path / "foreign.db"
    with contextlib.closing(sqlite3.connect(foreign)) as rows:
        rows.execute("CREATE TABLE event (key, title)")
        rows.commit()
    newer = tmp_path / "newer.db"
    shutil.copy(backup, newer)
    with contextlib.closing(sqlite3.connect(newer)) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
        rows.commit()
    before = (data / "worldcafe.db").read_bytes()

    failed_with_one_line(run("restore", str(foreign), "--yes"))
    assert "neueren Version" in failed_with_one_line(run("restore", str(newer), "--yes"))
    assert str(data) in failed_with_one_line(run("restore", str(data / "worldcafe.db"), "--yes"))
    assert "nowhere" in failed_with_one_line(run("restore", str(tmp_path / "nowhere"), "--yes"))
    assert (data / "worldcafe.db").read_bytes() == before


def test_no_backup_is_restored_under_a_running_server(hall: Server, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    assert hall.run("backup", str(file)).returncode == 0
    version = hall.live()["version"]

    line = failed_with_one_line(hall.run("restore", str(file), "--yes"))

    assert str(hall.data) in line
    assert hall.live()["version"] == version


def test_a_copied_data_folder_is_restored_with_its_log(
    start_server: StartServer, run, data: Path, tmp_path: Path
) -> None:
    """Somebody copied the files of a dead laptop: what was acknowledged last is only in the log."""
    server = start_server()
    phone = server.phone()
    dot = {"offer": "streetwork", "knows": "yes"}
    phone.post(f"/e/{server.code}/dots", data=dot)
    server.kill()
    rescued = tmp_path / "rescued"
    shutil.copytree(server.data, rescued)
    assert (rescued / "worldcafe.db-wal").stat().st_size > 0

    done = run("restore", str(rescued / "worldcafe.db"), "--yes")

    assert done.returncode == 0, done.stderr
    assert read_contents(data / "worldcafe.db").events[0].dots == 1


def test_damaged_data_are_kept_as_they_are_and_replaced(run, data: Path, backup: Path) -> None:
    """D20: what is right is named, and does what it says."""
    assert run("backup").returncode == 0
    good = backups_in(data / "backups")[0].file
    broken = with_hole((data / "worldcafe.db").read_bytes())
    (data / "worldcafe.db").write_bytes(broken)
    bad = data / "backups" / "worldcafe-29991231-235959Z.db"
    bad.write_bytes(with_hole(backup.read_bytes()))

    lines = [failed_with_one_line(run(*asked)) for asked in (["serve"], ["planner", "add", "Ada"])]
    assert lines[0] == lines[1]
    assert lines[0].endswith(f"worldcafe restore {good}")
    assert (data / "worldcafe.db").read_bytes() == broken
    done = run("restore", str(good), "--yes")

    assert done.returncode == 0, done.stderr
    assert read_contents(data / "worldcafe.db").events[0].key == "mitte-styrum-2023"
    kept = [each.file for each in backups_in(data / "backups") if each.is_replaced]
    assert [file.read_bytes() for file in kept] == [broken]
    assert run("planner", "add", "Ada").returncode == 0


@pytest.mark.parametrize("junk", [b"Liebe Kollegin, " * 1000, b"SQLite format 3\0" + bytes(5000)])
def test_damaged_data_without_a_backup_are_refused_as_well(run, data: Path, junk: bytes) -> None:
    """D20"""
    (data / "worldcafe.db").write_bytes(junk)

    assert "keine gute Sicherung" in failed_with_one_line(run("serve"))
    assert (data / "worldcafe.db").read_bytes() == junk


@pytest.mark.parametrize("how", ["deleted", "sealed"])
def test_an_old_backup_does_not_bring_back_what_was_destroyed(
    start_server: StartServer, tmp_path: Path, how: str
) -> None:
    server = start_server()
    dot = {"offer": "streetwork", "knows": "yes"}
    server.phone().post(f"/e/{server.code}/dots", data=dot)
    drawer = tmp_path / "drawer.db"
    assert server.run("backup", str(drawer)).returncode == 0
    with contextlib.closing(sqlite3.connect(drawer)) as rows:
        (secret,) = rows.execute("SELECT device_secret FROM event").fetchone()
    server.enter("closed")
    if how == "deleted":
        server.ask("shred", event=server.code)
        plan = Path(__file__).parents[2] / "app" / "planning" / "example.toml"
        server.ask("import", plan=plan.read_text("utf-8"), rehearsal=False)
    else:
        answer = server.planner().post(f"/plan/events/{server.event}/sealing")
        assert answer.status_code == 303
        sealed = results(server, "results.json")
    server.stop()

    done = server.run("restore", str(drawer), "--yes")

    assert done.returncode == 0, done.stderr
    file = server.data / "worldcafe.db"
    assert secret not in file.read_bytes()
    contents = read_contents(file)
    if how == "deleted":
        assert contents.events == ()
    else:
        server.start()
        restored = json.loads(results(server, "results.json"))
        assert restored["totals"] == json.loads(sealed)["totals"]
        assert restored["totals"]["yes"] == 1


def test_a_database_is_backed_up_before_its_tables_are_changed(tmp_path: Path) -> None:
    """An update of the program on the morning of the event has a way back."""
    from alembic import command
    from alembic.config import Config

    from app.schema import ROOT
    from app.sqlite import sqlite_engine

    data = tmp_path / "data"
    data.mkdir()
    engine = sqlite_engine(f"sqlite:///{data / 'worldcafe.db'}", begin="BEGIN IMMEDIATE")
    with engine.connect() as connection:
        config = Config(toml_file=ROOT / "pyproject.toml")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    first = read_contents(data / "worldcafe.db").revision

    done = command_line("planner", "add", "Ada", environment=environment_of(data), cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    (backup,) = backups_in(data / "backups")
    assert (first, read_contents(backup.file).revision) == ("0001", "0001")
    assert read_contents(data / "worldcafe.db").revision > "0001"


def test_a_backup_that_is_not_there_is_told_with_where_others_are(run, data: Path) -> None:
    missing = data.parent / "stick" / "evening.db"

    assert failed_with_one_line(run("restore", str(missing), "--yes")) == (
        f"{missing} gibt es nicht. Steckt der USB-Stick? Sicherungen liegen auch in {data}/backups."
    )
    assert failed_with_one_line(run("backup", str(missing))) == (
        f"{missing.parent} gibt es nicht. Bitte den Ordner anlegen; ist es der USB-Stick: Steckt er?"
    )


@pytest.mark.parametrize(
    ("answer", "is_restored"), [("j", True), ("Ja", True), ("y", True), ("n", False), ("", False)]
)
def test_a_restore_is_agreed_to_in_german_or_english(
    data: Path, backup: Path, answer: str, is_restored: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "restore", str(backup)],
        env=environment_of(data),
        cwd=data.parent,
        input=f"{answer}\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == (0 if is_restored else 1)
    last = done.stdout.strip().splitlines()[-1]
    if is_restored:
        assert last == "Zurückgeholt. Starten mit: worldcafe serve --lan"
    else:
        assert last == "Diese Sicherung zurückholen? [j/N]: Nichts geändert."


@pytest.mark.parametrize("name", ["100 % Café", "Was? #1 &c", "q'uo\"te", "p%20c%(x)s"])
def test_a_data_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """Backed up and brought back; and nothing lands beside the folder."""
    data = tmp_path / "of it" / name
    data.mkdir(parents=True)
    environment = environment_of(data)
    plan = Path(app.planning.__file__).with_name("example.toml")
    done = [command_line("import", str(plan), environment=environment, cwd=tmp_path)]
    done.append(command_line("backup", environment=environment, cwd=tmp_path))
    made = backups_in(data / "backups")[0].file
    done.append(command_line("restore", str(made), "--yes", environment=environment, cwd=tmp_path))

    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 3
    assert title_in(data / "worldcafe.db") == title_in(made)
    assert [each.name for each in data.parent.iterdir()] == [name]


def test_the_draft_of_a_restore_that_was_killed_is_gone_with_the_next_start(
    run, data: Path, backup: Path
) -> None:
    shutil.copyfile(backup, data / "worldcafe.db.restoring")

    assert run("backup").returncode == 0

    assert sorted(each.name for each in data.iterdir()) == ["backups", "lock", "worldcafe.db"]
