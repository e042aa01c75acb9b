"""One message for one viewer; a newer one takes the place of an older that was not fetched yet."""

import asyncio


class Mailbox:
    """Newest wins: a slow viewer skips states and never makes anybody else wait."""

    def __init__(self) -> None:
        self._message: str | None = None
        self._arrived = asyncio.Event()

    def put(self, message: str) -> None:
        self._message = message
        self._arrived.set()

    async def take(self) -> str:
        """The newest message, as soon as there is one."""
        await self._arrived.wait()
        self._arrived.clear()
        message, self._message = self._message, None
        assert message is not None
        return message
