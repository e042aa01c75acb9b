"""Many who are shown the same."""

import asyncio
import itertools
from contextlib import ExitStack

import pytest
from websockets.frames import Frame, Opcode

from app.live import crowd as live_crowd
from app.live.crowd import SLICE_S, TURNS, Crowd
from tests.live.test_line import Reader


def frame(text: str) -> bytes:
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


IN_A_SLICE = 50


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """By which IN_A_SLICE lines are written to before others have their turn, on any machine."""
    looks = itertools.count()
    monkeypatch.setattr(live_crowd, "perf_counter", lambda: next(looks) * SLICE_S / IN_A_SLICE)


def test_all_get_one_frame_and_others_have_their_turn_meanwhile() -> None:
    async def evening() -> tuple[list[Reader], int]:
        crowd, turns = Crowd(lambda: "now"), itertools.count()
        readers = [Reader() for _ in range(3 * (IN_A_SLICE + 1))]

        async def others() -> None:
            while True:
                next(turns)
                await asyncio.sleep(0)

        with ExitStack() as watching:
            for reader in readers:
                watching.enter_context(crowd.line(reader))
            other = asyncio.create_task(others())
            await crowd.tell("ein Käfer")
            other.cancel()
        return readers, next(turns)

    readers, turns = asyncio.run(evening())

    assert {tuple(reader.got) for reader in readers} == {(frame("now"), frame("ein Käfer"))}
    assert len({id(reader.got[1]) for reader in readers}) == 1, "encoded once"
    assert turns == 3 * TURNS


def test_who_joins_while_the_others_are_told_hears_it_once() -> None:
    async def evening() -> Reader:
        said = "old"
        crowd, late = Crowd(lambda: said), Reader()
        with ExitStack() as watching:
            for _ in range(3 * IN_A_SLICE):
                watching.enter_context(crowd.line(Reader()))
            said = "new"
            telling = asyncio.create_task(crowd.tell(said))
            await asyncio.sleep(0)  # in the midst of it
            with crowd.line(late):
                await telling
        return late

    assert asyncio.run(evening()).got == [frame("new")]


def test_who_left_is_told_nothing_and_not_counted() -> None:
    async def evening() -> tuple[Reader, int, int]:
        crowd, reader = Crowd(lambda: "now"), Reader()
        with crowd.line(reader), crowd.mailbox():
            here = len(crowd)
        await crowd.tell("late")
        return reader, here, len(crowd)

    reader, here, after = asyncio.run(evening())

    assert (reader.got, here, after) == ([frame("now")], 2, 0)


def test_a_beat_goes_to_lines_alone() -> None:
    async def evening() -> tuple[list[bytes], str]:
        crowd, reader = Crowd(lambda: "now"), Reader()
        with crowd.line(reader), crowd.mailbox() as mailbox:
            await crowd.beat("beat")
            return reader.got, await mailbox.take()

    assert asyncio.run(evening()) == ([frame("now"), frame("beat")], "now")
