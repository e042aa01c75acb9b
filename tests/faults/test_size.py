"""A big evening's database must not make the start slow."""

import sqlite3

from tests.conftest import StartServer
from tests.running import IS_ALONE

DOTS = 100_000


def test_a_start_with_100_000_dots_takes_less_than_2_s(start_server: StartServer) -> None:
    """L10"""
    server = start_server()
    server.stop()
    server.start(is_cold=True)
    empty_cpu_s = server.ready_cpu_s
    server.stop()
    rows = sqlite3.connect(server.data / "worldcafe.db")
    offers = [key for (key,) in rows.execute("SELECT key FROM offer ORDER BY key")]
    devices = DOTS // len(offers) + 1
    dots = [
        (1, f"{device:022}", offer, (device + index) % 3 == 0, device, "phone")
        for device in range(devices)
        for index, offer in enumerate(offers)
    ]
    rows.executemany("INSERT INTO dot VALUES (?, ?, ?, ?, ?, ?)", dots)
    rows.commit()
    rows.close()

    server.start(is_cold=True)

    state = server.live()
    print(f"ready after {server.ready_s:.2f} s, {server.ready_cpu_s:.2f} s of processor time")
    yes = sum(knows for _, _, _, knows, _, _ in dots)
    assert (state["totals"]["yes"], state["totals"]["no"]) == (yes, len(dots) - yes)
    assert state["devices"] == devices
    assert server.ready_cpu_s - empty_cpu_s < 1.0  # usually 0.3; a row at a time would take several
    if IS_ALONE:
        assert server.ready_s < 2.0
