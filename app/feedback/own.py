"""What an island's page shows of one device alone: read with one statement, for each visit."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.feedback.models import State

_OWN = text("""
    SELECT 'dot', offer_key, CASE WHEN knows THEN 'yes' ELSE 'no' END FROM dot
    WHERE event_id = :event AND device = :device AND knows IS NOT NULL
    UNION ALL
    SELECT 'card', id, state FROM card
    WHERE event_id = :event AND device = :device AND island_number = :island
        AND state <> :withdrawn
    UNION ALL
    SELECT 'others', '', CAST(count(*) AS TEXT) FROM card
    WHERE event_id = :event AND island_number = :island AND state = :approved
        AND device <> :device""")

_STRANGER = "-"  # no device's hash, and not `NOBODY`, of whose cards there are many

_STATES = {"withdrawn": State.withdrawn.value, "approved": State.approved.value}


@dataclass(frozen=True, slots=True)
class Own:
    """Equal when the page is: (kind, key, value) of each dot, each card, and how many others wrote."""

    rows: frozenset[tuple[str, str, str]]


def own(connection: Connection, event_id: int, device: str | None, island: int) -> Own:
    values = {"event": event_id, "device": device or _STRANGER, "island": island} | _STATES
    return Own(frozenset(tuple(row) for row in connection.execute(_OWN, values)))
