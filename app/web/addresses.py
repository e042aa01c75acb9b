"""Addresses as posters say them and people type them."""

from starlette.types import ASGIApp, Receive, Scope, Send


class PrintedAddresses:
    """`/E/K7M4QX/3` is `/e/K7M4QX/3`, since an all upper-case address makes a smaller QR code, and so is
    `/e/K7M4QX/3/`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and scope["path"][:3] in ("/e/", "/E/"):
            scope["path"] = "/e/" + scope["path"][3:].rstrip("/")
        await self.app(scope, receive, send)
