"""No request body grows past a bound, announced or not, and none takes for ever to come."""

import asyncio
from collections.abc import Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge, TooSlow
from app.web.refusals import refused

MAX_BYTES = 64 * 1024
MAX_S = 8  # for a whole body; the worst phone in the hall needs a second for a card


class BodyLimit:
    """Refuses a body that says it is too large; raises TooLarge or TooSlow in the reader of one that
    turns out so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        if _is_announced_too_large(dict(scope["headers"])):
            await refused(Request(scope), TooLarge())(scope, receive, send)
            return

        received = 0
        is_whole = False
        deadline = asyncio.get_running_loop().time() + MAX_S

        async def bounded() -> Message:
            nonlocal received, is_whole
            if is_whole:  # what is asked for now is whether the sender is still there
                return await receive()
            message = await _in_time(receive, deadline)
            received += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if received > MAX_BYTES:
                raise TooLarge
            return message

        await self.app(scope, bounded, send)


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
    try:
        async with asyncio.timeout_at(deadline):
            return await receive()
    except TimeoutError:
        raise TooSlow from None


def _is_announced_too_large(headers: Mapping[bytes, bytes]) -> bool:
    announced = headers.get(b"content-length", b"0")
    return not announced.isdigit() or int(announced) > MAX_BYTES
