"""The rows of the ledger's batches on PostgreSQL: each kind is one statement, its columns sent as arrays."""

from collections.abc import Sequence

from app.changes import Batch
from app.feedback.batch_store import BatchStore, StoredDot
from app.feedback.opening import DotKey, OpenEvent
from app.planning.models import this_minute
from app.postgres.locks import CHANNEL

# In the order of their numbers, so that two batches never wait for each other.
_EVENTS = """
    SELECT id, version, epoch, phase, is_paused, card_approval, word_approval
    FROM event WHERE id = ANY(%s::int[]) ORDER BY id FOR NO KEY UPDATE"""
_STORED_DOTS = """
    SELECT dot.event_id, dot.device, dot.offer_key, dot.knows, dot.sequence, dot.source
    FROM unnest(%s::int[], %s::text[], %s::text[]) AS asked (event_id, device, offer_key)
    JOIN dot USING (event_id, device, offer_key)"""
_UPSERT_DOTS = """
    INSERT INTO dot (event_id, device, offer_key, knows, sequence, source)
    SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::bool[], %s::bigint[], %s::text[])
    ON CONFLICT (event_id, device, offer_key) DO UPDATE
    SET knows = excluded.knows, sequence = excluded.sequence, source = excluded.source"""
_RAISE_VERSIONS = """
    WITH raised AS (
        UPDATE event SET version = changed.version, changed_at = %s
        FROM unnest(%s::int[], %s::int[]) AS changed (id, version)
        WHERE event.id = changed.id RETURNING event.id, event.version)
    SELECT pg_notify(%s, json_build_array(
        current_setting('application_name'), id, version, false, true)::text) FROM raised"""


class PostgresStore(BatchStore):
    """The ledger's store on PostgreSQL (14 or newer)."""

    def rows(self, batch: Batch) -> "PostgresRows":
        return PostgresRows(batch)


class PostgresRows:
    """See `batch_store.Rows`. An event's row is held from its reading to the commit."""

    def __init__(self, batch: Batch) -> None:
        self._execute = batch.driver.execute

    def events(self, ids: Sequence[int]) -> list[OpenEvent]:
        return [OpenEvent(*row) for row in self._execute(_EVENTS, (ids,), prepare=True)]

    def dots(self, keys: Sequence[DotKey]) -> dict[DotKey, StoredDot]:
        asked = [list(column) for column in zip(*keys, strict=True)]
        return {
            (event_id, device, offer_key): StoredDot(knows, sequence, source)
            for event_id, device, offer_key, knows, sequence, source in self._execute(
                _STORED_DOTS, asked, prepare=True
            )
        }

    def write_dots(self, dots: Sequence[tuple[DotKey, StoredDot]]) -> None:
        rows = [(*key, dot.knows, dot.sequence, str(dot.source)) for key, dot in dots]
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._execute(_UPSERT_DOTS, columns, prepare=True)

    def raise_versions(self, events: Sequence[OpenEvent]) -> None:
        """And tells the other nodes, with the commit."""
        ids, versions = zip(*((event.id, event.next_version) for event in events), strict=True)
        values = (this_minute(), list(ids), list(versions), CHANNEL)
        self._execute(_RAISE_VERSIONS, values, prepare=True)
