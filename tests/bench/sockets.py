"""`python -m tests.bench.sockets`: a crowd that watches. How long a state takes to the last of them, against
frames written to bare transports; what a dot costs meanwhile; what a socket costs in memory.

The clients run in this process, on the other core, and are part of what is measured: the same for both.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import psutil
import uvloop

from tests.crowd import Listener, listeners
from tests.phones import Phone
from tests.running import Server, free_port, load_event

CROWDS = (1000, 5000)
STATES = 30
QUIET_S = 0.4  # between two states: each goes out at once
DOTS_A_SECOND, DOTS_S, PHONES = 500, 15, 50
Trigger = Callable[[], Awaitable[None]]
Figures = dict[str, float]
"""By what they measure, for the closing table: see where they are noted."""


def main() -> Figures:
    figures: Figures = {}
    print(
        "| sockets | last client p50 / p95 ms | : bare transports | own stall ms | KiB a socket |"
    )
    print("| --- | --- | --- | --- | --- |")
    for crowd in CROWDS:
        with tempfile.TemporaryDirectory() as folder:
            print(_row(Path(folder), crowd, figures), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        print(f"\n{_busy(Path(folder), CROWDS[0], figures)}")
    return figures


def _row(folder: Path, crowd: int, figures: Figures) -> str:
    server, stalls = _watched(folder)
    try:
        before = psutil.Process(server.pid).memory_info().rss
        generator: list[float] = []
        ours, size, after, longest = uvloop.run(_to_all_of_ours(server, crowd, stalls, generator))
    finally:
        server.give_up()
    with ExitStack() as running:
        port = free_port()
        raw = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.raw_sockets", str(port), str(size)]
        )
        running.callback(raw.wait, 10)
        running.callback(raw.terminate)
        bare = uvloop.run(_to_all_of_bare(port, crowd))
    ratio = statistics.median(ours) / statistics.median(bare)
    figures |= {
        f"{crowd} ratio": ratio,
        f"{crowd} p50 ms": statistics.median(ours),
        f"{crowd} stall ms": longest,
        f"{crowd} KiB": (after - before) / 1024 / crowd,
        f"{crowd} generator": statistics.median(generator),
    }
    return (
        f"| {crowd} | {_both(ours)} | {ratio:.2f} ({_both(bare)}) | {longest:.1f} "
        f"| {(after - before) / 1024 / crowd:.1f} |"
    )


async def _to_all_of_ours(
    server: Server, crowd: int, stalls: Path, generator: list[float]
) -> tuple[list[float], int, int, float]:
    """ms from the first to the last who is shown a state; a state's size; the server's memory; its
    longest stall in ms."""
    walls = await listeners(crowd, server.port, f"/e/{server.code}/live/ws")
    phone = Phone(server.port)
    await phone.get(f"/e/{server.code}/1")

    async def dot() -> None:
        fields = {"offer": "umweltberatung", "knows": random.choice(["yes", "no"])}
        assert (await phone.post_json(f"/e/{server.code}/dots", fields)).status == 200

    await asyncio.sleep(2)
    memory = psutil.Process(server.pid).memory_info().rss
    _forget(stalls)
    times = await _states(walls, dot, generator)
    longest, size = _longest(stalls), len(walls[0].last)
    phone.close()
    for wall in walls:
        wall.leave()
    return times, size, memory, longest


async def _to_all_of_bare(port: int, crowd: int) -> list[float]:
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            break
        except OSError:
            await asyncio.sleep(0.05)
    walls = await listeners(crowd, port, "/")

    async def tell() -> None:
        writer.write(b"GET / HTTP/1.1\r\n\r\n")

    times = await _states(walls, tell, [])
    writer.close()
    for wall in walls:
        wall.leave()
    return times


async def _states(walls: list[Listener], trigger: Trigger, generator: list[float]) -> list[float]:
    times = []
    for _ in range(STATES):
        await asyncio.sleep(QUIET_S)
        for wall in walls:
            wall.messages = 0
        began, own = time.perf_counter(), time.process_time()
        await trigger()
        while not all(wall.messages for wall in walls):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        generator.append((time.process_time() - own) / (time.perf_counter() - began))
        arrived = [wall.last_at for wall in walls]
        times.append((max(arrived) - min(arrived)) * 1000)
    return times


# --- dots amid the crowd ----------------------------------------------------------------------------


def _busy(folder: Path, crowd: int, figures: Figures) -> str:
    """Dots at a steady rate from a process of its own, while this one is the crowd."""
    server, stalls = _watched(folder)
    try:
        return uvloop.run(_amid(server, crowd, stalls, figures))
    finally:
        server.give_up()


async def _amid(server: Server, crowd: int, stalls: Path, figures: Figures) -> str:
    walls = await listeners(crowd, server.port, f"/e/{server.code}/live/ws")
    await asyncio.sleep(2)
    _forget(stalls)
    before = os.times()
    tapping = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.sockets", str(server.port), server.code,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    os.nice(10)  # whoever taps is to measure the server, and not how busy the listeners are
    told, noted = (await tapping.communicate())[0].decode().strip().split("\n")
    after = os.times()
    spent = after.user + after.system - before.user - before.system
    tapped = sum(after[2:4]) - sum(before[2:4])  # by the process that has just ended
    longest = _longest(stalls)
    figures |= json.loads(noted) | {"generator": (spent + tapped) / DOTS_S}
    for wall in walls:
        wall.leave()
    return (
        f"{told} Longest own stall of the loop {longest:.1f} ms."
        f" The {crowd} listening clients took {spent / DOTS_S:.0%} of a core."
    )


async def tap(port: int, code: str) -> None:
    """Prints what a dot took, to its answer and to the wall."""
    phones = [Phone(port) for _ in range(PHONES)]
    for phone in phones:
        await phone.get(f"/e/{code}/1")
    (wall,) = await listeners(1, port, f"/e/{code}/live/ws")
    shown: list[tuple[int, float]] = []

    def note() -> None:
        if not wall.state.get("heartbeat"):
            shown.append((wall.state["version"], wall.last_at))

    wall.on_message = note
    answers: list[tuple[int, float, float]] = []  # version, sent, ms
    loop, sequence = asyncio.get_running_loop(), 0
    began = loop.time()

    async def one(phone: Phone) -> None:
        nonlocal sequence
        while (ahead := began + sequence / DOTS_A_SECOND) < began + DOTS_S:
            sequence += 1
            mine = sequence
            await asyncio.sleep(ahead - loop.time())
            sent = time.perf_counter()
            fields = {
                "offer": "umweltberatung",
                "knows": "yes" if mine % 2 else "no",
                "sequence": mine,
            }
            answer = await phone.post_json(f"/e/{code}/dots", fields)
            assert answer.status == 200, answer.body
            answers.append((answer.json()["version"], sent, (time.perf_counter() - sent) * 1000))

    await asyncio.gather(*(one(phone) for phone in phones))
    last = max(version for version, _, _ in answers)
    async with asyncio.timeout(20):
        while shown[-1][0] < last:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    to_wall, state = [], iter(shown)
    version, at = next(state)
    for told, sent, _ in sorted(answers):
        while version < told:
            version, at = next(state)
        to_wall.append((at - sent) * 1000)
    took = sorted(ms for _, _, ms in answers)
    print(
        f"{len(answers)} dots in {DOTS_S} s: p50 / p99 {_at(took, 50):.1f} / {_at(took, 99):.1f} ms;"
        f" to the wall p50 / p95 {_at(sorted(to_wall), 50):.0f} / {_at(sorted(to_wall), 95):.0f} ms."
    )
    print(
        json.dumps(
            {
                "dot p99 ms": _at(took, 99),
                "to wall p50 ms": _at(sorted(to_wall), 50),
                "to wall p95 ms": _at(sorted(to_wall), 95),
            }
        )
    )


class WatchedServer(Server):
    def _program(self) -> list[str]:
        return ["tests.bench.watched"]


def _watched(folder: Path) -> tuple[Server, Path]:
    data, stalls = folder / "data", folder / "stalls"
    key, code = load_event(data)
    server = WatchedServer(data, WORLDCAFE_LIMITS="off", BENCH_STALLS=str(stalls))
    server.event, server.code = key, code
    server.start(is_cold=True)
    server.enter("cafe")
    return server, stalls


def _forget(stalls: Path) -> None:
    """Those of a whole crowd that comes at the same moment; that it leaves is not looked at, either."""
    stalls.write_text("")


def _longest(stalls: Path) -> float:
    return max(float(line) for line in stalls.read_text().split())


def _both(times: list[float]) -> str:
    return f"{_at(sorted(times), 50):.0f} / {_at(sorted(times), 95):.0f}"


def _at(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    if len(sys.argv) == 3:
        uvloop.run(tap(int(sys.argv[1]), sys.argv[2]))
    else:
        main()
