"""Who does not answer is dropped, over the wire."""

import asyncio
from collections.abc import Callable

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from app.operations.serving import sockets
from app.operations.serving.pulse import ROUND_S
from app.operations.serving.sockets import Sockets
from tests.conftest import StartServer
from tests.phones import socket_to
from tests.running import finish

ROUNDS = 3.5
MASK = b"\x12\x84\x8a\x7f"


def pong(payload: bytes) -> bytes:
    masked = bytes(byte ^ MASK[i % 4] for i, byte in enumerate(payload))
    return bytes([0x8A, 0x80 | len(payload)]) + MASK + masked


ANSWERS: dict[str, Callable[[bytes], list[bytes]]] = {
    "what was asked": lambda asked: [pong(asked)],
    "in two pieces": lambda asked: [pong(asked)[:5], pong(asked)[5:]],
    "something said before": lambda asked: [pong(b"hello") + pong(asked)],
    "something else": lambda asked: [pong(b"else")],
    "less": lambda asked: [pong(asked[:3])],
    "nothing": lambda _asked: [],
}


@pytest.mark.slow
def test_who_answers_stays_and_who_does_not_is_told_so_and_dropped(
    start_server: StartServer,
) -> None:
    server = start_server()

    async def viewer(name: str) -> tuple[int, int | None]:
        """How often it was asked, and the code of its end."""
        asked, code = 0, None
        async with socket_to(server.port, f"/e/{server.code}/ws") as socket:
            try:
                async with asyncio.timeout(ROUNDS * ROUND_S):
                    while code is None:
                        first, length = await socket.reader.readexactly(2)
                        if length == 126:
                            length = int.from_bytes(await socket.reader.readexactly(2))
                        payload = await socket.reader.readexactly(length)
                        if first == 0x89:
                            asked += 1
                            for piece in ANSWERS[name](payload):
                                socket.writer.write(piece)
                                await asyncio.sleep(0.1)
                        elif first == 0x88:
                            code = int.from_bytes(payload[:2])
            except TimeoutError:
                pass
        return asked, code

    async def evening() -> dict[str, tuple[int, int | None]]:
        return dict(zip(ANSWERS, await asyncio.gather(*map(viewer, ANSWERS)), strict=True))

    stays, goes = (3, None), (1, 1011)
    assert finish(evening()) == {
        "what was asked": stays,
        "in two pieces": stays,
        "something said before": stays,
        "something else": goes,
        "less": goes,
        "nothing": goes,
    }


def test_with_a_uvicorn_that_we_do_not_know_who_answers_its_own_questions_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sockets, "KNOWS_UVICORN", False)

    async def silent(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await receive()

    async def evening() -> list[int]:
        """The first bytes of what the viewer got, who answers each question."""
        config = uvicorn.Config(silent, ws_ping_interval=0.01, log_config=None)
        serving = await asyncio.get_running_loop().create_server(
            lambda: Sockets(config, ServerState(), {}), "127.0.0.1", 0
        )
        got = []
        async with serving, socket_to(serving.sockets[0].getsockname()[1], "/") as socket:
            while len(got) < ROUNDS:
                first, length = await socket.reader.readexactly(2)
                got.append(first)
                socket.writer.write(pong(await socket.reader.readexactly(length)))
        return got

    assert finish(evening()) == [0x89, 0x89, 0x89, 0x89]
