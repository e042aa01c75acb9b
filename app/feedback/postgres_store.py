"""The rows of the ledger's batches on PostgreSQL: each kind is one statement, its columns sent as arrays."""

from collections.abc import Iterable, Sequence

from app.changes import Batch
from app.feedback.batch_store import BatchStore, StoredDot
from app.feedback.opening import DotKey, OpenEvent
from app.planning.models import this_minute
from app.postgres.batches import PostgresBatch
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
        assert isinstance(batch, PostgresBatch)
        return PostgresRows(batch)


class PostgresRows:
    """See `batch_store.Rows`. An event's row is held from its reading to the commit. All reading is one
    journey to the server, and all writing goes along with the COMMIT."""

    def __init__(self, batch: PostgresBatch) -> None:
        self._batch, self._driver = batch, batch.driver

    def read(
        self, ids: Sequence[int], keys: Sequence[DotKey]
    ) -> tuple[list[OpenEvent], dict[DotKey, StoredDot]]:
        asked = [_array(column) for column in zip(*keys, strict=True)]
        with self._driver.pipeline():  # in this order: dots as they are after the wait for events
            events = self._driver.execute(_EVENTS, (_array(ids),), prepare=True)
            dots = self._driver.execute(_STORED_DOTS, asked, prepare=True) if asked else ()
        stored = {
            (event_id, device, offer_key): StoredDot(knows, sequence, source)
            for event_id, device, offer_key, knows, sequence, source in dots
        }
        return [OpenEvent(*row) for row in events], stored

    def write(self, dots: Sequence[tuple[DotKey, StoredDot]], events: Sequence[OpenEvent]) -> None:
        """And tells the other nodes."""
        if dots:
            rows = [(*key, dot.knows, dot.sequence, str(dot.source)) for key, dot in dots]
            columns = [_array(column) for column in zip(*rows, strict=True)]
            self._batch.at_commit(_UPSERT_DOTS, columns)
        ids, versions = zip(*((event.id, event.next_version) for event in events), strict=True)
        values = (this_minute(), _array(ids), _array(versions), CHANNEL)
        self._batch.at_commit(_RAISE_VERSIONS, values)


def _array(values: Iterable[object]) -> str:
    """As PostgreSQL writes one, in a fifth of the time that psycopg takes."""
    written = ["NULL" if value is None else f'"{_escaped(str(value))}"' for value in values]
    return f"{{{','.join(written)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")
