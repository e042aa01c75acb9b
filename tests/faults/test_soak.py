"""L04: people come and go all evening, and the server stays as it was."""

import asyncio
import os
import random
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
import pytest

from tests.phones import Phone, Socket, shake_hands, socket_to
from tests.running import Server, finish, load_event, until

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "10"))  # `make soak` takes more
WARMING_UP = 2  # threads, connections to the database and caches come with the first who need them
SOCKETS, PHONES, DOTS_EACH = 50, 25, 10
SLACK_MB = (
    16  # of what SQLite and the allocator keep; 50 sockets that stayed would take more a round
)
SLACK_DESCRIPTORS = (
    60  # a busier round opens more of the pool's connections; a leak would be hundreds
)
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


async def come_and_go(server: Server, chance: random.Random) -> int:
    """50 sockets, half of them walls, open and drop at random while 25 phones set 250 dots; the dots that
    were counted. Nobody says goodbye: a phone in a pocket does not either."""

    async def watch() -> None:
        for _ in range(chance.randint(1, 3)):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            path = chance.choice(["live/ws", "ws"])
            socket: Socket = await shake_hands(
                reader, writer, server.port, f"/e/{server.code}/{path}"
            )
            if chance.random() < 0.7:  # the rest leave before they have read anything
                await socket.json()
            writer.transport.abort()

    async def vote() -> int:
        phone = Phone(server.port)
        await phone.get(f"/e/{server.code}/1")
        done = 0
        for sequence in range(1, DOTS_EACH + 1):
            dot = {"offer": "kaoa", "knows": chance.choice(["yes", "no"]), "sequence": sequence}
            answer = await phone.post_json(f"/e/{server.code}/dots", dot)
            done += answer.status == 200 and answer.json()["status"] == "counted"
        phone.close()
        return done

    watching = [asyncio.create_task(watch()) for _ in range(SOCKETS)]
    done = sum(await asyncio.gather(*(vote() for _ in range(PHONES))))
    await asyncio.gather(*watching)
    return done


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
    dots = 0
    first: Held | None = None
    measured: list[Held] = []
    try:
        server.start(is_cold=True)
        server.enter("cafe")
        for done in range(WARMING_UP + ROUNDS):
            dots += finish(come_and_go(server, chance), within_s=PATIENCE_S)
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
        f"{dots} dots, {first.tasks} tasks, {first.descriptors} descriptors, {before:.0f} → {after:.0f} MB"
    )
    assert dots == (WARMING_UP + ROUNDS) * PHONES * DOTS_EACH
    assert after <= before + SLACK_MB


async def with_sockets(server: Server, measure: Callable[[], Held]) -> Held:
    """What is measured while 50 walls are connected."""
    async with AsyncExitStack() as walls:
        path = f"/e/{server.code}/live/ws"
        for _ in range(SOCKETS):
            wall = await walls.enter_async_context(socket_to(server.port, path))
            await wall.json()
        return await asyncio.to_thread(measure)


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
