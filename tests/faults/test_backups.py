"""Backups in the middle of the evening: they hold nobody up, and what they hold is true."""

import asyncio
import os
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil

from app.backups.backing_up import alone
from app.backups.checking import read_contents
from app.backups.folder import backups_in
from app.people.devices import hash_of
from tests.conftest import StartServer
from tests.forms import Page
from tests.phones import Phone
from tests.running import Server, finish, until

DEVICES = 30
PAUSE_S = 0.1  # 30 devices, ten dots a second each
BACKUPS = 4


def test_backups_amid_300_dots_a_second_hold_a_prefix_of_what_was_acked(
    start_server: StartServer, tmp_path: Path
) -> None:
    """D13: of every device what it sent up to some moment, with nothing missing before and nothing after;
    all that was acked before the backup began is in it. Beside a ballast of 30 MB of photos."""
    server = start_server(limits=False)
    with closing(sqlite3.connect(server.data / "worldcafe.db", timeout=10)) as rows:
        photo = "INSERT INTO photo (event_id, id, position, caption, media_type, width, height, content,"
        rows.executemany(
            f"{photo} version) VALUES (1, ?, 0, '', 'image/jpeg', 1, 1, randomblob(1000000), 1)",
            [(str(number),) for number in range(30)],
        )
        rows.commit()
        offers = [key for (key,) in rows.execute("SELECT key FROM offer ORDER BY key")]
        (secret,) = rows.execute("SELECT device_secret FROM event").fetchone()

    async def tap(
        phone: Phone, acked: list[float], took_s: list[float], over: asyncio.Event
    ) -> None:
        """Each dot with the next sequence; what is stored says how far it came."""
        while not over.is_set():
            sequence = len(acked) + 1
            dot = {"offer": offers[sequence % 10], "knows": "yes", "sequence": sequence}
            began = time.monotonic()
            answer = await phone.post_json(f"/e/{server.code}/dots", dot)
            took_s.append(time.monotonic() - began)
            assert answer.status == 200, answer.body
            acked.append(time.monotonic())
            await asyncio.sleep(PAUSE_S)

    async def evening() -> tuple[list[tuple[Path, float, float]], list[list[float]], list[float]]:
        over = asyncio.Event()
        took_s: list[float] = []
        acked: list[list[float]] = [[] for _ in phones]
        for phone in phones:
            assert (await phone.get(f"/e/{server.code}/1")).status == 200
        tapping = [
            asyncio.create_task(tap(phone, times, took_s, over))
            for phone, times in zip(phones, acked, strict=True)
        ]
        made = []
        for number in range(BACKUPS):
            await asyncio.sleep(1.0)
            began = time.monotonic()
            file = tmp_path / f"{number}.db"
            await asyncio.to_thread(server.ask, "backup", file=str(file))
            made.append((file, began, time.monotonic()))
        over.set()
        await asyncio.gather(*tapping)
        for phone in phones:
            phone.close()
        return made, acked, took_s

    phones = [Phone(server.port) for _ in range(DEVICES)]
    made, acked, took_s = finish(evening(), within_s=90)

    devices = [hash_of(phone.token, secret) for phone in phones]
    for file, began, ended in made:
        assert read_contents(file).events[0].photos == 30
        with closing(sqlite3.connect(file)) as rows:
            stored = dict(rows.execute("SELECT device || offer_key, sequence FROM dot"))
        for device, times in zip(devices, acked, strict=True):
            last = max(stored.get(device + offer, 0) for offer in offers)
            prefix = {
                device + offers[sequence % 10]: sequence for sequence in range(1, last + 1)
            }  # later ones on the same offer win
            held = {key: sequence for key, sequence in stored.items() if key.startswith(device)}
            assert held == prefix
            before = sum(moment < began for moment in times)
            after = sum(moment < ended for moment in times) + 1  # one may be stored, not acked
            assert before <= last <= after
    p99_s = sorted(took_s)[int(len(took_s) * 0.99)]
    took = [round(ended - began, 2) for _, began, ended in made]
    print(f"{len(took_s)} dots, p99 {p99_s * 1000:.0f} ms; backups took {took} s")
    assert len(took_s) > 300, "need a busy hall for this test to mean anything"


def test_every_change_of_phase_is_backed_up(start_server: StartServer) -> None:
    server = start_server(phase="setup")
    folder = server.data / "backups"

    for phase in ("cafe", "cloud", "closed"):
        server.enter(phase)
        until(lambda phase=phase: phase in phases_in(folder))
        time.sleep(1.1)  # names are of a second

    assert phases_in(folder) == ["closed", "cloud", "cafe"]


def test_a_stick_named_at_the_start_gets_every_backup(
    start_server: StartServer, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    server = start_server(phase="setup")
    server.stop()
    server.arguments = ["serve", "--backup", str(stick)]
    server.start()

    server.enter("cafe")
    until(lambda: "cafe" in phases_in(stick))

    said = f"Gesichert wird auch nach: {stick}"
    until(lambda: said in server.log_text.splitlines())  # it takes backups before it has said so


def phases_in(folder: Path) -> list[str]:
    return [read_contents(each.file).events[0].phase for each in backups_in(folder)]


def test_a_moderator_backs_up_and_reads_how_it_went(
    start_server: StartServer, tmp_path: Path
) -> None:
    """D07, too: a full disk is said at the desk, and nothing of it stays."""
    stick = tmp_path / "stick"
    server = start_server(backup_folder=str(stick))
    folder = server.data / "backups"
    until(lambda: phases_in(folder) == ["cafe"])
    desk = server.desk()
    address = f"/moderate/{server.code}"
    first = panel(desk.get(address).text)
    stick.mkdir()
    time.sleep(1.1)

    done = Page(desk.get(address)).form("/backup").submit(desk)
    second = panel(desk.get(address).text)
    told = Page(desk.get(f"{address}/journal")).text

    assert "Der zweite Sicherungsordner ist nicht da." in first
    assert (done.status_code, done.headers["location"]) == (303, address)
    assert ("nicht da" in second, "Auch im zweiten Ordner." in second) == (False, True)
    assert (len(backups_in(folder)), len(backups_in(stick))) == (2, 1)
    assert "Sicherung gemacht" in told
    server.may_log_tracebacks = True
    limit(server, 100_000)
    refused = desk.post(f"{address}/backup", headers={"accept": "application/json"})
    limit(server, None)
    assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (503, True)
    assert "Ist auf dem Datenträger noch Platz?" in panel(desk.get(address).text)
    assert len(backups_in(folder)) == 2
    assert [each.name for each in folder.iterdir() if "partial" in each.name] == []
    desk.post(f"{address}/backup")
    assert "Ist auf dem Datenträger noch Platz?" not in panel(desk.get(address).text)


def panel(html: str) -> str:
    return html.split('id="backup"')[1].partition("</section>")[0]


def limit(server: Server, size: int | None) -> None:
    """The largest file the server may write: for it the disk is full."""
    until(lambda: "Strg+C" in server.log_text)  # its greeting, which writes, is complete
    process = psutil.Process(server.pid)
    _, most = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (most if size is None else size, most))


def test_a_server_that_stops_leaves_its_backup(start_server: StartServer) -> None:
    server = start_server(phase="setup")
    server.enter("cafe")

    server.stop()

    left = [each.name for each in (server.data / "backups").iterdir() if "partial" in each.name]
    assert left == []


def test_a_server_that_stops_answers_who_waits_for_a_backup(
    start_server: StartServer,
) -> None:
    """Five press the button while another process holds the copies; SIGTERM comes, and each is told."""
    server = start_server()
    until(lambda: "Strg+C" in server.log_text)
    desk = server.desk(headers={"accept": "application/json"})
    with ThreadPoolExecutor(5) as hands:
        with alone(server.data):
            pressed = [hands.submit(desk.post, f"/moderate/{server.code}/backup") for _ in range(5)]
            time.sleep(0.5)
            os.kill(server.pid, signal.SIGTERM)
            time.sleep(0.5)
        stop_s = server.stop()

    assert stop_s < 5
    assert [each.result().status_code for each in pressed] == [503] * 5
