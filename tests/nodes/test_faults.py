"""Nodes that die, and a database that goes away: what was acknowledged is there exactly once."""

import asyncio
import random
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlmodel import select

from app.database import Database
from app.errors import Failed
from app.planning.models import Offer
from app.postgres.server import OVERFLOW, POOL
from app.settings import Settings
from tests.faults.tapping import Device, wrong_rows
from tests.nodes.conftest import nodes_on
from tests.phones import Phone
from tests.postgres import PostgresServer, new_database
from tests.running import Server, finish, until
from tests.soaking import times

DEVICES = 24
BUSY_S = 0.8
TIMES = times(1, 50)

pytestmark = pytest.mark.slow


def tapped(nodes: list[Server], *troubles: object) -> list[Device]:
    """Devices that tapped all the while, spread over the nodes, before, between and after the troubles."""
    ports = tuple(node.port for node in nodes)
    with nodes[0].reading() as session:
        offers = list(session.exec(select(Offer.key)))

    async def evening() -> list[Device]:
        devices = [
            Device(Phone(ports[seed % len(ports)]), random.Random(seed), ports=ports)
            for seed in range(DEVICES)
        ]
        for device in devices:
            assert (await device.phone.get(f"/e/{nodes[0].code}/1")).status == 200
        over = asyncio.Event()
        tapping = [
            asyncio.create_task(device.tap(nodes[0].code, offers, over)) for device in devices
        ]
        for trouble in troubles:
            await asyncio.sleep(BUSY_S)
            await asyncio.to_thread(trouble)  # type: ignore[arg-type]
        await asyncio.sleep(BUSY_S)
        over.set()
        await asyncio.gather(*tapping)
        for device in devices:
            device.phone.close()
        return devices

    return finish(evening(), within_s=60 + 30 * len(troubles))


def check(devices: list[Device], nodes: list[Server]) -> None:
    """The checker of FAULTS.md: rows and every node's wall."""
    with nodes[0].reading() as session:
        wrong, counted = wrong_rows(session, devices)
    assert wrong == {}
    for node in nodes:
        totals = node.live()["totals"]
        assert (totals["yes"], totals["no"]) == (counted[True], counted[False])
    assert sum(device.acked for device in devices) > 100, "need a busy hall to mean anything"


def test_a_node_that_is_killed_costs_nobody_a_dot(postgres: str, tmp_path: Path) -> None:
    """X08: phones move to the other node, totals are exact; the killed one comes back among them."""
    with nodes_on(new_database(postgres), tmp_path, WORLDCAFE_LIMITS="off") as nodes:
        first, _ = nodes
        troubles = first.kill, lambda: first.start(is_cold=True)

        devices = tapped(nodes, *troubles * TIMES)

        assert sum(device.repeated for device in devices) > 0, "the kill met nobody"
        check(devices, nodes)


def test_postgres_restarted_amid_dots_is_a_short_503(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    """X05: nodes heal without a restart of their own."""
    url = new_database(own_postgres.address("postgres"))
    with nodes_on(url, tmp_path, may_log_tracebacks=True, WORLDCAFE_LIMITS="off") as nodes:
        pids = [node.pid for node in nodes]

        devices = tapped(nodes, *[own_postgres.restart] * TIMES)

        assert sum(device.put_off for device in devices) > 0, "the restart met nobody"
        until(lambda: [readiness(node)[0] for node in nodes] == [200, 200])
        check(devices, nodes)
        assert [node.pid for node in nodes] == pids


def test_a_node_without_its_database_says_so_and_comes_back_by_itself(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    """X11"""
    url = new_database(own_postgres.address("postgres"))
    with nodes_on(url, tmp_path, 1, may_log_tracebacks=True) as (node,):
        phone = node.phone(headers={"accept": "application/json"})
        dot = {"offer": "sozialnavigator", "knows": "yes"}
        assert phone.post(f"/e/{node.code}/dots", data=dot).status_code == 200

        for _ in range(TIMES):
            own_postgres.stop()

            until(lambda: readiness(node) == (503, ["database"]))
            refused = phone.post(f"/e/{node.code}/dots", data=dot)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
            assert node.client().get("/livez").status_code == 200
            said = node.run("import", str(node.data))
            assert said.returncode == 1
            own_postgres.start()
            until(lambda: readiness(node) == (200, []))
            assert phone.post(f"/e/{node.code}/dots", data=dot).status_code == 200
        assert node.live()["totals"]["yes"] == 1


def test_what_no_node_was_told_is_soon_on_every_wall(postgres: str, tmp_path: Path) -> None:
    """X01: dots whose notifications all were lost, on walls that are polled."""
    url = new_database(postgres)
    with nodes_on(url, tmp_path) as nodes, psycopg.connect(url, autocommit=True) as rows:
        for number in range(TIMES):
            with rows.transaction():
                rows.execute(_SILENT_DOT, (f"device {number:015}",))
                rows.execute("UPDATE event SET version = version + 1")
            states = [node.live() for node in nodes]
            counted = [(state["totals"]["yes"], state["devices"]) for state in states]
            assert counted == [(number + 1, number + 1)] * 2


_SILENT_DOT = """
    INSERT INTO dot (event_id, device, offer_key, knows, sequence, source)
    SELECT id, %s, 'sozialnavigator', true, 1, 'phone' FROM event"""


def test_dots_count_while_downloads_hold_every_connection_for_reading(
    postgres: str, tmp_path: Path
) -> None:
    """X07: they wait for somebody who holds a table that dots have no use for."""
    url, readers = new_database(postgres), POOL + OVERFLOW
    with (
        nodes_on(url, tmp_path, 1, may_log_tracebacks=True, WORLDCAFE_LIMITS="off") as (node,),
        ThreadPoolExecutor(readers + 5) as threads,
        psycopg.connect(url) as foreign,
        psycopg.connect(url, autocommit=True) as looking,
    ):
        planner = node.planner()
        downloads: list[Future[int]] = []

        def download() -> int:
            file = f"/plan/events/{node.event}/results.xlsx"
            return planner.get(file, timeout=60).status_code

        def all_wait() -> bool:
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            return looking.execute(waiting).fetchone() == (readers,)

        def hold() -> None:
            foreign.execute("LOCK TABLE card IN ACCESS EXCLUSIVE MODE")
            downloads.extend(threads.submit(download) for _ in range(readers + 5))
            until(all_wait)

        devices = tapped([node], hold, foreign.rollback)
        statuses = {each.result() for each in downloads}

        assert statuses <= {200, 503}, "503 for whom it took too long"
        assert sum(device.put_off for device in devices) == 0
        check(devices, [node])


def readiness(node: Server) -> tuple[int, list[str]]:
    answer = httpx.get(f"{node.address}/readyz", trust_env=False, timeout=30)
    return answer.status_code, answer.json().get("reasons", [])


def test_a_start_without_its_database_fails_with_one_line(tmp_path: Path) -> None:
    node = Server(
        tmp_path / "data",
        WORLDCAFE_DATABASE_URL="postgres://cafe:geheim@127.0.0.1:1/cafe",
    )

    done = node.run("serve")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Die Datenbank postgresql://cafe:***@127.0.0.1:1/cafe antwortet nicht oder lässt uns nicht hinein"
        " (OperationalError). Bitte WORLDCAFE_DATABASE_URL und den Datenbankserver prüfen.\n"
    )


@pytest.mark.parametrize("url", ["mysql://a/b", "postgres:nonsense", "nonsense"])
def test_an_address_of_no_database_is_refused_with_what_to_write(tmp_path: Path, url: str) -> None:
    with pytest.raises(Failed) as refused:
        Database(Settings(data=tmp_path, database_url=url))

    assert refused.value.text(str) == (
        "WORLDCAFE_DATABASE_URL: Bitte leer lassen (SQLite im Datenordner) oder so angeben:"
        " postgresql://name:passwort@rechner/datenbank"
    )
