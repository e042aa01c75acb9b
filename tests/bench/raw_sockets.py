"""The limit for a crowd: takes WebSockets, and at any GET writes one frame of so many bytes to all of them,
200 at a time. `python -m tests.bench.raw_sockets PORT BYTES`."""

import asyncio
import base64
import hashlib
import sys
from typing import cast

import uvloop

AT_ONCE = 200
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
watching: set[asyncio.Transport] = set()


class Connection(asyncio.Protocol):
    def __init__(self, size: int) -> None:
        self._frame = b"\x81\x7e" + size.to_bytes(2, "big") + b"x" * size

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, _error: Exception | None) -> None:
        watching.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        if b"Sec-WebSocket-Key: " in data:
            key = data.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
            accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
            self._transport.write(
                b"HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n" + self._frame
            )
            watching.add(self._transport)
        elif data.startswith(b"GET"):
            self._transport.write(b"HTTP/1.1 204 \r\n\r\n")
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        for count, transport in enumerate(tuple(watching), start=1):
            transport.write(self._frame)
            if count % AT_ONCE == 0:
                await asyncio.sleep(0)


async def serve(port: int, size: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(size), "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), int(sys.argv[2])))
