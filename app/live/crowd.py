"""Those who are shown the same: what is said to all of them is encoded once."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from websockets.frames import Frame, Opcode

from app.live.line import Line, Writer
from app.live.mailbox import Mailbox

AT_ONCE = 200  # lines written to before others have their turn: about a millisecond


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
        frame = _frame_of(message)
        await self._each_line(lambda line: line.put(frame))

    async def beat(self, message: str) -> None:
        """To the lines; who has a mailbox counts the seconds without a message by itself."""
        frame = _frame_of(message)
        await self._each_line(lambda line: line.beat(frame))

    async def _each_line(self, tell: Callable[[Line], None]) -> None:
        for count, line in enumerate(tuple(self._lines), start=1):
            tell(line)
            if count % AT_ONCE == 0:
                await asyncio.sleep(0)


def _frame_of(message: str) -> bytes:
    return Frame(Opcode.TEXT, message.encode()).serialize(mask=False)
