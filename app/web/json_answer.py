"""A short JSON answer with all its headers: what a tap gets, so it is made with as little work as can be."""

import json
from typing import Any

from starlette.types import Receive, Scope, Send

from app.web.headers import EVERYWHERE, ON_THE_REST

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    *EVERYWHERE,
    *ON_THE_REST,
]


class ShortJson:
    """An ASGI app that answers 200 with `content`."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._body = _encoded(content).encode()

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        length = (b"content-length", b"%d" % len(self._body))
        await send({"type": "http.response.start", "status": 200, "headers": [length, *_HEADERS]})
        await send({"type": "http.response.body", "body": self._body})
