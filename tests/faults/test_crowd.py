"""A hall that comes, watches and goes."""

import asyncio
import json

import psutil
import pytest

from app.live.room import TICK_S
from tests.conftest import StartServer
from tests.crowd import PATIENCE_S, Listener, listeners
from tests.phones import Phone
from tests.running import Server, finish, until
from tests.soaking import times

WALLS, DOTS_A_SECOND, SECONDS = 1000, 200, times(5, 300)
COMINGS, AT_A_TIME = times(2000, 10_000), 200

pytestmark = pytest.mark.slow


def test_a_thousand_sockets_get_ten_states_a_second_at_most_and_the_last_one(
    start_on_both: StartServer,
) -> None:
    """L03: whoever watches ends at the right totals, and no state waits in memory for anybody."""
    server = start_on_both(limits=False)

    async def evening() -> tuple[list[Listener], float, int, int]:
        walls = await listeners(WALLS, server.port, f"/e/{server.code}/live/ws")
        phones = [Phone(server.port) for _ in range(10)]
        for phone in phones:
            await phone.get(f"/e/{server.code}/1")
        before = [wall.messages for wall in walls]
        held = memory_mb(server)
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), 0
        while sent < DOTS_A_SECOND * SECONDS:
            for phone in phones:
                sent += 1
                dot = {"offer": "umweltberatung", "knows": "yes", "sequence": sent}
                answer = await phone.post_json(f"/e/{server.code}/dots", dot)
                assert answer.status == 200, answer.body
            await asyncio.sleep(began + sent / DOTS_A_SECOND - loop.time())
        version = answer.json()["version"]
        async with asyncio.timeout(PATIENCE_S):
            while any(wall.state["version"] < version for wall in walls):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        took_s = loop.time() - began
        for phone in phones:
            phone.close()
        grown = memory_mb(server) - held
        for wall, first in zip(walls, before, strict=True):
            wall.messages -= first
        assert all(wall.is_open for wall in walls)
        for wall in walls:
            wall.leave()
        return walls, took_s, sent, int(grown)

    walls, took_s, sent, grown_mb = finish(evening(), within_s=2 * PATIENCE_S + 4 * SECONDS)

    most = max(wall.messages for wall in walls)
    print(f"{sent} dots in {took_s:.1f} s, {most} states, {grown_mb} MB more")
    assert most <= took_s / TICK_S + 2
    assert {wall.state["totals"]["yes"] for wall in walls} == {10}
    assert grown_mb < 30, (
        "a state is about 5 kB: a thousand of them waiting would be 5 MB each tick"
    )


def test_who_comes_and_goes_leaves_nothing(start_on_both: StartServer) -> None:
    """W16: half of them say goodbye, half of them just vanish."""
    server = start_on_both(limits=False)
    paths = (f"/e/{server.code}/live/ws", f"/e/{server.code}/ws")

    async def come_and_go(times: int) -> None:
        for turn in range(times // AT_A_TIME):
            here = await listeners(AT_A_TIME, server.port, paths[turn % 2])
            for number, listener in enumerate(here):
                if number % 2:
                    listener.leave()
                else:
                    listener.transport.write(b"\x88\x80" + bytes(4))
                    listener.transport.close()

    def open_sockets() -> int:
        held = psutil.Process(server.pid).net_connections("tcp")
        return sum(each.status != psutil.CONN_LISTEN for each in held)

    finish(come_and_go(COMINGS), within_s=COMINGS / 10)  # what is made once
    until(lambda: open_sockets() == 0)
    descriptors, held = psutil.Process(server.pid).num_fds(), memory_mb(server)

    finish(come_and_go(COMINGS), within_s=COMINGS / 10)

    until(lambda: open_sockets() == 0)
    assert psutil.Process(server.pid).num_fds() <= descriptors + 2
    state = json.loads(server.client().get(f"/e/{server.code}/live.json").text)
    assert state["phones"] == 0
    grown_mb = memory_mb(server) - held
    print(f"{grown_mb:.1f} MB more after {COMINGS} comings")
    assert grown_mb < COMINGS * 0.004, "4 kB each would be a leak; usually it is 1"


def memory_mb(server: Server) -> float:
    return float(psutil.Process(server.pid).memory_info().rss) / 1024 / 1024
