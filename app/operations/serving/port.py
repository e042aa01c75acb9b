"""The port the server listens on; taken, it is said by whom, and which one is free."""

import contextlib
import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from app.errors import N_, Failed
from app.settings import Settings

TRIED = 20
LISTENING = "0A"  # in /proc/net/tcp


@contextlib.contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Raises Failed."""
    with _tcp(settings.host) as listener:
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise _not_to_be_had(settings, error) from error
        yield listener


def _not_to_be_had(settings: Settings, error: OSError) -> Failed:
    """What is printed says the port, too: another one is the second best cure."""
    other = _free_port_after(settings)
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(settings.port)
        return Failed(
            N_(
                "Port %(port)s benutzt schon ein anderes Programm%(holder)s. Bitte dieses beenden. Mit"
                " WORLDCAFE_PORT=%(other)s geht es auch, aber gedruckte QR-Codes führen dann ins Leere."
            ),
            port=settings.port,
            holder=f" ({holder})" if holder else "",
            other=other,
        )
    return Failed(
        N_(
            "%(host)s:%(port)s ist nicht zu haben (%(cause)s). Bitte WORLDCAFE_HOST und WORLDCAFE_PORT"
            " prüfen, zum Beispiel WORLDCAFE_PORT=%(other)s"
        ),
        host=settings.host,
        port=settings.port,
        cause=error.strerror,
        other=other,
    )


def _tcp(host: str) -> socket.socket:
    """Said outright to be TCP: else asyncio leaves Nagle's algorithm on, and every answer waits 40 ms."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # there it would share the port with whoever has it already
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return listener


def _free_port_after(settings: Settings) -> int:
    for port in range(settings.port + 1, min(settings.port + TRIED, 65536)):
        with _tcp(settings.host) as probe, contextlib.suppress(OSError):
            probe.bind((settings.host, port))
            probe.listen()
            return port
    return 8000 if settings.port > 8000 + TRIED else 9000


def holder_of(port: int) -> str | None:
    """Name and number of the process that listens there; None where the system does not tell (it does on
    Linux, of processes of the same user)."""
    sockets = _sockets_of(port)
    for process in Path("/proc").glob("[0-9]*") if sockets else ():
        with contextlib.suppress(OSError):
            if sockets & {str(opened.readlink()) for opened in (process / "fd").iterdir()}:
                name = (process / "comm").read_text("utf-8").strip()
                return f"{name}, PID {process.name}"
    return None


def _sockets_of(port: int) -> set[str]:
    """As the links of open files name them. See proc(5)."""
    found = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in Path("/proc/net", table).read_text("ascii").splitlines()[1:]:
                _, local, _, state, *rest = line.split()
                if state == LISTENING and int(local.rpartition(":")[2], 16) == port:
                    found.add(f"socket:[{rest[5]}]")
    return found
