"""D22: SIGTERM with a full hall."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import AsyncExitStack

from sqlmodel import select

from app.feedback.models import Dot
from tests.conftest import StartServer
from tests.phones import Phone, socket_to
from tests.running import Server, finish

SOCKETS = 500


def test_stopping_with_500_sockets_takes_less_than_5_s_and_finishes_what_is_in_flight(
    start_server: StartServer,
) -> None:
    """D22"""
    server = start_server()

    async def scenario() -> tuple[float, list[int], Counter[int | None]]:
        async with AsyncExitStack() as stack:
            paths = [f"/e/{server.code}/live/ws", f"/e/{server.code}/ws"]
            sockets = [
                await stack.enter_async_context(socket_to(server.port, paths[i % 2]))
                for i in range(SOCKETS)
            ]
            watching = [asyncio.create_task(until_closed(socket)) for socket in sockets]
            phones = [Phone(server.port) for _ in range(20)]
            for phone in phones:
                await phone.get(f"/e/{server.code}/1")
            foreign = sqlite3.connect(server.data / "worldcafe.db", isolation_level=None)
            foreign.execute("BEGIN IMMEDIATE")  # holds the writer up, so that writes are in flight
            sending = [asyncio.create_task(tap(server, phone)) for phone in phones]
            await asyncio.sleep(0.5)
            assert [task for task in sending if task.done()] == []
            stopping = asyncio.create_task(asyncio.to_thread(server.stop))
            await asyncio.sleep(0.5)
            foreign.execute("ROLLBACK")
            foreign.close()
            statuses = list(await asyncio.gather(*sending))
            stop_s = await stopping
            codes = Counter(await asyncio.gather(*watching))
            for phone in phones:
                phone.close()
            return stop_s, statuses, codes

    async def until_closed(socket: object) -> int | None:
        while await socket.text() is not None:  # type: ignore[attr-defined]
            pass
        code: int | None = socket.close_code  # type: ignore[attr-defined]
        return code

    stop_s, statuses, codes = finish(scenario(), within_s=60)

    print(f"stopped in {stop_s:.2f} s")
    assert statuses == [200] * 20
    assert codes == {1012: SOCKETS}, "service restart: clients come back by themselves"
    assert stop_s < 5
    with server.reading() as session:
        assert len(session.exec(select(Dot.device)).all()) == 20


async def tap(server: Server, phone: Phone) -> int:
    fields = {"offer": "umweltberatung", "knows": "yes", "sequence": 1}
    return (await phone.post_json(f"/e/{server.code}/dots", fields)).status


def test_whatever_was_acknowledged_before_the_end_is_stored(start_server: StartServer) -> None:
    """D22: phones that never stop tapping."""
    server = start_server(limits=False)
    acked: list[int] = [0] * 30

    async def tap_on(phone: Phone, index: int) -> None:
        sequence = 0
        try:
            while True:
                sequence += 1
                fields = {"offer": "umweltberatung", "knows": "yes", "sequence": sequence}
                answer = await phone.post_json(f"/e/{server.code}/dots", fields)
                assert answer.status == 200
                acked[index] = sequence
        except OSError:
            phone.close()

    async def scenario() -> float:
        phones = [Phone(server.port) for _ in acked]
        for phone in phones:
            await phone.get(f"/e/{server.code}/1")
        tapping = [asyncio.create_task(tap_on(phone, i)) for i, phone in enumerate(phones)]
        await asyncio.sleep(0.7)
        stop_s = await asyncio.to_thread(server.stop)
        await asyncio.gather(*tapping)
        return stop_s

    stop_s = finish(scenario())

    with server.reading() as session:
        stored = sorted(session.exec(select(Dot.sequence)))
    assert stop_s < 5
    assert len(stored) == 30
    lost = [
        (sequence, last)
        for sequence, last in zip(stored, sorted(acked), strict=True)
        if not last <= sequence <= last + 1
    ]
    assert lost == []
    assert sum(acked) > 100, "need a busy hall for this test to mean anything"
