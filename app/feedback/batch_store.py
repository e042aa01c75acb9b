"""Decides on the ledger's batches: the same for every database, which only reads and writes rows.

Everything is decided from rows read in the same transaction, and nobody else changes these events until
its end: nothing is lost between reading and writing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.changes import Batch
from app.errors import Refusal, Unknown
from app.feedback.commands import (
    Command,
    Committed,
    DotMoved,
    DotReceipt,
    PlaceDot,
    Receipt,
    SubmitCard,
    SubmitWord,
    SupportCard,
    WithdrawCard,
    WithdrawWord,
)
from app.feedback.opening import DOTS_AND_CARDS, DotKey, OpenEvent
from app.feedback.texts import Texts


@dataclass(slots=True)
class StoredDot:
    knows: bool | None
    sequence: int
    source: str


class Rows(Protocol):
    """The rows of one batch's transaction. All raise what the database raises."""

    def read(
        self, ids: Sequence[int], keys: Sequence[DotKey]
    ) -> tuple[list[OpenEvent], dict[DotKey, StoredDot]]:
        """Those of these events and dots that there are. Nobody else changes the events, or dots of theirs,
        from now until the transaction ends."""
        ...

    def write(self, dots: Sequence[tuple[DotKey, StoredDot]], events: Sequence[OpenEvent]) -> None:
        """Stores dots, each key once and in order, and raises the events to their `next_version`, changed
        this minute. Perhaps only with the COMMIT: nothing of it may be read in this transaction."""
        ...


class BatchStore:
    """The ledger's store (see `ledger.Store`), once it is said how rows are read and written."""

    def rows(self, batch: Batch) -> Rows:
        raise NotImplementedError

    def commit(
        self, batch: Batch, commands: Sequence[Command]
    ) -> tuple[list[Receipt | Refusal], list[Committed]]:
        """See `ledger.Store.commit`. Raises what the database raises; then nothing of the batch is
        stored."""
        return _Commit(self.rows(batch), Texts(batch.connection), commands).run()


class _Commit:
    def __init__(self, rows: Rows, texts: Texts, commands: Sequence[Command]) -> None:
        self._rows, self._texts, self._commands = rows, texts, commands
        ids = sorted({command.event_id for command in commands})
        keys = {
            (command.event_id, command.device, command.offer_key)
            for command in commands
            if isinstance(command, PlaceDot)
        }
        events, self._dots = rows.read(ids, sorted(keys))
        self._events = {event.id: event for event in events}

    def run(self) -> tuple[list[Receipt | Refusal], list[Committed]]:
        outcomes = [self._outcome(command) for command in self._commands]
        return outcomes, self._write()

    def _outcome(self, command: Command) -> Receipt | Refusal:
        event = self._events.get(command.event_id)
        if event is None:
            return Unknown()
        try:
            event.recognise(command)
            return self._do(event, command)
        except Refusal as refusal:
            return refusal

    def _do(self, event: OpenEvent, command: Command) -> Receipt:
        match command:
            case PlaceDot():
                return self._place_dot(event, command)
            case SubmitCard():
                return self._texts.submit_card(event, command)
            case WithdrawCard():
                return self._texts.withdraw_card(event, command)
            case SupportCard():
                return self._texts.support_card(event, command)
            case SubmitWord():
                return self._texts.submit_word(event, command)
            case WithdrawWord():
                return self._texts.withdraw_word(event, command)

    def _place_dot(self, event: OpenEvent, command: PlaceDot) -> DotReceipt:
        key = (event.id, command.device, command.offer_key)
        stored = self._dots.get(key)
        sequence = command.sequence
        if stored is None or (sequence, command.knows) != (stored.sequence, stored.knows):
            event.admit(DOTS_AND_CARDS)  # a repetition gets its answer whatever the phase is by now
        if sequence is None:
            sequence = max(int(time.time() * 1000), stored.sequence + 1 if stored else 0)
        if stored is None or sequence > stored.sequence:
            self._note(event, key, command, stored)
            self._dots[key] = StoredDot(command.knows, sequence, command.source)
            return DotReceipt(
                "counted", command.offer_key, command.knows, sequence, event.next_version
            )
        is_repeated = (sequence, command.knows) == (stored.sequence, stored.knows)
        return DotReceipt(
            "counted" if is_repeated else "superseded",
            command.offer_key,
            stored.knows,
            stored.sequence,
            event.next_version if key in event.moved else event.version,
        )

    def _note(
        self, event: OpenEvent, key: DotKey, command: PlaceDot, stored: StoredDot | None
    ) -> None:
        earlier = event.moved.get(key)
        before = earlier.before if earlier else stored.knows if stored else None
        event.moved[key] = DotMoved(
            command.offer_key, command.device, command.source, before, command.knows
        )

    def _write(self) -> list[Committed]:
        changed = [event for event in self._events.values() if event.moved or event.has_texts]
        if changed:
            keys = sorted(key for event in changed for key in event.moved)
            self._rows.write([(key, self._dots[key]) for key in keys], changed)
        return [
            Committed(event.id, event.next_version, tuple(event.moved.values()), event.has_texts)
            for event in changed
        ]
