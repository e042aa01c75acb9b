"""W01: clients that never read."""

import asyncio
import socket
import sqlite3
import time
from dataclasses import dataclass

import psutil
import pytest

from tests.conftest import StartServer
from tests.phones import Phone, shake_hands, socket_to
from tests.running import Server, finish

DROPPED_WITHIN_S = 10
PATIENCE_S = 15


@dataclass
class Deaf:
    """A client with a small buffer that shakes hands and reads nothing after that."""

    port: int
    writer: asyncio.StreamWriter

    def is_connected(self, server: Server) -> bool:
        """As the server's process has it: whether it still keeps the connection."""
        held = psutil.Process(server.pid).net_connections("tcp")
        return any(each.raddr and each.raddr.port == self.port for each in held)


async def deaf(server: Server, path: str) -> Deaf:
    plug = socket.socket()
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    plug.connect(("127.0.0.1", server.port))
    port = plug.getsockname()[1]
    plug.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=plug, limit=1024)
    await shake_hands(reader, writer, server.port, f"/e/{server.code}/{path}")
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    return Deaf(port, writer)


def hang_up_60_long_cards(server: Server) -> None:
    """While nobody serves. States become so large that they fill every buffer on the way."""
    rows = sqlite3.connect(server.data / "worldcafe.db")
    rows.executemany(
        "INSERT INTO card (event_id, id, island_number, text, state, is_highlighted, version, arrival,"
        " received_at, device, submission, source) VALUES (1, ?, 1, ?, 'approved', 0, 1, 1,"
        " '2023-08-16 00:00:00.000000', 'ada', ?, 'phone')",
        [(f"{i:012}", "\N{GRINNING FACE}" * 280, str(i)) for i in range(60)],
    )
    rows.commit()
    rows.close()


@pytest.mark.slow
def test_clients_that_never_read_are_dropped_and_delay_nobody(start_server: StartServer) -> None:
    """W01: a deaf wall amid changes, and a deaf phone that hears of none anyway."""
    server = start_server(limits=False)
    server.stop()
    hang_up_60_long_cards(server)
    server.start()

    async def scenario() -> tuple[dict[str, float], list[float]]:
        clients = {path: await deaf(server, path) for path in ("live/ws", "ws")}
        began = time.monotonic()
        dropped: dict[str, float] = {}
        delays: list[float] = []
        async with socket_to(server.port, f"/e/{server.code}/live/ws") as wall:
            await wall.json()
            phone = Phone(server.port)
            await phone.get(f"/e/{server.code}/1")
            while len(dropped) < 2 and time.monotonic() - began < PATIENCE_S:
                sequence = len(delays) + 1
                fields = {
                    "offer": "kaoa",
                    "knows": ["yes", "no"][sequence % 2],
                    "sequence": sequence,
                }
                answer = await phone.post_json(f"/e/{server.code}/dots", fields)
                acked = time.monotonic()
                while (await wall.json())["version"] < answer.json()["version"]:
                    pass
                delays.append(time.monotonic() - acked)
                for path, client in clients.items():
                    if path not in dropped and not client.is_connected(server):
                        dropped[path] = time.monotonic() - began
            phone.close()
        for client in clients.values():
            client.writer.transport.abort()
        return dropped, delays

    dropped, delays = finish(scenario())

    print(f"dropped after {dropped}; others waited {max(delays):.2f} s at most")
    assert dropped.keys() == {"live/ws", "ws"}
    assert max(dropped.values()) <= DROPPED_WITHIN_S
    assert sorted(delays)[len(delays) * 9 // 10] < 0.5
    assert len(delays) > 20, "need changes for this test to mean anything"


def test_who_asks_and_asks_and_reads_no_answer_is_dropped_before_memory_fills(
    start_server: StartServer,
) -> None:
    server = start_server()
    pings = (bytes([0x89, 0xFD]) + bytes(4 + 125)) * 500

    async def evening() -> int:
        """How many megabytes were taken in until then."""
        client = await deaf(server, "ws")
        taken = 0
        try:
            while taken < 500e6:
                client.writer.write(pings)
                await client.writer.drain()
                taken += len(pings)
        except ConnectionError:
            pass
        return taken

    assert finish(evening()) < 50e6
