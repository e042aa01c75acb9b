"""More than the program is made for: it says so at once, loses nothing, and goes on by itself."""

import asyncio
import random
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlmodel import select

from app.feedback.ledger import MAX_WAITING
from app.planning.models import Offer
from tests.conftest import StartServer
from tests.disks import fill, small_disk
from tests.faults.tapping import Device, Sent, wrong_rows
from tests.faults.test_refusing import served_from
from tests.foreign import address_of, foreign_lock
from tests.nodes.conftest import nodes_on
from tests.phones import Phone
from tests.postgres import PostgresServer, new_database, postgres_server
from tests.running import Server, finish, until
from tests.soaking import times

IMPATIENT = 300  # each gives up and taps again: with far fewer connections the line gets as long
PROBES = 20
PATIENT = 80
LOCK_S = 3.0
DISK_MB = 60
FLOODS, LOCKS, FULL_DISKS = times(1, 20), times(1, 50), times(1, 50)

pytestmark = pytest.mark.slow


def offers_of(server: Server) -> list[str]:
    with server.reading() as session:
        return list(session.exec(select(Offer.key).order_by(Offer.key)))


async def devices_at(server: Server, count: int) -> list[Device]:
    """Who has seen an island's page."""
    devices = [Device(Phone(server.port), random.Random(seed)) for seed in range(count)]
    for device in devices:
        assert (await device.phone.get(f"/e/{server.code}/1")).status == 200
    return devices


async def tap(server: Server, device: Device, offer: str, sequence: int) -> int:
    """The status of the answer; what is refused is not stored."""
    said = (True, sequence)
    dot = {"offer": offer, "knows": "yes", "sequence": sequence}
    answer = await device.phone.post_json(f"/e/{server.code}/dots", dot)
    if answer.status == 200:
        device.sent[offer] = Sent(acked=said)
    elif answer.status in (429, 503):
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.headers["content-type"] == "application/problem+json"
    return answer.status


async def give_up(server: Server, devices: list[Device], offer: str, asker: Phone) -> None:
    """All tap, and none waits for the answer: what is read by then stands in the line."""
    for device in devices:
        device.sent[offer] = Sent(unanswered=(True, 1))
    waiting = [asyncio.create_task(tap(server, device, offer, 1)) for device in devices]
    await read_by(server, devices, asker)
    for task, device in zip(waiting, devices, strict=True):
        if task.done() and task.result() == 503:
            device.sent[offer] = Sent()
        task.cancel()
        device.phone.close()
    await asyncio.gather(*waiting, return_exceptions=True)


async def read_by(server: Server, devices: list[Device], asker: Phone) -> None:
    """Until the server has what they sent: it answers a page that was asked for later."""
    await asyncio.to_thread(until, lambda: all(device.phone.is_connected for device in devices))
    for _ in range(2):
        assert (await asker.get(f"/e/{server.code}/1")).status == 200


async def is_full(server: Server, devices: list[Device], offer: str, asker: Phone) -> bool:
    """Whether all of them hear at once that nothing more is taken."""
    for device in devices:
        device.sent[offer] = Sent(unanswered=(True, 1))
    asking = [asyncio.create_task(tap(server, device, offer, 1)) for device in devices]
    await read_by(server, devices, asker)
    heard = [task.result() for task in asking if task.done()]
    for task, device in zip(asking, devices, strict=True):
        if task.done():
            device.sent[offer] = Sent()
        else:
            task.cancel()
            device.phone.close()
    await asyncio.gather(*asking, return_exceptions=True)
    return heard == [503] * len(devices)


def test_ten_times_the_load_is_shed_and_what_was_acked_is_there(start_on_both: StartServer) -> None:
    """L06: while somebody holds the database the line fills to its end. From then on everybody hears at
    once that it can't be stored, walls and desks go on, and afterwards so does everything."""
    server = start_on_both()
    offers = offers_of(server)
    spared = offers.pop()
    desk = server.desk()

    async def others_are_served(asker: Phone) -> list[int]:
        wall = await asker.get(f"/e/{server.code}/live.json")
        page = await asyncio.to_thread(desk.get, f"/moderate/{server.code}")
        return [wall.status, page.status_code]

    async def everything() -> tuple[list[Device], Counter[int], Counter[int], list[int]]:
        devices = await devices_at(server, IMPATIENT + PROBES + PATIENT)
        asker, impatient = devices[0].phone, devices[1:IMPATIENT]
        probes, patient = devices[IMPATIENT:-PATIENT], devices[-PATIENT:]
        waves = iter(offers)
        with foreign_lock(address_of(server.settings)):
            for _ in range(MAX_WAITING // IMPATIENT):
                await give_up(server, impatient, next(waves), asker)
            while not await is_full(server, probes, offer := next(waves), asker):
                await give_up(server, impatient, offer, asker)
            served = await others_are_served(asker)
            shed = Counter(await asyncio.gather(*(tap(server, one, spared, 1) for one in patient)))
        flood = Counter[int]()
        for sequence, offer in enumerate(offers[:20], 2):
            flood += Counter(
                await asyncio.gather(*(tap(server, one, offer, sequence) for one in patient))
            )
        served += await others_are_served(asker)
        for _ in range(100):
            if (again := await tap(server, devices[0], spared, 100)) == 200:
                break
            await asyncio.sleep(0.1)
        assert again == 200
        for device in devices:
            device.phone.close()
        return devices, shed, flood, served

    devices: list[Device] = []
    for _ in range(FLOODS):
        here, shed, flood, served = finish(everything(), within_s=110)
        devices += here
        assert shed == {503: PATIENT}
        assert served == [200] * 4
        assert flood.keys() <= {200, 429, 503}
        assert flood[200] > 0

    with server.reading() as session:
        wrong, counted = wrong_rows(session, devices)
    assert wrong == {}
    totals = server.live()["totals"]
    assert (totals["yes"], totals["no"]) == (counted[True], 0)


def test_a_foreign_lock_of_three_seconds_makes_all_wait_and_none_fail(
    start_on_both: StartServer,
) -> None:
    """D10"""
    server = start_on_both()
    (offer, *_) = offers_of(server)

    async def everything() -> tuple[list[Device], int, list[int]]:
        devices = await devices_at(server, 30)
        with foreign_lock(address_of(server.settings)):
            tapping = [asyncio.create_task(tap(server, device, offer, 1)) for device in devices]
            answered, _ = await asyncio.wait(tapping, timeout=LOCK_S)
        statuses = await asyncio.gather(*tapping)
        for device in devices:
            device.phone.close()
        return devices, len(answered), statuses

    devices: list[Device] = []
    for _ in range(LOCKS):
        here, answered, statuses = finish(everything())
        devices += here
        assert (answered, statuses) == (0, [200] * 30)

    with server.reading() as session:
        wrong, counted = wrong_rows(session, devices)
    assert (wrong, counted) == ({}, {True: 30 * LOCKS})
    assert server.live()["totals"]["yes"] == 30 * LOCKS


def test_a_disk_that_fills_while_a_hall_taps_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """D06: what can't be stored is refused and sent again by the phones; walls and pages go on."""
    with small_disk(tmp_path / "disk", DISK_MB) as disk:
        server = served_from(disk / "data", WORLDCAFE_LIMITS="off")
        try:
            fill_and_empty(server, disk)
            assert not server.has_logged_a_fault, server.log_text
        finally:
            server.give_up()


def test_a_database_servers_disk_that_fills_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """D06: where its tables lie."""
    with (
        TemporaryDirectory(prefix="worldcafe-") as folder,
        small_disk(Path(folder) / "disk", DISK_MB) as disk,
        postgres_server() as postgres,
    ):
        url = new_database(postgres.address("postgres"), at=owned_by_postgres(disk, postgres))
        with nodes_on(url, tmp_path, 1, WORLDCAFE_LIMITS="off") as (node,):
            fill_and_empty(node, disk)


def owned_by_postgres(disk: Path, server: PostgresServer) -> Path:
    """A folder on it that this server may use."""
    disk.parent.chmod(0o755)
    folder = disk / "tables"
    folder.mkdir()
    with psycopg.connect(server.address("postgres")) as rows:
        (data,) = rows.execute("SHOW data_directory").fetchone() or ("",)
    shutil.chown(folder, Path(data).owner())
    return folder


def fill_and_empty(server: Server, disk: Path) -> None:
    """Several times, in a long soak; and what became of all that was sent."""
    offers = offers_of(server)
    devices: list[Device] = []
    for _ in range(FULL_DISKS):
        here, meanwhile, sentence = finish(
            a_disk_fills_and_empties(server, disk, offers), within_s=90
        )
        devices += here
        assert meanwhile == [200, 200]
        assert sentence == (
            "Wir können gerade nicht speichern. Bitte versuchen Sie es gleich noch einmal."
        )
        assert sum(device.put_off for device in here) > 0, "nobody met the full disk"

    with server.reading() as session:
        wrong, counted = wrong_rows(session, devices)
    assert wrong == {}
    totals = server.live()["totals"]
    assert (totals["yes"], totals["no"]) == (counted[True], counted[False])


async def a_disk_fills_and_empties(
    server: Server, disk: Path, offers: list[str]
) -> tuple[list[Device], list[int], str]:
    """The devices, what a wall and a page were answered meanwhile, and what a phone was told."""
    over = asyncio.Event()
    devices = await devices_at(server, 21)
    asker = devices.pop()
    tapping = [asyncio.create_task(device.tap(server.code, offers, over)) for device in devices]

    def acked() -> int:
        return sum(device.acked for device in devices)

    await asyncio.to_thread(until, lambda: acked() > 50)
    filler = await asyncio.to_thread(fill, disk)
    await asyncio.to_thread(until, lambda: all(device.put_off for device in devices))
    paths = (f"/e/{server.code}/live.json", f"/e/{server.code}/1")
    meanwhile = [(await asker.phone.get(path)).status for path in paths]
    card = {"island": 1, "text": "lang " * 50, "submission": "c1"}
    told = await asker.phone.post_json(f"/e/{server.code}/cards", card)
    assert (told.status, told.headers["retry-after"]) == (503, "2")
    filler.unlink()
    before = acked()
    await asyncio.to_thread(until, lambda: acked() > before + 50)
    over.set()
    await asyncio.gather(*tapping)
    for device in (*devices, asker):
        device.phone.close()
    return devices, meanwhile, told.json()["title"]
