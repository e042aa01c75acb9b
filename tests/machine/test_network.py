"""Which address phones are told: made-up computers, and this one."""

import sys

import pytest

from app.machine.network import (
    VIRTUAL,
    Interface,
    OwnAddress,
    _leading_out,
    in_order,
    interfaces,
    is_unsure,
)

WIFI = Interface("wlan0", "192.168.1.5", leads_out=True, is_virtual=False)
CABLE = Interface("eth0", "10.1.2.3", leads_out=True, is_virtual=False)
SECOND = Interface("eth1", "172.20.0.9", leads_out=False, is_virtual=False)
VPN = Interface("tun0", "10.8.0.2", leads_out=True, is_virtual=True)
DOCKER = Interface("docker0", "172.17.0.1", leads_out=False, is_virtual=True)
PUBLIC = Interface("eth2", "203.0.113.4", leads_out=True, is_virtual=False)
NOWHERE = Interface("eth3", "169.254.7.7", leads_out=False, is_virtual=False)
LOOPBACK = Interface("lo", "127.0.0.1", leads_out=False, is_virtual=False)


@pytest.mark.parametrize(
    ("found", "ranked"),
    [
        ([VPN, DOCKER, WIFI], [WIFI, VPN, DOCKER]),
        ([SECOND, WIFI], [WIFI, SECOND]),
        ([PUBLIC, WIFI], [WIFI, PUBLIC]),
        ([DOCKER, VPN], [VPN, DOCKER]),
        ([LOOPBACK, NOWHERE], []),
        ([], []),
    ],
)
def test_phones_are_likeliest_in_a_private_network_that_leads_out_and_is_no_vpn(
    found: list[Interface], ranked: list[Interface]
) -> None:
    """O03"""
    assert in_order(found) == ranked


def test_it_is_a_guess_between_cable_and_wifi_and_only_then() -> None:
    assert is_unsure(in_order([WIFI, CABLE]))
    assert not is_unsure(in_order([WIFI, SECOND, VPN, DOCKER]))
    assert not is_unsure([WIFI])


def test_interfaces_behind_which_no_phone_is_are_known_by_name() -> None:
    names = "docker0 br-1a2b wg0 tun0 tailscale0 wlp3s0 enp0s31f6 eth0".split()
    assert [name for name in names if VIRTUAL.match(name)] == names[:5]


def test_default_routes_are_read_from_the_kernels_table() -> None:
    table = (
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
        "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
        "wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n"
        "wg0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n"
    )
    assert _leading_out(table) == {"wlan0"}


def test_this_computer_is_never_told_to_be_its_own_loopback() -> None:
    assert [each for each in interfaces() if each.address.startswith("127.")] == []
    assert sys.platform != "linux" or all(each.name for each in interfaces())


def test_only_an_address_that_was_ours_can_be_lost() -> None:
    for address in (
        "https://cafe.example.org",
        "http://203.0.113.99:8000",
        "http://127.0.0.1:8000",
    ):
        assert OwnAddress(address).moved_to() is None
    for each in interfaces():
        assert OwnAddress(f"http://{each.address}:8000").moved_to() is None
