"""Measures what the desk's traffic light shows, while a desk looks and no more often than all desks need."""

import contextlib
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import UTC, datetime
from threading import Lock

from sqlmodel import Session

from app.backups.backing_up import Backups
from app.database import Database
from app.errors import CannotStore
from app.feedback.ledger import Ledger
from app.live.hub import Hub
from app.machine.drives import free_bytes
from app.machine.network import OwnAddress
from app.moderation.light import LITTLE_MB, MB, Light, Measured, light_of
from app.planning.models import Event
from app.planning.queries import is_running
from app.settings import Settings

EVERY_S = 2.0  # a look at the writer, the disk, the networks
PATIENCE_S = 0.5  # for the writer, which usually takes a millisecond


class Vitals:
    """Made at start, in `request.state.vitals`; its methods are called from threads."""

    def __init__(
        self, settings: Settings, database: Database, backups: Backups, ledger: Ledger, hub: Hub
    ) -> None:
        self._data, self._backups = settings.data, backups
        self._is_shared = settings.is_shared
        self._own = OwnAddress(settings.address)
        self._database, self._ledger, self._hub = database, ledger, hub
        self._lock = Lock()
        self._asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vitals")
        self._asked: Future[None] | None = None
        self._asked_at = 0.0
        self._refused_at: float | None = None
        self._looked_at = 0.0
        self._seen = Measured()

    def light(self, event: Event) -> Light:
        """Blocks for PATIENCE_S at most."""
        assert event.id is not None
        with self._lock:
            now = self._measured()
        voted_at = self._hub.voted_at(event.id)
        return light_of(
            now,
            is_running=is_running(event),
            vote_s=None if voted_at is None else time.monotonic() - voted_at,
            devices=self._hub.devices(event.id),
        )

    def close(self) -> None:
        self._asking.shutdown(wait=False, cancel_futures=True)

    def _measured(self) -> Measured:
        self._ask_the_writer()
        now = time.monotonic()
        if now - self._looked_at >= EVERY_S:
            self._looked_at = now
            made_at = self._backups.standing.newest_at
            self._seen = Measured(
                free_mb=self._free_mb(),
                backup_s=None if made_at is None else (datetime.now(UTC) - made_at).total_seconds(),
                moved_to=self._own.moved_to(),
            )
        refusals = [at for at in (self._refused_at, self._ledger.refused_at) if at is not None]
        asked = self._asked
        waiting_s = now - self._asked_at if asked is not None and not asked.done() else 0.0
        return Measured(
            writing_s=max(waiting_s, self._ledger.writing_s),
            refused_s=now - max(refusals) if refusals else None,
            free_mb=self._seen.free_mb,
            backup_s=self._seen.backup_s,
            has_backups=not self._is_shared,
            moved_to=self._seen.moved_to,
        )

    def _ask_the_writer(self) -> None:
        """For a transaction that writes nothing: a lock, a read-only file show before somebody's dot does."""
        if self._asked is not None and self._asked.done():
            self._hear(self._asked)
        if self._asked is None or (
            self._asked.done() and time.monotonic() - self._asked_at >= EVERY_S
        ):
            self._asked_at = time.monotonic()
            self._asked = self._asking.submit(self._database.write, _nothing)
        # it is heard the next time: what was last heard still holds
        with contextlib.suppress(NotYet):
            self._hear(self._asked)

    def _hear(self, asked: Future[None]) -> None:
        try:
            asked.result(PATIENCE_S)
        except CannotStore:
            self._refused_at = time.monotonic()
        else:
            self._refused_at = None

    def _free_mb(self) -> int:
        if self._is_shared:
            return LITTLE_MB  # nothing is stored here
        try:
            return free_bytes(self._data) // MB
        except OSError:
            return LITTLE_MB  # nobody says; the writer will


def _nothing(session: Session) -> None:
    session.connection()
