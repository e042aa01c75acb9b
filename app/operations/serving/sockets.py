"""Our WebSockets: the one place that knows uvicorn from within."""

import logging
from collections.abc import Callable

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

from app.live.line import FRAMES

NEEDED = ("run_asgi", "pause_writing", "resume_writing", "handle_connect")


class Sockets(WebSocketsSansIOProtocol):
    """Lends the application a `live.line.Writer` of each connection. Drops who does not answer: closing
    alone waits until everything is sent, with somebody who never reads for ever.

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

    # --- as a Writer ------------------------------------------------------------------------------

    on_writable: Callable[[], None] | None = None

    async def run_asgi(self) -> None:
        if LENDS_WRITERS and not self.conn.extensions:  # a frame for all is compressed for nobody
            self.scope["extensions"] |= {FRAMES: self}  # type: ignore[dict-item]
        try:
            await super().run_asgi()
        finally:  # else the connection held itself until the next great collection
            self.scope["extensions"].pop(FRAMES, None)

    def write_frame(self, frame: bytes) -> bool:
        if not self.writable.is_set():
            return False
        if self.conn.state is State.OPEN and not self.transport.is_closing():
            self.transport.write(frame)
        return True

    def drop(self) -> None:
        self.transport.abort()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.on_writable is not None:
            self.on_writable()


def _lends_writers() -> bool:
    """Whether this uvicorn is built as we know it; else frames go its own way, which is slower."""
    missing = [name for name in NEEDED if not hasattr(WebSocketsSansIOProtocol, name)]
    if missing:
        logging.getLogger(__name__).warning("sockets go the slow way: uvicorn has no %s", missing)
    return not missing


LENDS_WRITERS = _lends_writers()
