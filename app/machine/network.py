"""Which of this computer's addresses phones in the hall can reach; nothing is ever sent to find out."""

import re
import socket
import struct
import sys
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, ip_address
from pathlib import Path
from urllib.parse import urlsplit

PRIVATE = [
    IPv4Network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
]  # RFC 1918
VIRTUAL = re.compile(
    r"docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|podman|tun|tap|utun|wg|ppp|tailscale|zt|nordlynx",
    re.IGNORECASE,
)
NETS, ROUTES = Path("/sys/class/net"), Path("/proc/net/route")
_ASK_ADDRESS = 0x8915  # SIOCGIFADDR, netdevice(7)
_NOBODY = ("192.0.2.1", 9)  # TEST-NET-1 (RFC 5737); naming it shows the way out, and sends nothing


@dataclass(frozen=True, slots=True)
class Interface:
    """`leads_out`: the default route goes through it. `is_virtual`: a VPN, or a bridge of containers or
    virtual machines, behind which no phone is."""

    name: str
    address: str
    leads_out: bool
    is_virtual: bool

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """The lower, the likelier phones reach it. A VPN may hold the default route: no phone is in it."""
        is_private = any(IPv4Address(self.address) in net for net in PRIVATE)
        return self.is_virtual, not self.leads_out, not is_private


def interfaces() -> list[Interface]:
    """The best first; empty without a network."""
    return in_order(_on_linux() if sys.platform == "linux" else _elsewhere())


def in_order(found: list[Interface]) -> list[Interface]:
    """Without those that lead nowhere."""
    usable = [each for each in found if not _leads_nowhere(each.address)]
    return sorted(usable, key=lambda each: (*each.rank, each.name))


def is_unsure(ranked: list[Interface]) -> bool:
    """Whether the second is as good as the first."""
    return len(ranked) > 1 and ranked[0].rank == ranked[1].rank


class OwnAddress:
    """The address that codes and links say, as long as it is this computer's. One that never was (a name,
    a proxy's) is none of our business."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).hostname or ""
        self._was_ours = self.host in _addresses(interfaces())

    def moved_to(self) -> str | None:
        """None while all is well; after a change of networks the new one, "" without any."""
        if not self._was_ours:
            return None
        found = interfaces()
        if self.host in _addresses(found):
            return None
        return found[0].address if found else ""


def _addresses(found: list[Interface]) -> set[str]:
    return {each.address for each in found}


def _leads_nowhere(address: str) -> bool:
    it = ip_address(address)
    return it.is_loopback or it.is_link_local or it.is_unspecified


def _on_linux() -> list[Interface]:
    leading_out = _leading_out(ROUTES.read_text("ascii") if ROUTES.exists() else "")
    return [
        Interface(name, address, name in leading_out, _is_virtual(name))
        for _, name in socket.if_nameindex()
        if (address := _address_of(name))
    ]


def _leading_out(routes: str) -> set[str]:
    """The interfaces of the default routes in /proc/net/route."""
    rows = [line.split() for line in routes.splitlines()[1:]]
    return {row[0] for row in rows if len(row) > 7 and row[1] == row[7] == "00000000"}


def _is_virtual(name: str) -> bool:
    marks = (NETS / name / mark for mark in ("bridge", "tun_flags"))
    return bool(VIRTUAL.match(name)) or any(mark.exists() for mark in marks)


def _address_of(name: str) -> str | None:
    """None for an interface that is down or has none."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            answer = fcntl.ioctl(asking, _ASK_ADDRESS, struct.pack("256s", name.encode()[:15]))
        except OSError:
            return None
    try:
        if (NETS / name / "operstate").read_text("ascii").strip() == "down":
            return None
    except OSError:
        pass  # it does not say
    return socket.inet_ntoa(answer[20:24])


def _elsewhere() -> list[Interface]:
    """Windows and macOS tell Python no names; a VPN can't be told from a network there."""
    try:
        known = {
            str(each[4][0])
            for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        }
    except OSError:
        known = set()
    out = _leading_address()
    return [Interface("", each, each == out, is_virtual=False) for each in known | ({out} - {""})]


def _leading_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOBODY)
            return str(probe.getsockname()[0])
        except OSError:
            return ""
