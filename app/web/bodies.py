"""No request body grows past a bound, announced or not."""

import re
from collections.abc import Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge
from app.web.refusals import refused

MAX_BYTES = 64 * 1024


class BodyLimit:
    """Refuses a body that says it is too large; raises TooLarge in the reader of one that turns out so.

    Where files are uploaded, `larger` says how many bytes, by a pattern of the whole path.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int]) -> None:
        self.app = app
        self._larger = {re.compile(path): most for path, most in larger.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        most = self._most(scope["path"])
        if _is_announced_too_large(dict(scope["headers"]), most):
            await refused(Request(scope), TooLarge())(scope, receive, send)
            return

        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise TooLarge
            return message

        await self.app(scope, bounded, send)

    def _most(self, path: str) -> int:
        return next(
            (most for pattern, most in self._larger.items() if pattern.fullmatch(path)), MAX_BYTES
        )


async def body_of(receive: Receive, headers: Mapping[bytes, bytes]) -> bytes:
    """The whole body; raises TooLarge, or ClientDisconnect when the sender is gone before its end."""
    if _is_announced_too_large(headers):
        raise TooLarge
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise TooLarge
        if not message.get("more_body"):
            return bytes(body)


def _is_announced_too_large(headers: Mapping[bytes, bytes], most: int = MAX_BYTES) -> bool:
    announced = headers.get(b"content-length", b"0")
    return not announced.isdigit() or int(announced) > most
