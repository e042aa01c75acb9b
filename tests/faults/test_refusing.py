"""What keeps the server from its work is said in one line of cause and cure, and to who asks /readyz."""

import json
import re
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.conftest import StartServer
from tests.disks import fill, make_read_only, small_disk
from tests.operations.test_commands import failed_with_one_line
from tests.running import Server, command_line, environment_of, free_port, load_event, until


def asked_to_serve(data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = environment_of(data, **{"WORLDCAFE_PORT": str(free_port())} | settings)
    return command_line("serve", environment=environment, cwd=data.parent)


def test_a_read_only_disk_is_said_at_start(tmp_path: Path) -> None:
    """D09"""
    with small_disk(tmp_path / "disk", 20) as disk:
        load_event(disk / "data")
        make_read_only(disk)

        line = failed_with_one_line(asked_to_serve(disk / "data"))

    assert str(disk / "data") in line
    assert "WORLDCAFE_DATA" in line


@pytest.mark.parametrize("has_data", [True, False])
def test_a_full_disk_is_said_at_start(tmp_path: Path, has_data: bool) -> None:
    with small_disk(tmp_path / "disk", 3) as disk:
        if has_data:
            load_event(disk / "data")
        fill(disk)

        line = failed_with_one_line(asked_to_serve(disk / "data"))

    assert str(disk / "data") in line


def test_who_holds_the_port_is_named_and_the_next_free_one_offered() -> None:
    """O02"""
    holder = subprocess.Popen(
        ["python3", "-c", "import socket, sys; s = socket.create_server(('127.0.0.1', 0));"
         "print(s.getsockname()[1], flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        port = int(holder.stdout.readline())
        from app.operations.serving.port import holder_of

        held = holder_of(port)
    finally:
        holder.communicate("")

    assert held is not None
    assert held.startswith("python3")
    assert held.endswith(f", PID {holder.pid}")
    assert holder_of(port) is None


def test_the_offered_port_is_free(tmp_path: Path) -> None:
    """O02"""
    load_event(tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        line = failed_with_one_line(asked_to_serve(tmp_path / "data", WORLDCAFE_PORT=str(port)))

    assert re.sub(r"\(python\S*, PID \d+\)|PORT=\d+", "…", line) == (
        f"Port {port} benutzt schon ein anderes Programm …. Bitte dieses beenden. Mit WORLDCAFE_… geht"
        " es auch, aber gedruckte QR-Codes führen dann ins Leere."
    )
    offered = int(re.findall(r"WORLDCAFE_PORT=(\d+)", line)[0])
    socket.create_server(("127.0.0.1", offered)).close()


def readiness(server: Server) -> tuple[int, list[str]]:
    answer = server.client().get("/readyz")
    return answer.status_code, answer.json().get("reasons", [])


def test_a_disk_that_fills_and_empties_during_the_evening(tmp_path: Path) -> None:
    """O07, D06: not ready while nothing can be stored, refused with 503, and everything by itself again."""
    with small_disk(tmp_path / "disk", 80) as disk:
        server = served_from(disk / "data")
        try:
            phone = server.phone(headers={"accept": "application/json"})
            assert tap(server, phone, "streetwork") == 200
            ready = readiness(server)
            filler = fill(disk)
            refused = [tap(server, phone, "umweltberatung") for _ in range(20)]
            full = readiness(server)
            page = server.client().get(f"/e/{server.code}/3").status_code
            wall = server.client().get(f"/e/{server.code}/live.json").json()["totals"]["yes"]
            filler.unlink()
            until(lambda: readiness(server)[0] == 200)
            again = tap(server, phone, "umweltberatung")
            totals = server.live()["totals"]
        finally:
            server.give_up()

    assert ready == (200, [])
    # what is on the disk for the log already may still take some
    assert set(refused) <= {200, 503}
    assert refused == sorted(refused)
    assert full[0] == 503
    assert "little disk" in full[1]
    assert (page, wall) == (200, 1 + (200 in refused))
    assert (again, totals["yes"]) == (200, 2)


def served_from(data: Path, **settings: str) -> Server:
    key, code = load_event(data)
    server = Server(data, **settings)
    server.event, server.code = key, code
    server.log = data.parent.parent / "server.log"
    server.start()
    server.enter("cafe")
    return server


def tap(server: Server, phone: httpx.Client, offer: str) -> int:
    dot = {"offer": offer, "knows": "yes"}
    return phone.post(f"/e/{server.code}/dots", data=dot).status_code


def test_a_database_that_takes_nothing_is_a_reason_until_it_does(start_server: StartServer) -> None:
    """O07"""
    from tests.faults.test_backups import limit

    server = start_server()
    limit(server, 0)
    refused = server.phone(headers={"accept": "application/json"}).post(
        f"/e/{server.code}/dots", data={"offer": "streetwork", "knows": "yes"}
    )
    not_ready = readiness(server)
    limit(server, None)

    assert refused.status_code == 503
    assert not_ready == (503, ["cannot write"])
    until(lambda: readiness(server) == (200, []))


def test_a_disk_that_turns_read_only_is_a_reason(start_server: StartServer, tmp_path: Path) -> None:
    """O07: as a system does by itself after a fault."""
    from app.web.health import is_read_only

    with small_disk(tmp_path / "disk", 20) as disk:
        load_event(disk / "data")
        before = is_read_only(disk / "data")
        make_read_only(disk)
        after = is_read_only(disk / "data")

    assert (before, after) == (False, True)


def test_the_log_is_a_line_of_json_a_record(start_server: StartServer) -> None:
    """S10: with places in the code, and without what a row or a request says."""
    import sqlite3

    server = start_server()
    server.may_log_tracebacks = True
    with sqlite3.connect(server.data / "worldcafe.db", timeout=10) as file:
        file.execute("UPDATE event SET date = 'kanarie@example.org'")
    file.close()

    assert server.client().get(f"/e/{server.code}/1").status_code == 500

    records = [json.loads(line) for line in server.log_text.splitlines() if line.startswith("{")]
    assert len(records) >= 1
    for record in records:
        assert record.keys() >= {"at", "level", "by", "said"}
    (fault,) = [record for record in records if record["by"] == "app.web.refusals"] or records[:1]
    assert fault["level"] == "error"
    assert "kanarie" not in server.log_text
    assert "Traceback" not in server.log_text
    assert server.has_logged_a_fault
