"""A straight line to one viewer: frames that are encoded already go out without waiting for anybody."""

import asyncio
from collections.abc import Callable
from typing import Protocol

FRAMES = "worldcafe.frames"
"""The ASGI extension whose value is the connection's `Writer`, where the server has one."""
SEND_DEADLINE_S = 5.0  # who takes longer than this for one message has to come again


class Writer(Protocol):
    """What a server lends us of one open WebSocket."""

    transport: asyncio.Transport
    """Takes frames straight; it never waits and holds whatever comes, so nobody may write while `is_full`."""
    is_full: bool
    on_full: Callable[[], None] | None
    """Called when the viewer has not read enough of what went before."""
    on_writable: Callable[[], None] | None
    """Called when a frame can be taken again after that."""


class _Nobody(asyncio.Transport):
    def is_closing(self) -> bool:
        return True


_NOBODY = _Nobody()


class Line:
    """Newest wins: who reads slowly skips states, who does not read at all is dropped.

    With thousands of lines, looking at one more object for each costs as much as a system call: so a line
    is told when its writer is full, and looks at nothing but itself and the transport.
    """

    __slots__ = ("_deadline", "_is_full", "_transport", "_waiting", "_writer")

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._transport = writer.transport
        self._is_full = writer.is_full
        self._waiting: bytes | None = None
        self._deadline: asyncio.TimerHandle | None = None
        writer.on_full, writer.on_writable = self._wait, self._catch_up

    def put(self, frame: bytes) -> None:
        """Takes the place of a frame that still waits."""
        if self._is_full:
            self._waiting = frame
            if self._deadline is None:
                loop = asyncio.get_running_loop()
                self._deadline = loop.call_later(SEND_DEADLINE_S, self._transport.abort)
        elif not self._transport.is_closing():
            self._transport.write(frame)

    def beat(self, frame: bytes) -> None:
        """A frame that says nothing new: left out while something new waits."""
        if self._waiting is None:
            self.put(frame)

    def close(self) -> None:
        """Nothing is sent any more: whoever is being told to a crowd may have left it meanwhile."""
        self._writer.on_full = self._writer.on_writable = None
        self._be_patient()
        self._is_full, self._transport = False, _NOBODY

    def _wait(self) -> None:
        self._is_full = True

    def _catch_up(self) -> None:
        self._is_full = False
        self._be_patient()
        frame, self._waiting = self._waiting, None
        if frame is not None:
            self.put(frame)

    def _be_patient(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
