"""An answer's head and body leave together, and nothing is lost when the connection closes."""

import asyncio

from app.operations.serving.one_write import OneWrite


class Wire:
    """What reached the transport below."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def close(self) -> None:
        self.sent.append(b"<closed>")

    def is_closing(self) -> bool:
        return self.sent[-1:] == [b"<closed>"]


async def turns(wire: Wire) -> None:
    answers = OneWrite(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
    answers.write(b"head ")
    answers.write(b"body")
    await asyncio.sleep(0)
    answers.write(b"next")
    await asyncio.sleep(0)
    answers.write(b"last")
    answers.close()
    await asyncio.sleep(0)
    assert answers.is_closing()


def test_what_is_written_in_one_turn_leaves_as_one_piece_before_the_close() -> None:
    wire = Wire()

    asyncio.run(turns(wire))

    assert wire.sent == [b"head body", b"next", b"last", b"<closed>"]


def test_who_speaks_another_protocol_writes_straight_after_what_was_held() -> None:
    async def upgrade() -> list[bytes]:
        wire = Wire()
        answers = OneWrite(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
        answers.write(b"an answer before")
        answers.straight().write(b"frame")
        return list(wire.sent)

    assert asyncio.run(upgrade()) == [b"an answer before", b"frame"]
