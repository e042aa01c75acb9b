"""What other nodes have changed: heard at once, and looked for, since a notification may get lost.

On the channel is said: [node, event id, version, is_plan, is_vote] of a committed change, and every SAID_S
{node: {event id: phones}} of those who are connected there.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from app.changes import Change
from app.postgres.locks import CHANNEL

STEP_S = 0.5
SAID_S = 2.0
LOOK_S = 3.0  # with what a look and a tick take, any wall is right within five seconds
FORGOTTEN_S = 3 * SAID_S  # a node that says nothing any more
PATIENCE_S = (0.2, 0.5, 1, 2)  # between two tries to connect

Connection = psycopg.Connection[Any]


class News:
    """Listens on a thread and a connection of its own until `close`. `tell` is called on that thread."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        node: str,
        tell: Callable[[list[Change]], None],
        phones_here: Callable[[], dict[int, int]],
    ) -> None:
        self._connect, self._node, self._tell = connect, node, tell
        self._phones_here = phones_here
        self._phones: dict[str, tuple[float, dict[int, int]]] = {}
        self._versions: dict[int, int] | None = None
        self._is_in_doubt = False
        self._said_at = self._looked_at = 0.0
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_listening, name="news", daemon=True)
        self._thread.start()

    def phones(self, event_id: int) -> int:
        """Connected to other nodes."""
        now = time.monotonic()
        return sum(
            phones.get(event_id, 0)
            for at, phones in list(self._phones.values())
            if now - at < FORGOTTEN_S
        )

    def doubt(self) -> None:
        """A commit got no answer: whether it was one, the next look shows."""
        self._is_in_doubt = True

    def close(self) -> None:
        self._is_stopping.set()
        self._thread.join()

    def _keep_listening(self) -> None:
        """Has the tables measured first: just restored they have no statistics, and reading a wall with
        50,000 words took 30 s."""
        failures = 0
        is_measured = False
        while not self._is_stopping.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._look(connection)
                    if not is_measured:
                        is_measured = True  # once, even if it fails: to listen matters more
                        connection.execute("ANALYZE")
                    failures = 0
                    while not self._is_stopping.is_set():
                        self._step(connection)
            except Exception as error:
                if not failures:  # once: it may take long
                    is_usual = isinstance(error, psycopg.OperationalError)
                    logging.getLogger(__name__).warning(
                        "other nodes are not heard", exc_info=None if is_usual else error
                    )
                self._is_stopping.wait(PATIENCE_S[min(failures, len(PATIENCE_S) - 1)])
                failures += 1

    def _step(self, connection: Connection) -> None:
        heard = connection.notifies(timeout=STEP_S, stop_after=1)
        changes = [change for notice in heard if (change := self._understood(notice.payload))]
        if changes:
            self._tell(changes)
        now = time.monotonic()
        if now - self._said_at >= SAID_S:
            self._said_at = now
            said = json.dumps({self._node: self._phones_here()})
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, said))
        if now - self._looked_at >= LOOK_S:
            self._look(connection)

    def _understood(self, payload: str) -> Change | None:
        """None for what is no change, or our own."""
        try:
            said = json.loads(payload)
            if isinstance(said, dict):
                self._count_phones(said)
                return None
            node, *changed = said
            change = Change(*changed)
            if self._versions is not None:
                known = self._versions.get(change.event_id, 0)
                self._versions[change.event_id] = max(change.version, known)
        except (ValueError, TypeError, AttributeError):
            logging.getLogger(__name__).warning("what was said on the channel is not understood")
            return None
        return change if node != self._node else None

    def _count_phones(self, said: dict[str, dict[str, int]]) -> None:
        for node, phones in said.items():
            if node != self._node:
                counts = {int(event_id): count for event_id, count in phones.items()}
                self._phones[node] = (time.monotonic(), counts)

    def _look(self, connection: Connection) -> None:
        """What has changed without our hearing of it; it may have been anything."""
        self._looked_at = time.monotonic()
        known, all_of_them, self._is_in_doubt = self._versions, self._is_in_doubt, False
        found = dict(connection.execute("SELECT id, version FROM event").fetchall())
        self._versions = found
        if known is None:
            return
        changes = [
            Change(event_id, version, is_plan=True)
            for event_id, version in found.items()
            if all_of_them or version > known.get(event_id, 0)
        ]
        gone = known.keys() - found.keys()
        changes += [Change(event_id, known[event_id] + 1, is_plan=True) for event_id in gone]
        if changes:
            self._tell(changes)
