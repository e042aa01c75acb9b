"""Addresses as posters say them and people type them."""

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.types import ASGIApp, Receive, Scope, Send


class ShortNumber(IntegerConvertor):
    """`{number:int}` of every route: Python reads no number of thousands of digits, which would be a 500
    where there is nothing to be found."""

    regex = "[0-9]{1,9}"


register_url_convertor("int", ShortNumber())


class PrintedAddresses:
    """`/E/K7M4QX/3` is `/e/K7M4QX/3`, since an all upper-case address makes a smaller QR code, and so is
    `/e/K7M4QX/3/`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and scope["path"][:3] in ("/e/", "/E/"):
            scope["path"] = "/e/" + scope["path"][3:].rstrip("/")
        await self.app(scope, receive, send)
