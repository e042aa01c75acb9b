"""A hall full of sockets in one process: each costs the test next to nothing, so that what is measured is
the server."""

import asyncio
import base64
import json
import os
import time
from collections.abc import Callable
from typing import Any, cast

AT_ONCE = 100  # handshakes
PATIENCE_S = 60


class Listener(asyncio.Protocol):
    """Reads all, answers pings, keeps the last message and when it came (`time.perf_counter`)."""

    def __init__(self, port: int, path: str) -> None:
        self._hello = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
        )
        self._rest = b""  # of what came, not a whole frame yet
        self._has_shaken_hands = False
        self._frame, self._payload_at = b"", 0
        self.messages = 0
        self.last_at = 0.0
        self.heard = asyncio.Event()
        self.on_message: Callable[[], None] | None = None
        self.is_open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._hello.encode())

    def data_received(self, data: bytes) -> None:
        """A frame that comes alone is kept as it is: a copy for each listener would cost more than the
        server's writing."""
        if self._rest:
            data, self._rest = self._rest + data, b""
        if not self._has_shaken_hands:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._rest = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head[:80]
            self._has_shaken_hands = True
        while len(data) > 1:
            length, start = data[1], 2
            if length > 125:
                start = 4 if length == 126 else 10
                length = int.from_bytes(data[2:start], "big")
            if len(data) < start + length:
                break
            self._take(data[: start + length], start)
            data = data[start + length :]
        self._rest = data

    def _take(self, frame: bytes, payload_at: int) -> None:
        if frame[0] == 0x81:
            self.messages += 1
            self._frame, self._payload_at = frame, payload_at
            self.last_at = time.perf_counter()
            if self.messages == 1:
                self.heard.set()
            if self.on_message is not None:
                self.on_message()
        elif frame[0] == 0x89:
            pong = bytes([0x8A, 0x80 | len(frame) - payload_at]) + bytes(4) + frame[payload_at:]
            self.transport.write(pong)

    def connection_lost(self, _error: Exception | None) -> None:
        self.is_open = False

    def leave(self) -> None:
        """As a phone does that goes to sleep: without a word."""
        self.transport.abort()

    @property
    def last(self) -> bytes:
        return self._frame[self._payload_at :]

    @property
    def state(self) -> Any:
        return json.loads(self.last)


async def listeners(count: int, port: int, path: str) -> list[Listener]:
    """So many, each with its first message."""
    here: list[Listener] = []
    loop = asyncio.get_running_loop()
    while len(here) < count:
        coming = [
            loop.create_connection(lambda: Listener(port, path), "127.0.0.1", port)
            for _ in range(min(AT_ONCE, count - len(here)))
        ]
        new = [listener for _, listener in await asyncio.gather(*coming)]
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*(listener.heard.wait() for listener in new))
        here += new
    return here
