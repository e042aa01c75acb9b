"""The desk's traffic light says what is so: of a real server, and of one that can't store."""

import resource
import sqlite3
from contextlib import closing
from typing import Any

import httpx
import pytest

from app.moderation.light import Measured, light_of
from tests.conftest import StartServer
from tests.running import Server, until

FINE = Measured(free_mb=9000, backup_s=60)


def reasons(now: Measured, *, is_running: bool = True) -> tuple[str, ...]:
    return light_of(now, is_running=is_running, vote_s=None, devices=None).reasons


@pytest.mark.parametrize(
    ("now", "state", "said"),
    [
        (FINE, "green", ()),
        (Measured(writing_s=3, free_mb=9000, backup_s=60), "yellow", ("waits",)),
        (Measured(refused_s=1, free_mb=9000, backup_s=60), "red", ("refuses",)),
        (Measured(refused_s=90, free_mb=9000, backup_s=60), "green", ()),
        (Measured(free_mb=300, backup_s=60), "yellow", ("disk_low",)),
        (Measured(free_mb=20, backup_s=60), "red", ("disk_full",)),
        (Measured(free_mb=9000), "yellow", ("backup_none",)),
        (Measured(free_mb=9000, backup_s=1800), "yellow", ("backup_old",)),
        (Measured(free_mb=9000, backup_s=60, moved_to=""), "red", ("moved",)),
        (Measured(writing_s=3, refused_s=1, backup_s=60), "red", ("refuses", "waits")),
    ],
)  # fmt: skip
def test_it_is_as_bad_as_the_worst(now: Measured, state: str, said: tuple[str, ...]) -> None:
    light = light_of(now, is_running=True, vote_s=2.9, devices=61)
    assert (light.state, light.reasons) == (state, said)
    assert (light.vote_s, light.devices) == (2, 61)


def test_before_a_real_evening_nobody_is_warned_of_a_backup() -> None:
    assert reasons(Measured(free_mb=9000), is_running=False) == ()


# --- of a server ----------------------------------------------------------------------------------


def light(desk: httpx.Client, server: Server) -> dict[str, Any]:
    told: dict[str, Any] = desk.get(f"/moderate/{server.code}/news").json()["light"]
    return told


def back_up(desk: httpx.Client, server: Server) -> None:
    assert desk.post(f"/moderate/{server.code}/backup").status_code == 303


def any_offer(server: Server) -> str:
    with closing(sqlite3.connect(server.data / "worldcafe.db")) as rows:
        (key,) = rows.execute("SELECT key FROM offer LIMIT 1").fetchone()
    return str(key)


def test_votes_devices_and_backups_are_told(server: Server) -> None:
    desk = server.desk()
    server.live()  # somebody watches: else nobody counts devices
    told = light(desk, server)
    assert (told["vote_s"], told["devices"]) == (None, 0)

    back_up(desk, server)
    for _ in range(3):
        fields = {"offer": any_offer(server), "knows": "yes"}
        server.phone().post(f"/e/{server.code}/dots", json=fields).raise_for_status()
    server.live()
    until(lambda: light(desk, server)["state"] == "green")

    told = light(desk, server)
    assert (told["devices"], told["reasons"]) == (3, [])
    assert told["vote_s"] < 30
    assert told["backup_s"] < 30


def test_a_lock_on_the_file_is_told_before_anybody_sends_and_so_is_its_end(server: Server) -> None:
    """O07, D10: another program holds the database."""
    desk = server.desk()
    back_up(desk, server)
    until(lambda: light(desk, server)["state"] == "green")

    with closing(sqlite3.connect(server.data / "worldcafe.db", isolation_level=None)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        until(lambda: light(desk, server)["reasons"] == ["waits"])
        until(lambda: light(desk, server)["reasons"][:1] == ["refuses"])
        rows.execute("ROLLBACK")

    until(lambda: light(desk, server)["state"] == "green")


def test_a_full_disk_is_told_when_a_dot_is_refused_and_its_end_when_one_is_stored(
    server: Server,
) -> None:
    """D06, O07: the server's files can't grow any more."""
    desk, phone = server.desk(), server.phone()
    fields = {"offer": any_offer(server), "knows": "yes"}
    back_up(desk, server)
    until(lambda: light(desk, server)["state"] == "green")
    free = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, free[1]))

    refused = phone.post(f"/e/{server.code}/dots", json=fields)

    assert refused.status_code == 503
    assert light(desk, server)["reasons"] == ["refuses"]
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, free)
    phone.post(f"/e/{server.code}/dots", json=fields).raise_for_status()
    assert light(desk, server)["reasons"] == []


def test_asking_the_writer_raises_no_version(server: Server) -> None:
    """It writes nothing: walls have no reason to draw anew because a desk looks."""
    desk = server.desk()
    before = server.live()["version"]
    for _ in range(3):
        light(desk, server)
    assert server.live()["version"] == before


def test_the_page_says_it_without_a_script(start_server: StartServer) -> None:
    server = start_server(rehearsal=True)
    page = server.desk().get(f"/moderate/{server.code}").text
    shown = page.split('<p id="light"')[1].split("</p>")[0]
    assert shown.startswith(' class="light green"')
    assert "<b>Alles gespeichert</b>" in shown
    assert "<span>noch keine Stimme seit dem Start</span>" in shown
