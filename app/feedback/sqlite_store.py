"""The rows of the ledger's batches on SQLite: all dots read and written as two statements."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from app.changes import Batch
from app.feedback.batch_store import BatchStore, StoredDot
from app.feedback.opening import DotKey, OpenEvent
from app.planning.models import this_minute

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


class SqliteStore(BatchStore):
    """The ledger's store on SQLite (3.38 or newer)."""

    def rows(self, batch: Batch) -> "SqliteRows":
        return SqliteRows(batch)


class SqliteRows:
    """See `batch_store.Rows`. There is one writer: nobody else changes anything."""

    def __init__(self, batch: Batch) -> None:
        self._execute = batch.driver.execute

    def read(
        self, ids: Sequence[int], keys: Sequence[DotKey]
    ) -> tuple[list[OpenEvent], dict[DotKey, StoredDot]]:
        events = [OpenEvent(*row) for row in self._found(_EVENTS, (json.dumps(ids),))]
        dots = {
            (event_id, device, offer_key): StoredDot(_KNOWS[knows], sequence, source)
            for statement, values in _in_pieces(_STORED_DOTS, keys)
            for event_id, device, offer_key, knows, sequence, source in self._found(
                statement, values
            )
        }
        return events, dots

    def write(self, dots: Sequence[tuple[DotKey, StoredDot]], events: Sequence[OpenEvent]) -> None:
        rows = [(*key, dot.knows, dot.sequence, dot.source) for key, dot in dots]
        for statement, values in _in_pieces(_UPSERT_DOTS, rows):
            self._execute(statement, values)
        for event in events:
            values = (event.next_version, f"{this_minute():%Y-%m-%d %H:%M:%S.%f}", event.id)
            self._execute(_RAISE_VERSION, values)

    def _found(self, query: str, values: tuple[Any, ...]) -> list[list[Any]]:
        rows: list[list[Any]] = json.loads(self._execute(query, values).fetchone()[0])
        return rows


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
