"""Writes the ledger's batches into SQLite: all dots as two statements, cards and words one by one.

Everything is decided from rows read in the same transaction, and there is one writer: nothing is lost
between reading and writing.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

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
from app.feedback.models import Source
from app.feedback.opening import DOTS_AND_CARDS, DotKey, OpenEvent
from app.feedback.texts import Texts
from app.planning.models import this_minute

# Many rows come as one JSON text: the driver hands the GIL over at each row it fetches, and the busy
# loop's thread does not give it back for milliseconds.
_EVENTS = """
    SELECT json_group_array(
        json_array(id, version, epoch, phase, is_paused, card_approval, word_approval))
    FROM event WHERE id IN (SELECT value FROM json_each(?))"""
_STORED_DOTS = """
    SELECT json_group_array(json_array(
        dot.event_id, dot.device, dot.offer_key, dot.knows, dot.sequence, dot.source))
    FROM json_each(?) JOIN dot ON dot.event_id = json_extract(value, '$[0]')
        AND dot.device = json_extract(value, '$[1]') AND dot.offer_key = json_extract(value, '$[2]')"""
_UPSERT_DOTS = """
    INSERT INTO dot (event_id, device, offer_key, knows, sequence, source)
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
           json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]')
    FROM json_each(?) WHERE true
    ON CONFLICT (event_id, device, offer_key) DO UPDATE
    SET knows = excluded.knows, sequence = excluded.sequence, source = excluded.source"""
_RAISE_VERSION = "UPDATE event SET version = ?, changed_at = ? WHERE id = ?"


@dataclass(slots=True)
class _Dot:
    knows: bool | None
    sequence: int
    source: Source


class SqliteStore:
    """The ledger's store on SQLite (3.38 or newer)."""

    def commit(
        self, connection: Connection, batch: Sequence[Command]
    ) -> tuple[list[Receipt | Refusal], list[Committed]]:
        """See `ledger.Store.commit`. Raises what the database raises; then nothing of the batch is
        stored."""
        return _Batch(connection, batch).run()


class _Batch:
    def __init__(self, connection: Connection, batch: Sequence[Command]) -> None:
        self._connection = connection
        self._commands = batch
        self._texts = Texts(connection)
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
        event.moved[key] = DotMoved(
            offer_key=command.offer_key,
            device=command.device,
            source=command.source,
            before=earlier.before if earlier else stored.knows if stored else None,
            after=command.knows,
        )

    def _write_dots(self) -> None:
        keys = sorted(key for event in self._events.values() for key in event.moved)
        if keys:
            rows = [
                [*key, dot.knows, dot.sequence, dot.source]
                for key, dot in ((key, self._dots[key]) for key in keys)
            ]
            self._connection.exec_driver_sql(_UPSERT_DOTS, (json.dumps(rows),))

    def _read_events(self) -> dict[int, OpenEvent]:
        ids = {command.event_id for command in self._commands}
        return {row[0]: OpenEvent(*row) for row in self._found(_EVENTS, sorted(ids))}

    def _read_dots(self) -> dict[DotKey, _Dot]:
        keys = {
            (command.event_id, command.device, command.offer_key)
            for command in self._commands
            if isinstance(command, PlaceDot)
        }
        if not keys:
            return {}
        rows = self._found(_STORED_DOTS, sorted(keys))
        return {
            (event_id, device, offer_key): _Dot(
                None if knows is None else bool(knows), sequence, Source(source)
            )
            for event_id, device, offer_key, knows, sequence, source in rows
        }

    def _found(self, query: str, keys: list[Any]) -> list[list[Any]]:
        found = self._connection.exec_driver_sql(query, (json.dumps(keys),)).scalar_one()
        rows: list[list[Any]] = json.loads(found)
        return rows

    def _raise_versions(self) -> list[Committed]:
        changed = [event for event in self._events.values() if event.moved or event.has_texts]
        for event in changed:
            values = (event.next_version, f"{this_minute():%Y-%m-%d %H:%M:%S.%f}", event.id)
            self._connection.exec_driver_sql(_RAISE_VERSION, values)
        return [
            Committed(event.id, event.next_version, tuple(event.moved.values()), event.has_texts)
            for event in changed
        ]
