"""An update of the program keeps everything since the very first tables, and has a way back."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.backups.checking import read_contents
from app.backups.folder import backups_in
from tests.forms import Page
from tests.operations.deployment.first_database import Left, leave_first_database
from tests.running import PLANNERS_PASSWORD, ROOT, Server

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Left, Rows]]:
    """A running server of today on what the first program left, with the rows of that time."""
    data = tmp_path_factory.mktemp("upgraded") / "data"
    left = leave_first_database(data)
    rows = rows_of(data / "worldcafe.db")
    server = Server(data, WORLDCAFE_LIMITS="off")
    server.event, server.code = "sterkrade", left.open_code
    server.start()
    yield server, left, rows
    server.give_up()
    assert not server.has_logged_a_fault, server.log_text


def rows_of(file: Path, columns: dict[str, list[str]] | None = None) -> Rows:
    """Of every table but the migrations' own; `columns` are those to look at."""
    with closing(sqlite3.connect(file)) as database:
        names = columns or {
            table: [column[1] for column in database.execute(f"PRAGMA table_info({table})")]
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if table not in ("alembic_version", "sqlite_sequence")
        }
        return {
            f"{table}: {', '.join(each)}": sorted(
                database.execute(f"SELECT {', '.join(each)} FROM {table}").fetchall(), key=repr
            )
            for table, each in names.items()
        }


def columns_of(rows: Rows) -> dict[str, list[str]]:
    split = (name.split(": ") for name in rows)
    return {table: columns.split(", ") for table, columns in split}


def results(server: Server, key: str) -> dict[str, Any]:
    planner = server.client()
    signed = planner.post("/sign-in", data={"name": "Ada", "password": PLANNERS_PASSWORD})
    assert signed.status_code == 303
    said: dict[str, Any] = planner.get(f"/plan/events/{key}/results.json").raise_for_status().json()
    return said


def test_every_row_of_that_time_is_there_as_it_was(upgraded: tuple[Server, Left, Rows]) -> None:
    server, _, rows = upgraded
    before = dict(rows)
    secrets = next(name for name in before if name.startswith("secret: "))

    after = rows_of(server.data / "worldcafe.db", columns_of(before))

    assert sum(bool(rows) for rows in before.values()) == len(before) - 1, "all but the sessions"
    assert set(before.pop(secrets)) <= set(after.pop(secrets)), "a later program has more keys"
    assert after == before


def test_a_phone_of_that_time_is_still_the_same(upgraded: tuple[Server, Left, Rows]) -> None:
    server, left, _ = upgraded
    phone = server.client(cookies={"device": left.device_cookie}, follow_redirects=True)

    island = Page(phone.get(f"/E/{left.open_code}/1"))
    told = server.live()

    assert phone.cookies["device"] == left.device_cookie
    buttons = [value for _, value in island.form("/dots", offer="beratung").buttons]
    assert buttons == ["yes", "no", "withdraw"]
    assert "Mehr Bänke" in island.text
    (offer, gardens) = told["islands"][0]["offers"]
    assert (offer["yes"], offer["no"], gardens["yes"], gardens["no"]) == (2, 1, 5, 4)
    assert [(card["text"], card["supports"]) for card in told["cards"]] == [("Mehr Bänke", 1)]
    again = Page(island.form("/dots", offer="beratung").submit(phone, "no"))
    assert again.form("/dots", offer="beratung").buttons != []
    state = server.live()
    assert [state["totals"][each] for each in ("yes", "no")] == [6, 6], "moved, not counted twice"
    island.form("/dots", offer="beratung").submit(phone, "yes")


def test_links_and_passwords_of_that_time_open_their_desks(
    upgraded: tuple[Server, Left, Rows],
) -> None:
    server, left, _ = upgraded
    moderator = server.client(follow_redirects=True)

    assert moderator.post(left.invitation).url.path == f"/moderate/{left.open_code}"
    assert results(server, "mitte")["event"]["key"] == "mitte"


def test_results_of_that_time_are_right_in_every_file(
    upgraded: tuple[Server, Left, Rows], tmp_path: Path
) -> None:
    server, left, _ = upgraded

    said = results(server, "mitte")
    exported = server.run("export", "mitte", "--to", str(tmp_path), timeout=120)
    public = server.client().get(f"/e/{left.closed_code}/results")

    assert (said["totals"]["yes"], said["totals"]["no"]) == (7, 5)
    assert json.loads((tmp_path / "results.json").read_text("utf-8"))["totals"] == said["totals"]
    assert (exported.returncode, exported.stderr) == (0, "")
    assert {Path(line).suffix for line in exported.stdout.splitlines()} > {".pdf", ".docx", ".xlsx"}
    assert public.status_code == 200
    assert "Umweltberatung" in Page(public).text


def test_the_copy_from_before_the_update_brings_that_time_back(
    upgraded: tuple[Server, Left, Rows],
) -> None:
    """O10: with what was sent since gone, and nothing else."""
    server, left, before = upgraded
    newest = max(file.name.partition("_")[0] for file in (ROOT / "migrations/versions").glob("0*"))
    copies = [each.file for each in backups_in(server.data / "backups")]
    first = next(each for each in copies if read_contents(each).revision == "0001")
    assert rows_of(first) == rows_of(first, columns_of(before)) == before
    told = results(server, "mitte")
    phone = server.phone()
    phone.post(f"/e/{left.open_code}/dots", json={"offer": "gaerten", "knows": "yes"})
    assert server.live()["totals"]["yes"] == 8

    server.stop()
    restored = server.run("restore", str(first), "--yes")
    server.start()

    assert restored.returncode == 0, restored.stderr
    assert read_contents(first).revision == "0001"
    assert server.live()["totals"]["yes"] == 7
    assert results(server, "mitte")["totals"] == told["totals"]
    with closing(sqlite3.connect(server.data / "worldcafe.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == (newest,)
