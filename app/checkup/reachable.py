"""Checks of the way from a phone to this server: port, networks, address."""

import errno
import socket
from contextlib import closing
from urllib.parse import urlsplit

import httpx
from filelock import FileLock, Timeout

from app.checkup.finding import Finding, green, red, yellow
from app.errors import N_
from app.machine.network import interfaces, is_unsure
from app.settings import Settings

PATIENCE_S = 3


def port(settings: Settings) -> Finding:
    try:
        with closing(
            socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
        ) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((settings.host, settings.port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return red(
                "port",
                N_(
                    "An %(host)s kann dieser Computer nicht lauschen (%(cause)s): Bitte"
                    " WORLDCAFE_HOST prüfen."
                ),
                host=settings.host,
                cause=error.strerror,
            )
        if is_serving(settings):
            return green("port", N_("Der Server läuft an Port %(port)s."), port=settings.port)
        return red(
            "port",
            N_(
                "Port %(port)s benutzt ein anderes Programm: Bitte dieses beenden. Mit"
                " WORLDCAFE_PORT=%(other)s geht es auch, aber gedruckte QR-Codes führen dann ins Leere."
            ),
            port=settings.port,
            other=settings.port + 1,
        )
    return green("port", N_("Port %(port)s ist frei."), port=settings.port)


def is_serving(settings: Settings) -> bool:
    """Whether a process holds the data; on a database server, whether one of ours is at this port."""
    if settings.is_shared:
        return _lives_here(settings)
    try:
        if not (settings.data / "lock").exists():
            return False
        with FileLock(settings.data / "lock", timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _lives_here(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host
    try:
        url = httpx.URL(scheme="http", host=host, port=settings.port, path="/livez")
        answer = httpx.get(url, trust_env=False, timeout=PATIENCE_S)
        return bool(answer.json() == {"status": "alive"})
    except (httpx.HTTPError, ValueError):
        return False


def networks(_settings: Settings) -> Finding:
    """O03: all of them, as `serve --lan` would choose."""
    found = interfaces()
    if not found:
        return yellow(
            "networks",
            N_("Dieser Computer ist in keinem Netzwerk: Bitte mit dem WLAN im Saal verbinden."),
        )
    listed = ", ".join(
        f"{each.address} ({each.name})" if each.name else each.address for each in found
    )
    if is_unsure(found):
        return yellow(
            "networks",
            N_(
                "Mehrere kommen in Frage: %(all)s. „serve --lan“ nimmt die erste; eine andere nennt"
                " WORLDCAFE_PUBLIC_URL."
            ),
            all=listed,
        )
    if found[0].is_virtual:
        return yellow(
            "networks",
            N_(
                "Nur ein VPN oder ein virtuelles Netz: %(all)s. Bitte mit dem WLAN im Saal"
                " verbinden."
            ),
            all=listed,
        )
    return green("networks", N_("„serve --lan“ nimmt die erste: %(all)s."), all=listed)


def address(settings: Settings) -> Finding:
    """Follows what QR codes say, if anything serves; nobody else is ever asked."""
    if settings.is_local:
        return yellow(
            "address",
            N_(
                "%(address)s gilt nur auf diesem Computer: Für Handys bitte mit „worldcafe serve"
                " --lan“ starten."
            ),
            address=settings.address,
        )
    if not is_serving(settings):
        ours = {each.address for each in interfaces()}
        host = urlsplit(settings.address).hostname or ""
        if host in ours:
            return green(
                "address", N_("%(address)s ist dieser Computer."), address=settings.address
            )
        return yellow(
            "address",
            N_("Ob %(address)s hierher führt, zeigt sich erst, wenn der Server läuft."),
            address=settings.address,
        )
    try:
        answer = httpx.get(f"{settings.address}/livez", trust_env=False, timeout=PATIENCE_S)
        is_ours = answer.status_code == 200 and answer.json() == {"status": "alive"}
    except (httpx.HTTPError, ValueError):
        is_ours = False
    if not is_ours:
        return red(
            "address",
            N_(
                "Unter %(address)s, wohin die QR-Codes führen, antwortet dieser Server nicht: Bitte"
                " WLAN und WORLDCAFE_PUBLIC_URL prüfen."
            ),
            address=settings.address,
        )
    return green("address", N_("%(address)s antwortet."), address=settings.address)
