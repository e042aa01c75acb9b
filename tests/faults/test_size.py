"""A big evening's database must not make the start slow."""

import os
import sqlite3

from tests.conftest import StartServer

DOTS = 100_000
IS_IDLE = os.getloadavg()[0] < (os.cpu_count() or 1)  # else the start's processor time is asked


def test_a_start_with_100_000_dots_takes_less_than_2_s(start_server: StartServer) -> None:
    """L10"""
    server = start_server()
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

    server.start()

    state = server.live()
    print(f"ready after {server.ready_s:.2f} s, {server.ready_cpu_s:.2f} s of processor time")
    yes = sum(knows for _, _, _, knows, _, _ in dots)
    assert (state["totals"]["yes"], state["totals"]["no"]) == (yes, len(dots) - yes)
    assert state["devices"] == devices
    assert (server.ready_s if IS_IDLE else server.ready_cpu_s) < 2.0
