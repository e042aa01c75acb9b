"""HTTP and WebSockets as this server speaks them: answers in one piece, nobody who never reads."""

import asyncio

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from app.operations.serving.one_write import OneWrite

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Http
except ImportError:  # Windows has no httptools: there a parser in plain Python does the same
    from uvicorn.protocols.http.h11_impl import H11Protocol as _Http  # type: ignore[assignment]


class Requests(_Http):
    """HTTP whose answers leave in one piece."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(OneWrite(transport, self.loop))  # type: ignore[arg-type]


class Sockets(WebSocketsSansIOProtocol):
    """Drops who does not answer. Closing alone waits until everything is sent: with somebody who never
    reads, for ever.

    Clients have nothing to say: at the first frame that says anything the application hears of it, and
    closes. What it says is never looked at: bytes that are no UTF-8 would leave a traceback in the log.
    """

    def handle_text(self, event: Frame) -> None:
        self.handle_bytes(event)

    def handle_bytes(self, event: Frame) -> None:  # noqa: ARG002  never looked at
        if self.queue.empty() and not self.close_sent:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": b""})

    def handle_cont(self, event: Frame) -> None:
        """The rest of what was closed for."""

    def send_keepalive_ping(self) -> None:
        if self.transport.is_closing():
            self.transport.abort()
        super().send_keepalive_ping()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()
