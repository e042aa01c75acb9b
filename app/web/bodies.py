"""No request body grows past a bound, announced or not, and none takes for ever to come."""

import asyncio
import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge, TooSlow
from app.web.refusals import refused

MAX_BYTES = 64 * 1024
MAX_S = 8  # for a whole body; the worst phone in the hall needs a second for a card


@dataclass(frozen=True, slots=True)
class Bound:
    """How large a body may be, and how long it may take; `too_large` is said of one that is larger."""

    most_bytes: int = MAX_BYTES
    within_s: int = MAX_S
    too_large: str = ""


USUAL = Bound()


class BodyLimit:
    """Refuses a body that says it is too large; raises TooLarge or TooSlow in the reader of one that
    turns out so.

    Where files are uploaded, `larger` says how large they may be, by a pattern of the whole path.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, Bound]) -> None:
        self.app = app
        self._larger = {re.compile(path): bound for path, bound in larger.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        bound = self._bound(scope["path"])
        if _is_announced_too_large(dict(scope["headers"]), bound.most_bytes):
            await refused(Request(scope), TooLarge(bound.too_large))(scope, receive, send)
            return

        received = 0
        is_whole = False
        deadline = asyncio.get_running_loop().time() + bound.within_s

        async def bounded() -> Message:
            nonlocal received, is_whole
            if is_whole:  # what is asked for now is whether the sender is still there
                return await receive()
            message = await _in_time(receive, deadline)
            received += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if received > bound.most_bytes:
                raise TooLarge(bound.too_large)
            return message

        await self.app(scope, bounded, send)

    def _bound(self, path: str) -> Bound:
        return next(
            (bound for pattern, bound in self._larger.items() if pattern.fullmatch(path)), USUAL
        )


async def body_of(receive: Receive, headers: Mapping[bytes, bytes]) -> bytes:
    """The whole body; raises TooLarge, TooSlow, or ClientDisconnect when the sender is gone before its
    end."""
    if _is_announced_too_large(headers):
        raise TooLarge
    body = bytearray()
    deadline = asyncio.get_running_loop().time() + MAX_S
    while True:
        message = await _in_time(receive, deadline)
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise TooLarge
        if not message.get("more_body"):
            return bytes(body)


async def _in_time(receive: Receive, deadline: float) -> Message:
    """What is there already is taken without a timer: most bodies come along with their head."""
    receiving = receive().__await__()
    try:
        waited_for = next(receiving)
    except StopIteration as received:
        message: Message = received.value
        return message
    try:
        async with asyncio.timeout_at(deadline):
            return await _Rest(receiving, waited_for)
    except TimeoutError:
        raise TooSlow from None


class _Rest:
    """The rest of an await that was begun, from what it waits for on."""

    def __init__(self, awaiting: Generator[Any, Any, Message], waited_for: Any) -> None:
        self._awaiting = awaiting
        self._waited_for = waited_for

    def __await__(self) -> Generator[Any, Any, Message]:
        yield self._waited_for
        return (yield from self._awaiting)


def _is_announced_too_large(headers: Mapping[bytes, bytes], most: int = MAX_BYTES) -> bool:
    announced = headers.get(b"content-length", b"0")
    return not announced.isdigit() or int(announced) > most
