"""Listens to a live socket as a page does: again and again, until told to stop."""

import asyncio
import random
from collections.abc import Callable

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from app.operations.rehearsal.sender import origin_of

LARGEST_STATE = 8 * 1024 * 1024


async def follow(
    address: str,
    path: str,
    *,
    receive: Callable[[str], None],
    connected: Callable[[], None],
) -> None:
    """Hands every message to `receive`, tells `connected` of each connection; never ends."""
    url = f"ws{address.removeprefix('http')}{path}"
    while True:
        try:
            async with connect(
                url,
                origin=Origin(origin_of(address)),
                compression=None,
                proxy=None,
                max_size=LARGEST_STATE,
                ping_interval=None,
            ) as socket:
                connected()
                async for message in socket:
                    receive(message if isinstance(message, str) else message.decode())
        except (OSError, EOFError, WebSocketException):
            pass  # the server is away; a page tries again, and so do we
        await asyncio.sleep(random.uniform(0.1, 0.5))
