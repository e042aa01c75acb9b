"""`serve --lan` as a phone in the hall meets it: another network namespace is the phone, and the laptop has
no internet. What this can't show: a real radio, a real firewall, Windows and macOS."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.running import ROOT

INSIDE = Path(__file__).with_name("hall_network.py")


def a_namespace() -> list[str]:
    """How a process gets a network of its own here; none: skipped, as the closing lines say."""
    tools = "unshare -n true && ip link add type veth && nsenter -t $$ -n true"
    for way in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        try:
            done = subprocess.run([*way, "sh", "-c", tools], capture_output=True, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return way
    message = "no network namespaces here: serve --lan was not met by a phone in another network"
    pytest.skip(message)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    done = subprocess.run(
        [*a_namespace(), sys.executable, str(INSIDE), str(tmp_path_factory.mktemp("lan"))],
        env={name: value for name, value in os.environ.items() if not name.startswith("WORLDCAFE_")}
        | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_all_links_lead_into_the_hall_and_not_into_the_vpn(seen: dict[str, Any]) -> None:
    """O03: the default route is the VPN's."""
    assert seen["links"] == ["192.168.50.1:8701"]
    assert seen["not_chosen"] == [
        ["10.8.0.2", "wg0", "VPN oder virtuelles Netz"],
        ["172.17.0.1", "docker0", "VPN oder virtuelles Netz"],
    ]


def test_a_phone_across_the_air_opens_the_page_and_answers_the_laptop(seen: dict[str, Any]) -> None:
    assert seen["page"] == 200
    assert seen["reached"] == ["waiting", "answered"]


def test_the_host_header_of_a_phone_is_nowhere_in_its_page(seen: dict[str, Any]) -> None:
    """S08"""
    assert seen["hostile"] is False


def test_the_check_up_lists_every_network(seen: dict[str, Any]) -> None:
    """O03"""
    assert seen["networks"] == {
        "check": "networks",
        "state": "green",
        "advice": "„serve --lan“ nimmt die erste:"
        " 192.168.50.1 (wlan0), 10.8.0.2 (wg0), 172.17.0.1 (docker0).",
    }
    assert seen["address"]["advice"] == "http://192.168.50.1:8701 antwortet."


def test_without_internet_an_evening_is_played_and_every_file_is_written(
    seen: dict[str, Any],
) -> None:
    """O08: nothing leads out of this network."""
    assert seen["agrees"] is True
    assert seen["files"] == 11
    assert seen["traceback"] is False


def test_a_changed_address_is_said_in_the_terminal_and_at_the_desk(seen: dict[str, Any]) -> None:
    assert seen["moved"] == [
        "Die Adresse dieses Computers ist jetzt 192.168.77.4, die QR-Codes führen noch zu 192.168.50.1:"
        " Bitte zurück ins alte WLAN, oder neu starten und neu drucken."
    ]
    assert seen["light"] == ["moved"]
