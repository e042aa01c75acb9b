"""L04: people come and go all evening, and the server stays as it was."""

import asyncio
import os
import random
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
import pytest

from tests.crowd import Listener, listeners
from tests.phones import Phone
from tests.running import Server, finish, load_event, until
from tests.soaking import MINUTES

ROUNDS = max(4, round(2 * MINUTES)) if MINUTES else 10  # of half a minute each in a soak
WARMING_UP = 2  # threads, connections to the database and caches come with the first who need them
PHONES = 25
SOCKETS = 300 if MINUTES else 50
DOTS_A_SECOND = 20 if MINUTES else 500
DOTS = 30 * DOTS_A_SECOND if MINUTES else 250  # a round
STAYS_S = 20.0 if MINUTES else 0.5
# of what SQLite and the allocator keep; 50 sockets that stayed would take more a round
SLACK_MB = 16
# a busier round opens more of the pool's connections; a leak would be hundreds
SLACK_DESCRIPTORS = 60
SLACK_TASKS = 5
PATIENCE_S = 120
MB = 1024 * 1024


class CountedServer(Server):
    """It can be asked for its tasks."""

    @property
    def counted(self) -> Path:
        return self.data.parent / "tasks"

    def _program(self) -> list[str]:
        return ["tests.faults.counted", str(self.counted)]

    def tasks(self) -> int:
        self.counted.unlink(missing_ok=True)
        os.kill(self.pid, signal.SIGUSR1)
        until(lambda: self.counted.exists() and self.counted.read_text(), within_s=PATIENCE_S)
        return int(self.counted.read_text())


class Held(NamedTuple):
    tasks: int
    descriptors: int
    memory_mb: float


def held(server: CountedServer) -> Held:
    process = psutil.Process(server.pid)
    return Held(server.tasks(), process.num_fds(), process.memory_info().rss / MB)


async def come_and_go(server: Server, chance: random.Random) -> tuple[int, int]:
    """A round: sockets, half of them walls, drop at random and come again while phones set dots; how many
    dots were counted, and how often somebody came. Nobody says goodbye: a phone in a pocket does not."""
    over = asyncio.Event()
    comings = 0

    async def watch() -> None:
        nonlocal comings
        while not over.is_set():
            path = f"/e/{server.code}/{chance.choice(['live/ws', 'ws'])}"
            (listener,) = await listeners(1, server.port, path)
            comings += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), chance.uniform(0, 2 * STAYS_S))
            assert listener.is_open
            listener.leave()

    phones = [Phone(server.port) for _ in range(PHONES)]
    for phone in phones:
        await phone.get(f"/e/{server.code}/1")
    watching = [asyncio.create_task(watch()) for _ in range(SOCKETS)]
    loop = asyncio.get_running_loop()
    began, counted = loop.time(), 0
    for sent in range(DOTS):
        await asyncio.sleep(began + sent / DOTS_A_SECOND - loop.time())
        knows = chance.choice(["yes", "no"])
        dot = {"offer": "kaoa", "knows": knows, "sequence": sent // PHONES + 1}
        answer = await phones[sent % PHONES].post_json(f"/e/{server.code}/dots", dot)
        counted += answer.status == 200 and answer.json()["status"] == "counted"
    over.set()
    await asyncio.gather(*watching)
    for phone in phones:
        phone.close()
    return counted, comings


@pytest.mark.slow
def test_tasks_descriptors_and_memory_stay_what_they_were(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """L04"""
    data = tmp_path_factory.mktemp("soak") / "data"
    key, code = load_event(data)
    server = CountedServer(data, WORLDCAFE_LIMITS="off")
    server.event, server.code = key, code
    chance = random.Random(4)
    dots = comings = 0
    first: Held | None = None
    measured: list[Held] = []
    try:
        server.start(is_cold=True)
        server.enter("cafe")
        for done in range(WARMING_UP + ROUNDS):
            counted, came = finish(
                come_and_go(server, chance), within_s=PATIENCE_S + 2 * DOTS / DOTS_A_SECOND
            )
            dots, comings = dots + counted, comings + came
            if done >= WARMING_UP - 1:
                until(lambda: is_alone(server), within_s=PATIENCE_S, every_s=0.2)
                first = first or held(server)
                wait_until_back(server, first)
                measured.append(held(server))
        there = finish(with_sockets(server, lambda: held(server)), within_s=PATIENCE_S)
        assert not server.has_logged_a_fault, server.log_text
    finally:
        server.give_up()

    assert first is not None
    assert there.tasks >= first.tasks + SOCKETS, (
        "need sockets that count for this test to mean anything"
    )
    assert there.descriptors >= first.descriptors + SOCKETS
    half = len(measured) // 2
    before, after = (
        median(each.memory_mb for each in part) for part in (measured[:half], measured[half:])
    )
    print(
        f"{dots} dots, {comings} sockets, {first.tasks} tasks, {first.descriptors} descriptors,"
        f" {before:.0f} → {after:.0f} MB"
    )
    assert dots == (WARMING_UP + ROUNDS) * DOTS
    assert comings > (WARMING_UP + ROUNDS) * SOCKETS, "nobody dropped"
    assert after <= before + SLACK_MB


async def with_sockets(server: Server, measure: Callable[[], Held]) -> Held:
    """What is measured while that many walls are connected."""
    walls: list[Listener] = await listeners(SOCKETS, server.port, f"/e/{server.code}/live/ws")
    try:
        return await asyncio.to_thread(measure)
    finally:
        for wall in walls:
            wall.leave()


def is_alone(server: Server) -> bool:
    """Whether it has noticed that all are gone."""
    held = psutil.Process(server.pid).net_connections("tcp")
    return [each for each in held if each.status != psutil.CONN_LISTEN] == []


def wait_until_back(server: CountedServer, first: Held) -> None:
    """Until there are about as many tasks and descriptors as after the first rounds; a tick or a check of
    the disk may be under way just now."""

    def is_back() -> bool:
        now = held(server)
        return (
            now.tasks <= first.tasks + SLACK_TASKS
            and now.descriptors <= first.descriptors + SLACK_DESCRIPTORS
        )

    until(is_back, within_s=PATIENCE_S, every_s=0.2)
