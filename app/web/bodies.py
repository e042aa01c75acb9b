"""No request body grows past a bound, announced or not."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge
from app.web.refusals import refused

MAX_BYTES = 64 * 1024


class BodyLimit:
    """Refuses a body that says it is too large; raises TooLarge in the reader of one that turns out so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > MAX_BYTES:
            await refused(Request(scope), TooLarge())(scope, receive, send)
            return

        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BYTES:
                raise TooLarge
            return message

        await self.app(scope, bounded, send)
