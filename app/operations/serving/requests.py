"""Our HTTP: answers in one piece."""

import asyncio

from app.operations.serving.one_write import OneWrite

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Http
except ImportError:  # Windows has no httptools: there a parser in plain Python does the same
    from uvicorn.protocols.http.h11_impl import H11Protocol as _Http  # type: ignore[assignment]


class Requests(_Http):
    """HTTP whose answers leave in one piece."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(OneWrite(transport, self.loop))  # type: ignore[arg-type]
