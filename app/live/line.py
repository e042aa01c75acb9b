"""A straight line to one viewer: frames that are encoded already go out without waiting for anybody."""

import asyncio
from collections.abc import Callable
from typing import Protocol

FRAMES = "worldcafe.frames"
"""The ASGI extension whose value is the connection's `Writer`, where the server has one."""
SEND_DEADLINE_S = 5.0  # who takes longer than this for one message has to come again


class Writer(Protocol):
    """What a server lends us of one open WebSocket."""

    on_writable: Callable[[], None] | None
    """Called when a frame can be taken again after one was not."""

    def write_frame(self, frame: bytes) -> bool:
        """False when the viewer has not read enough of what went before; then nothing was written."""

    def drop(self) -> None:
        """Ends the connection without a word."""


class Line:
    """Newest wins: who reads slowly skips states, who does not read at all is dropped."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting: bytes | None = None
        self._deadline: asyncio.TimerHandle | None = None
        writer.on_writable = self._catch_up

    def put(self, frame: bytes) -> None:
        """Takes the place of a frame that still waits."""
        if self._waiting is None and self._writer.write_frame(frame):
            return
        self._waiting = frame
        if self._deadline is None:
            loop = asyncio.get_running_loop()
            self._deadline = loop.call_later(SEND_DEADLINE_S, self._writer.drop)

    def beat(self, frame: bytes) -> None:
        """A frame that says nothing new: left out while something new waits."""
        if self._waiting is None:
            self.put(frame)

    def close(self) -> None:
        self._writer.on_writable = None
        self._be_patient()

    def _catch_up(self) -> None:
        self._be_patient()
        frame, self._waiting = self._waiting, None
        if frame is not None:
            self.put(frame)

    def _be_patient(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
