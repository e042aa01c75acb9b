"""The line at the ledger: commands wait, one writer drains them into one transaction (group commit).

An answer leaves only after the commit, so what is acknowledged is durable; a failed commit is seen by
its senders and announced to nobody.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy.exc import IntegrityError, OperationalError

from app.changes import Batch
from app.database import Database
from app.errors import CannotStore, Refusal, Unknown
from app.feedback.commands import Command, Committed, Receipt

MAX_WAITING = 5_000  # about two seconds of work; past that nobody should be kept waiting
MAX_BATCH = 500
FILL_S = 0.005


class Store(Protocol):
    """Writes commands within a batch's transaction."""

    def commit(
        self, batch: Batch, commands: Sequence[Command]
    ) -> tuple[list[Receipt | Refusal], list[Committed]]:
        """An outcome for each command, in order, and what changed, an event each."""
        ...


class Ledger:
    """Takes commands in and tells `on_commit` what was stored."""

    def __init__(
        self, database: Database, store: Store, on_commit: Callable[[Committed], None]
    ) -> None:
        self._database = database
        self._store = store
        self._on_commit = on_commit
        self._line: list[tuple[Command, asyncio.Future[Any]]] = []
        self._drain: asyncio.Task[None] | None = None
        self._writing_since: float | None = None
        self.refused_at: float | None = None
        """`time.monotonic` when something last could not be stored."""

    @property
    def writing_s(self) -> float:
        """How long the writer has been at the batch in its hand; 0 while it rests."""
        since = self._writing_since
        return 0.0 if since is None else time.monotonic() - since

    async def enter(self, command: Command) -> Any:
        """The command's receipt, once it is durable; raises its Refusal, or CannotStore."""
        if len(self._line) >= MAX_WAITING:
            self.refused_at = time.monotonic()
            raise CannotStore(retry_after_s=2)
        outcome: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._line.append((command, outcome))
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._drain_line())
        return await outcome

    async def close(self) -> None:
        """Waits until everything in the line is stored and answered."""
        if self._drain is not None:
            await self._drain

    async def _drain_line(self) -> None:
        while self._line:
            await self._fill()
            batch, self._line = self._line[:MAX_BATCH], self._line[MAX_BATCH:]
            await self._commit(batch)

    async def _fill(self) -> None:
        """Lets those come along who are being read at this moment: a batch costs nearly the same with
        one as with twenty. A lone tap waits for two turns of the idle loop, a crowd for FILL_S."""
        loop = asyncio.get_running_loop()
        deadline, quiet_turns, waiting = loop.time() + FILL_S, 0, 0
        while quiet_turns < 2 and loop.time() < deadline:
            await asyncio.sleep(0)
            quiet_turns = quiet_turns + 1 if len(self._line) == waiting else 0
            waiting = len(self._line)

    async def _commit(self, batch: list[tuple[Command, asyncio.Future[Any]]]) -> None:
        commands = [command for command, _ in batch]
        self._writing_since = time.monotonic()
        try:
            receipts, changes = await asyncio.wrap_future(
                self._database.on_writer(self._store.commit, commands)
            )
        except Exception as error:  # noqa: BLE001  whatever it is, every sender gets an answer
            if len(batch) > 1 and not isinstance(error, OperationalError):
                for pair in batch:  # one bad row (an offer deleted a moment ago) fails alone
                    await self._commit([pair])
                return
            receipts, changes = [_refusal(error) for _ in batch], []
            if isinstance(receipts[0], CannotStore):
                self.refused_at = time.monotonic()
        else:
            self.refused_at = None
        finally:
            self._writing_since = None
        try:
            for change in changes:
                self._on_commit(change)
        finally:  # it is stored, whatever those who show it make of it
            for (_, outcome), receipt in zip(batch, receipts, strict=True):
                _answer(outcome, receipt)


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, IntegrityError):
        return Unknown()
    if not isinstance(error, OperationalError):  # ours to mend; a full disk or a lock is not
        logging.getLogger(__name__).error("a command failed", exc_info=error)
    return CannotStore(retry_after_s=2)


def _answer(outcome: asyncio.Future[Any], receipt: Receipt | Refusal) -> None:
    if outcome.done():  # the sender went away
        return
    if isinstance(receipt, Refusal):
        outcome.set_exception(receipt)
    else:
        outcome.set_result(receipt)
