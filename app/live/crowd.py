"""Those who are shown the same: what is said to all of them is encoded once."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from websockets.frames import Frame, Opcode

from app.live.line import Line, Writer
from app.live.mailbox import Mailbox

SLICE_S = 0.0002  # of writing to lines, before all else on the loop has its turn
TURNS = 2  # of the loop between two slices; a dot needs ten from its arrival to its answer


class Crowd:
    """The walls of an event, or its phones. `current` is what somebody who joins is shown."""

    def __init__(self, current: Callable[[], str]) -> None:
        self._current = current
        self._lines: set[Line] = set()
        self._mailboxes: set[Mailbox] = set()

    def __len__(self) -> int:
        return len(self._lines) + len(self._mailboxes)

    @contextmanager
    def line(self, writer: Writer) -> Iterator[None]:
        """For as long as somebody watches through it."""
        line = Line(writer)
        line.put(_frame_of(self._current()))
        self._lines.add(line)
        try:
            yield
        finally:
            self._lines.discard(line)
            line.close()

    @contextmanager
    def mailbox(self) -> Iterator[Mailbox]:
        """With the current message in it, for who takes messages one by one."""
        mailbox = Mailbox()
        mailbox.put(self._current())
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)

    async def tell(self, message: str) -> None:
        """To everybody who is here now; who joins meanwhile has it already."""
        for mailbox in self._mailboxes:
            mailbox.put(message)
        await self._each_line(Line.put, _frame_of(message))

    async def beat(self, message: str) -> None:
        """To the lines; who has a mailbox counts the seconds without a message by itself."""
        await self._each_line(Line.beat, _frame_of(message))

    async def _each_line(self, take: Callable[[Line, bytes], None], frame: bytes) -> None:
        until = perf_counter() + SLICE_S
        for line in tuple(self._lines):
            take(line, frame)
            if perf_counter() > until:
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                until = perf_counter() + SLICE_S


def _frame_of(message: str) -> bytes:
    return Frame(Opcode.TEXT, message.encode()).serialize(mask=False)
