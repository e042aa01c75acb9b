"""Many phones in one process: keep-alive HTTP/1.1 and raw WebSockets on asyncio streams, so that the
load of a hall costs the test little and nothing is hidden by a client library's retries."""

import asyncio
import base64
import hashlib
import json
import os
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

PATIENCE_S = 20


class Answer:
    """`headers` by lower-case name; of several, as with cookies, the last one."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self) -> Any:
        return json.loads(self.body)


class Phone:
    """One device: one connection, one cookie. Raises OSError when the server goes away."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def token(self) -> str:
        """What the server hashes to tell devices apart."""
        return self.cookie.removeprefix("device=").split(".")[0]

    async def get(self, path: str) -> Answer:
        return await self._request("GET", path, b"", "")

    async def post_json(self, path: str, fields: dict[str, Any]) -> Answer:
        return await self._request("POST", path, json.dumps(fields).encode(), "application/json")

    async def post_form(self, path: str, fields: dict[str, str]) -> Answer:
        kind = "application/x-www-form-urlencoded"
        return await self._request("POST", path, urlencode(fields).encode(), kind)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _request(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        try:
            async with asyncio.timeout(PATIENCE_S):
                if self._streams is not None and self._streams[0].at_eof():
                    self.close()  # idle for too long; a browser opens a new one, too
                if self._streams is None:
                    self._streams = await asyncio.open_connection("127.0.0.1", self.port)
                reader, writer = self._streams
                writer.write("\r\n".join([*lines, "", ""]).encode() + body)
                return await self._read(reader)
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            raise OSError(str(error)) from error

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        if headers.get("transfer-encoding") == "chunked":  # as proxies like it
            body = b"".join([chunk async for chunk in _chunks(reader)])
        else:
            body = await reader.readexactly(int(headers.get("content-length", 0)))
        if "set-cookie" in headers:
            self.cookie = headers["set-cookie"].split(";")[0]
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(head[0].split()[1]), headers, body)


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")


class Refused(Exception):
    """The handshake was answered with another status than 101."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Socket:
    """A WebSocket as RFC 6455 has it. It answers pings only while somebody reads."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.close_code: int | None = None

    async def text(self) -> str | None:
        """The next message; None once the server has closed."""
        while True:
            try:
                first, second = await self.reader.readexactly(2)
                length = second & 127
                if length == 126:
                    (length,) = struct.unpack("!H", await self.reader.readexactly(2))
                elif length == 127:
                    (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
                payload = await self.reader.readexactly(length)
            except (OSError, EOFError):
                return None
            match first & 15:
                case 1:
                    return payload.decode()
                case 8:
                    (self.close_code,) = struct.unpack("!H", payload[:2]) if payload else (1005,)
                    self._send(8, payload)
                    return None
                case 9:
                    self._send(10, payload)

    async def json(self) -> Any:
        text = await self.text()
        return None if text is None else json.loads(text)

    def say(self, text: str) -> None:
        self._send(1, text.encode())

    def _send(self, opcode: int, payload: bytes) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.writer.write(bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + masked)


@asynccontextmanager
async def socket_to(port: int, path: str, **headers: str) -> AsyncIterator[Socket]:
    """An open WebSocket; Refused when the handshake is."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield await shake_hands(reader, writer, port, path, **headers)
    finally:
        writer.close()


async def shake_hands(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    port: int,
    path: str,
    **headers: str,
) -> Socket:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = int(head.split()[1])
    if status != 101:
        raise Refused(status)
    accepted = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    assert base64.b64encode(accepted).decode() in head
    return Socket(reader, writer)
