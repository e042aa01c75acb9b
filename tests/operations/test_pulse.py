"""Whether everybody is still there, asked in turn: on a loop whose hours pass in a moment."""

import asyncio
import selectors
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from app.operations.serving.pulse import ROUND_S, STEP_S, Pulse

CROWD = 5000


class Skipping(selectors.DefaultSelector):
    """Waits for nothing: what it should have waited has passed."""

    passed_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.passed_s += timeout or 0
        return super().select(0)


class Quick(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.passed_s


class Viewer:
    """Notes when it is asked."""

    def __init__(self) -> None:
        self.asked_at: list[float] = []

    def ask(self) -> None:
        self.asked_at.append(asyncio.get_running_loop().time())


def after(seconds: float, crowd: int, pulse: Pulse) -> list[Viewer]:
    """A crowd that came at the same moment, and what it was asked until then."""

    async def evening() -> list[Viewer]:
        viewers = [Viewer() for _ in range(crowd)]
        for viewer in viewers:
            pulse.add(viewer)
        await asyncio.sleep(seconds)
        return viewers

    with asyncio.Runner(loop_factory=Quick) as runner:
        return runner.run(evening())


def test_thousands_who_came_at_once_are_asked_a_few_at_a_time_and_all_in_each_round() -> None:
    viewers = after(20 * ROUND_S, CROWD, Pulse())

    at_once = Counter(moment for viewer in viewers for moment in viewer.asked_at)
    gaps = [
        later - earlier
        for viewer in viewers
        for earlier, later in zip([0, *viewer.asked_at], viewer.asked_at, strict=False)
    ]
    assert max(at_once.values()) <= 2 * CROWD * STEP_S / ROUND_S + 1
    assert round(min(gaps), 6) >= ROUND_S
    assert max(gaps) <= 1.6 * ROUND_S
    assert {len(viewer.asked_at) for viewer in viewers} == {19, 20}


def test_a_lone_viewer_is_asked_once_a_round() -> None:
    (viewer,) = after(10.5 * ROUND_S, 1, Pulse())

    assert [round(moment / ROUND_S, 6) for moment in viewer.asked_at] == list(range(1, 11))


def test_who_left_is_asked_no_more_and_nobody_leaves_nothing_to_do() -> None:
    pulse = Pulse()

    async def evening() -> tuple[Mapping[str, int], int]:
        asked: dict[str, int] = defaultdict(int)

        class Leaving(Viewer):
            def ask(self) -> None:
                asked["leaving"] += 1
                pulse.discard(self)

        class Staying(Viewer):
            def ask(self) -> None:
                asked["staying"] += 1

        staying = Staying()
        pulse.add(Leaving())
        pulse.add(staying)
        await asyncio.sleep(3.5 * ROUND_S)
        pulse.discard(staying)
        pulse.discard(staying)
        loop: Any = asyncio.get_running_loop()
        return dict(asked), len([timer for timer in loop._scheduled if not timer.cancelled()])

    with asyncio.Runner(loop_factory=Quick) as runner:
        assert runner.run(evening()) == ({"leaving": 1, "staying": 3}, 0)
    assert len(pulse) == 0


def test_it_begins_again_for_the_next_who_comes() -> None:
    pulse = Pulse()
    viewer = Viewer()

    async def evening() -> None:
        pulse.add(viewer)
        pulse.discard(viewer)
        await asyncio.sleep(1)
        pulse.add(viewer)
        await asyncio.sleep(ROUND_S)

    with asyncio.Runner(loop_factory=Quick) as runner:
        runner.run(evening())
    assert viewer.asked_at == [1 + ROUND_S]
