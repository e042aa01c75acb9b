"""Writes the ledger's batches into SQLite: all dots as two statements, cards and words one by one.

Everything is decided from rows read in the same transaction, and there is one writer: nothing is lost
between reading and writing.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

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
from app.planning.models import this_minute
from app.sqlite import Batch

# Many rows come as one JSON text: the driver hands the GIL over at each row it fetches, and the busy
# loop's thread does not give it back for milliseconds.
_EVENTS = """
    SELECT json_group_array(
        json_array(id, version, epoch, phase, is_paused, card_approval, word_approval))
    FROM event WHERE id IN (SELECT value FROM json_each(?))"""
_STORED_DOTS = """
    WITH asked (event_id, device, offer_key) AS (VALUES {rows})
    SELECT json_group_array(
        json_array(dot.event_id, dot.device, dot.offer_key, dot.knows, dot.sequence, dot.source))
    FROM asked CROSS JOIN dot USING (event_id, device, offer_key)"""
_UPSERT_DOTS = """
    INSERT INTO dot (event_id, device, offer_key, knows, sequence, source) VALUES {rows}
    ON CONFLICT (event_id, device, offer_key) DO UPDATE
    SET knows = excluded.knows, sequence = excluded.sequence, source = excluded.source"""
_RAISE_VERSION = "UPDATE event SET version = ?, changed_at = ? WHERE id = ?"

_KNOWS: Mapping[int | None, bool | None] = {1: True, 0: False, None: None}
_PIECE, _STEP = 64, 8  # rows a statement, and their number is a multiple of


@dataclass(slots=True)
class _Dot:
    knows: bool | None
    sequence: int
    source: str


class SqliteStore:
    """The ledger's store on SQLite (3.38 or newer)."""

    def commit(
        self, batch: Batch, commands: Sequence[Command]
    ) -> tuple[list[Receipt | Refusal], list[Committed]]:
        """See `ledger.Store.commit`. Raises what the database raises; then nothing of the batch is
        stored."""
        return _Commit(batch, commands).run()


class _Commit:
    def __init__(self, batch: Batch, commands: Sequence[Command]) -> None:
        self._execute = batch.driver.execute
        self._commands = commands
        self._texts = Texts(batch.connection)
        self._events = self._read_events()
        self._dots = self._read_dots()

    def run(self) -> tuple[list[Receipt | Refusal], list[Committed]]:
        outcomes = [self._outcome(command) for command in self._commands]
        self._write_dots()
        return outcomes, self._raise_versions()

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
            self._dots[key] = _Dot(command.knows, sequence, command.source)
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

    def _note(self, event: OpenEvent, key: DotKey, command: PlaceDot, stored: _Dot | None) -> None:
        earlier = event.moved.get(key)
        before = earlier.before if earlier else stored.knows if stored else None
        event.moved[key] = DotMoved(
            command.offer_key, command.device, command.source, before, command.knows
        )

    def _write_dots(self) -> None:
        keys = sorted(key for event in self._events.values() for key in event.moved)
        rows = [
            (*key, dot.knows, dot.sequence, dot.source)
            for key, dot in ((key, self._dots[key]) for key in keys)
        ]
        for statement, values in _in_pieces(_UPSERT_DOTS, rows):
            self._execute(statement, values)

    def _read_events(self) -> dict[int, OpenEvent]:
        ids = {command.event_id for command in self._commands}
        found = self._found(_EVENTS, (json.dumps(sorted(ids)),))
        return {row[0]: OpenEvent(*row) for row in found}

    def _read_dots(self) -> dict[DotKey, _Dot]:
        keys = {
            (command.event_id, command.device, command.offer_key)
            for command in self._commands
            if isinstance(command, PlaceDot)
        }
        return {
            (event_id, device, offer_key): _Dot(_KNOWS[knows], sequence, source)
            for statement, values in _in_pieces(_STORED_DOTS, sorted(keys))
            for event_id, device, offer_key, knows, sequence, source in self._found(
                statement, values
            )
        }

    def _found(self, query: str, values: tuple[Any, ...]) -> list[list[Any]]:
        rows: list[list[Any]] = json.loads(self._execute(query, values).fetchone()[0])
        return rows

    def _raise_versions(self) -> list[Committed]:
        changed = [event for event in self._events.values() if event.moved or event.has_texts]
        for event in changed:
            values = (event.next_version, f"{this_minute():%Y-%m-%d %H:%M:%S.%f}", event.id)
            self._execute(_RAISE_VERSION, values)
        return [
            Committed(event.id, event.next_version, tuple(event.moved.values()), event.has_texts)
            for event in changed
        ]


def _in_pieces(
    statement: str, rows: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The statement with places for some of the rows, and their values, until all had their turn.

    Only a few lengths occur, so that SQLite need not parse each anew: the last row is repeated to fill
    up, which changes nothing.
    """
    for start in range(0, len(rows), _PIECE):
        piece = rows[start : start + _PIECE]
        filled = [*piece, *[piece[-1]] * (-len(piece) % _STEP)]
        places = ",".join([f"({','.join('?' * len(piece[0]))})"] * len(filled))
        yield statement.format(rows=places), tuple(chain.from_iterable(filled))
