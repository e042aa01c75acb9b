"""Nodes that die, and a database that goes away: what was acknowledged is there exactly once."""

import asyncio
import random
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from app.database import Database
from app.errors import Failed
from app.planning.models import Offer
from app.settings import Settings
from tests.faults.tapping import Device, wrong_rows
from tests.nodes.conftest import nodes_on
from tests.phones import Phone
from tests.postgres import PostgresServer, new_database
from tests.running import Server, finish, until

DEVICES = 24
BUSY_S = 0.8


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

    return finish(evening(), within_s=120)


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

        devices = tapped(nodes, first.kill, lambda: first.start(is_cold=True))

        assert sum(device.repeated for device in devices) > 0, "the kill met nobody"
        check(devices, nodes)


def test_postgres_restarted_amid_dots_is_a_short_503(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    """X05: nodes heal without a restart of their own."""
    url = new_database(own_postgres.address("postgres"))
    with nodes_on(url, tmp_path, may_log_tracebacks=True, WORLDCAFE_LIMITS="off") as nodes:
        pids = [node.pid for node in nodes]

        devices = tapped(nodes, own_postgres.restart)

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
