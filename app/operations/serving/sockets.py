"""Our WebSockets: the one place that knows uvicorn from within."""

import asyncio
import logging
from collections.abc import Callable
from random import getrandbits

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from app.live.line import FRAMES
from app.operations.serving.one_write import OneWrite
from app.operations.serving.pulse import Pulse

# What of uvicorn's class is overridden or called beyond `asyncio.Protocol`.
NEEDED = (
    "run_asgi", "pause_writing", "resume_writing", "handle_connect", "handle_ping", "handle_pong",
    "start_keepalive", "stop_keepalive", "keepalive_timeout",
)  # fmt: skip
PING = b"\x89\x04"  # and four bytes that come back
PONG, PONG_SIZE = b"\x8a\x84", 10  # and the mask, and the four bytes under it
PULSE = Pulse()


class Sockets(WebSocketsSansIOProtocol):
    """Lends the application a `live.line.Writer` of each connection. Drops who does not answer: closing
    alone waits until everything is sent, with somebody who never reads for ever.

    Clients have nothing to say: at the first frame that says anything the application hears of it, and
    closes. What it says is never looked at: bytes that are no UTF-8 would leave a traceback in the log.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A frame is one piece already: waiting for more to the same viewer would cost half as much as
        sending it."""
        super().connection_made(
            transport.straight() if isinstance(transport, OneWrite) else transport
        )

    def handle_text(self, event: Frame) -> None:
        self.handle_bytes(event)

    def handle_bytes(self, event: Frame) -> None:  # noqa: ARG002  never looked at
        if self.queue.empty() and not self.close_sent:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": b""})

    def handle_cont(self, event: Frame) -> None:
        """The rest of what was closed for."""

    def handle_ping(self) -> None:
        """Who asks and asks and reads no answer would fill our memory."""
        if self.is_full:
            self.transport.abort()
        else:
            super().handle_ping()

    # --- whether anybody is there -----------------------------------------------------------------

    _asked: int | None = None  # by our `Pulse`, and not answered yet

    def start_keepalive(self) -> None:
        if KNOWS_UVICORN:
            PULSE.add(self)
        else:
            super().start_keepalive()

    def stop_keepalive(self) -> None:
        PULSE.discard(self)
        super().stop_keepalive()

    def ask(self) -> None:
        if self.transport.is_closing():
            self.transport.abort()
        elif self._asked is not None:
            self.keepalive_timeout()
        elif not self.close_sent:
            self._asked = getrandbits(32)
            self.transport.write(PING + self._asked.to_bytes(4))

    def data_received(self, data: bytes) -> None:
        """An answer to us that comes alone, as it nearly always does, does not trouble the parser."""
        if self._asked is not None and len(data) == PONG_SIZE and data.startswith(PONG):
            self._hear(int.from_bytes(data[2:6]) ^ int.from_bytes(data[6:]))
        else:
            super().data_received(data)

    def handle_pong(self, event: Frame) -> None:
        super().handle_pong(event)
        self._hear(int.from_bytes(event.data))

    def _hear(self, answer: int) -> None:
        if answer == self._asked:
            self._asked = None

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()

    # --- as a Writer ------------------------------------------------------------------------------

    is_full = False
    on_full: Callable[[], None] | None = None
    on_writable: Callable[[], None] | None = None

    async def run_asgi(self) -> None:
        if KNOWS_UVICORN and not self.conn.extensions:  # a frame for all is compressed for nobody
            self.scope["extensions"] |= {FRAMES: self}  # type: ignore[dict-item]
        try:
            await super().run_asgi()
        finally:  # else the connection held itself until the next great collection
            self.scope["extensions"].pop(FRAMES, None)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.is_full = True
        if self.on_full is not None:
            self.on_full()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.is_full = False
        if self.on_writable is not None:
            self.on_writable()


def _knows_uvicorn() -> bool:
    """Whether this uvicorn is built as we know it; else frames and pings go its own way, which is slower."""
    missing = [name for name in NEEDED if not hasattr(WebSocketsSansIOProtocol, name)]
    if missing:
        logging.getLogger(__name__).warning("sockets go the slow way: uvicorn has no %s", missing)
    return not missing


KNOWS_UVICORN = _knows_uvicorn()
