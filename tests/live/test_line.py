"""One viewer, straight: the newest frame, in time, or nobody."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.live import line as live_line
from app.live.line import Line


@dataclass
class Reader:
    """A `Writer` to somebody who reads, or does not: its own transport, too."""

    room: int = 1000  # for frames, until it reads on
    got: list[bytes] = field(default_factory=list)
    is_dropped: bool = False
    is_full: bool = False
    on_full: Callable[[], None] | None = None
    on_writable: Callable[[], None] | None = None

    @property
    def transport(self) -> Any:
        return self

    def write(self, frame: bytes) -> None:
        assert not self.is_full, "it would wait in memory"
        self.got.append(frame)
        self.room -= 1
        if self.room == 0:
            self.is_full = True
            if self.on_full is not None:
                self.on_full()

    def is_closing(self) -> bool:
        return self.is_dropped

    def abort(self) -> None:
        self.is_dropped = True

    def read_on(self) -> None:
        self.room, self.is_full = 1000, False
        assert self.on_writable is not None
        self.on_writable()


def after(
    scenario: Callable[[Reader, Line], None], *, room: int = 1000, wait_s: float = 0
) -> Reader:
    async def evening() -> Reader:
        reader = Reader(room)
        scenario(reader, Line(reader))
        await asyncio.sleep(wait_s)
        return reader

    return asyncio.run(evening())


def test_who_reads_gets_every_frame() -> None:
    def scenario(_reader: Reader, line: Line) -> None:
        line.put(b"one")
        line.beat(b"beat")
        line.put(b"two")

    assert after(scenario).got == [b"one", b"beat", b"two"]


def test_who_lags_gets_the_newest_and_no_beat_in_its_place() -> None:
    def scenario(reader: Reader, line: Line) -> None:
        line.put(b"one")
        line.put(b"two")
        line.put(b"three")
        line.beat(b"beat")
        reader.read_on()
        line.put(b"four")

    assert after(scenario, room=1).got == [b"one", b"three", b"four"]


def test_who_has_not_even_read_what_came_before_waits_from_the_first_frame() -> None:
    async def evening() -> tuple[list[bytes], list[bytes]]:
        reader = Reader(is_full=True)
        line = Line(reader)
        line.put(b"one")
        before = list(reader.got)
        reader.read_on()
        return before, reader.got

    assert asyncio.run(evening()) == ([], [b"one"])


def test_nothing_is_written_on_a_connection_that_closes() -> None:
    def scenario(reader: Reader, line: Line) -> None:
        reader.abort()
        line.put(b"one")
        line.beat(b"beat")

    assert after(scenario).got == []


def test_who_lags_for_too_long_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    def scenario(_reader: Reader, line: Line) -> None:
        line.put(b"one")
        line.put(b"two")

    monkeypatch.setattr(live_line, "SEND_DEADLINE_S", 0.01)
    assert after(scenario, room=1, wait_s=0.1).is_dropped


def test_who_has_caught_up_or_left_is_not_dropped_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def caught_up(reader: Reader, line: Line) -> None:
        line.put(b"one")
        line.put(b"two")
        reader.read_on()

    def left(_reader: Reader, line: Line) -> None:
        line.put(b"one")
        line.put(b"two")
        line.close()

    monkeypatch.setattr(live_line, "SEND_DEADLINE_S", 0.01)
    dropped = [after(each, room=1, wait_s=0.1).is_dropped for each in (caught_up, left)]
    assert dropped == [False, False]


def test_nothing_is_written_to_who_has_left_though_the_connection_still_says_farewell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A crowd that is being told remembers who was there in the beginning."""

    def left(_reader: Reader, line: Line) -> None:
        line.close()
        line.put(b"one")
        line.beat(b"beat")

    def left_full(reader: Reader, line: Line) -> None:
        line.put(b"one")
        left(reader, line)

    monkeypatch.setattr(live_line, "SEND_DEADLINE_S", 0.01)
    assert after(left).got == []
    full = after(left_full, room=1, wait_s=0.1)
    assert (full.got, full.is_dropped) == ([b"one"], False)
