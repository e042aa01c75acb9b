"""Only our own pages may change anything or open a socket."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, NotAllowed
from app.web.refusals import refused

SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
FOREIGN = N_("Diese Anfrage kommt von einer fremden Seite.")


class Origins:
    """Who is at home: the public address, loopback, and the address of this machine the connection
    arrived at (so a phone on the local network is at home whatever the machine is called).

    The Host header proves nothing and is not asked. Plain clients send no Origin and are taken.
    """

    def __init__(self, public_address: str) -> None:
        self.public_address = public_address

    def has(self, scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
        """Whether the page that sends this request or opens this socket is ours."""
        if b"origin" not in headers:
            return headers.get(b"sec-fetch-site", b"none") in (b"same-origin", b"none")
        origin = headers[b"origin"].decode("latin-1")
        if origin == self.public_address:
            return True
        host, port = scope.get("server") or ("", None)
        try:
            parts = urlsplit(origin)
            claimed = (parts.scheme, parts.hostname, parts.port or 80)
        except ValueError:
            return False
        return claimed in {("http", own, port) for own in (host, *LOOPBACK)}


class OwnOrigin:
    """Refuses unsafe requests and WebSocket handshakes that another site's page sends."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self.app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self._is_own(scope):
            await send({"type": "websocket.close", "code": 1008})  # before accept: a 403
            return
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._is_own(scope):
            await refused(Request(scope), NotAllowed(FOREIGN))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        return self._origins.has(scope, dict(scope["headers"]))
