"""One viewer, straight: the newest frame, in time, or nobody."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from app.live import line as live_line
from app.live.line import Line


@dataclass
class Reader:
    """A `Writer` to somebody who reads, or does not."""

    reads: bool = True
    got: list[bytes] = field(default_factory=list)
    is_dropped: bool = False
    on_writable: Callable[[], None] | None = None

    def write_frame(self, frame: bytes) -> bool:
        if self.reads:
            self.got.append(frame)
        return self.reads

    def drop(self) -> None:
        self.is_dropped = True

    def read_on(self) -> None:
        self.reads = True
        assert self.on_writable is not None
        self.on_writable()


def after(scenario: Callable[[Reader, Line], None], *, wait_s: float = 0) -> Reader:
    async def evening() -> Reader:
        reader = Reader()
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
        reader.reads = False
        line.put(b"one")
        line.put(b"two")
        line.beat(b"beat")
        reader.read_on()
        line.put(b"three")

    assert after(scenario).got == [b"two", b"three"]


def test_who_lags_for_too_long_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    def scenario(reader: Reader, line: Line) -> None:
        reader.reads = False
        line.put(b"one")

    monkeypatch.setattr(live_line, "SEND_DEADLINE_S", 0.01)
    assert after(scenario, wait_s=0.1).is_dropped


def test_who_has_caught_up_or_left_is_not_dropped_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def caught_up(reader: Reader, line: Line) -> None:
        reader.reads = False
        line.put(b"one")
        reader.read_on()

    def left(reader: Reader, line: Line) -> None:
        reader.reads = False
        line.put(b"one")
        line.close()

    monkeypatch.setattr(live_line, "SEND_DEADLINE_S", 0.01)
    assert [after(each, wait_s=0.1).is_dropped for each in (caught_up, left)] == [False, False]
