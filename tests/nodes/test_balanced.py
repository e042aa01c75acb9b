"""The compose file's profile `nodes`, as far as it goes without a container engine: its processes, behind a
real Caddy with the very Caddyfile."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from app.settings import Settings
from tests.nodes.conftest import nodes_on
from tests.nodes.test_faults import TIMES, check, tapped
from tests.operations.deployment.proxies import CADDY, needs_caddy
from tests.postgres import new_database
from tests.running import ROOT, Server, free_port, until

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
CADDYFILE = ROOT / "app" / "operations" / "deployment" / "Caddyfile.nodes"


def test_the_second_node_is_the_first_one_again_with_folders_of_its_own() -> None:
    first, second = SERVICES["worldcafe"], SERVICES["second"]
    own = {"profiles", "volumes", "depends_on"}

    assert {name: second[name] for name in second.keys() - own} == {
        name: first[name] for name in first.keys() - own
    }
    assert second["environment"]["WORLDCAFE_DATABASE_URL"] == "${WORLDCAFE_DATABASE_URL:-}"
    assert [volume.partition(":")[2] for volume in second["volumes"]] == [
        volume.rpartition(":")[2] for volume in first["volumes"]
    ]


def test_only_what_outgrew_one_server_needs_the_profile() -> None:
    of_nodes = {name for name, each in SERVICES.items() if each.get("profiles") == ["nodes"]}

    assert of_nodes == {"second", "postgres"}
    assert Settings(database_url="postgresql://cafe:x@postgres/cafe").is_shared
    assert not Settings(database_url="").is_shared
    assert "PASSWORD:-}" in SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"], "no default"


@pytest.fixture
def balanced(postgres: str, tmp_path: Path) -> Iterator[tuple[Server, list[Server]]]:
    """A server's double, whose address is the balancer's, and the nodes behind it."""
    needs_caddy()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with nodes_on(
        new_database(postgres), tmp_path, WORLDCAFE_LIMITS="off", WORLDCAFE_PUBLIC_URL=address
    ) as nodes:
        behind = " ".join(f"127.0.0.1:{node.port}" for node in nodes)
        balancer = subprocess.Popen(
            [str(CADDY), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"],
            env=os.environ
            | {"WORLDCAFE_DOMAIN": address, "WORLDCAFE_BEHIND": behind, "HOME": str(tmp_path)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        front = Server(tmp_path / "front", WORLDCAFE_DATABASE_URL=nodes[0].settings.database_url)
        front.port, front.address = port, address
        front.event, front.code = nodes[0].event, nodes[0].code
        try:
            until(lambda: _is_up(front))
            yield front, nodes
        finally:
            front.give_up()
            balancer.terminate()
            balancer.wait(10)


def _is_up(front: Server) -> bool:
    try:
        return httpx.get(f"{front.address}/readyz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.slow
def test_a_node_killed_behind_the_balancer_costs_nobody_a_dot(
    balanced: tuple[Server, list[Server]],
) -> None:
    """X08 as a city would run it: phones know one address, and go on at it."""
    front, nodes = balanced
    before = [node.log_text for node in nodes]

    troubles = nodes[0].kill, lambda: nodes[0].start(is_cold=True)

    devices = tapped([front], *troubles * (TIMES - 1), nodes[0].kill)

    check(devices, [front, nodes[1]])
    nodes[0].start(is_cold=True)
    check(devices, [front, *nodes])
    assert [node.log_text.count("error") for node in nodes] == [
        log.count("error") for log in before
    ]
