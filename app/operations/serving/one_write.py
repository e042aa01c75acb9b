"""A transport that sends an answer's head and body together.

uvicorn hands them over one after the other and uvloop sends each at once: two packets and two system
calls, which cost as much as all checks of a dot.
"""

import asyncio
from typing import Any


class OneWrite:
    """What is written within one turn of the loop leaves as one piece; all else is the transport's."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def straight(self) -> asyncio.Transport:
        """The transport itself, for who speaks another protocol from now on."""
        self._send()
        return self._transport

    def _send(self) -> None:
        held, self._held = self._held, []
        if held:
            self._transport.write(b"".join(held))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
