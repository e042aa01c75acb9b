"""What an island's page shows beside the plan: read with one statement, for each visit."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.feedback.models import State

OF_EVENT = (
    "phase",
    "is_paused",
    "is_rehearsal",
    "is_revealed",
    "has_curtain",
    "clock_remaining_s",
    "clock_started_at",
    "clock_round_s",
)
"""The event's columns that are seen on it and change without `Change.is_plan`: one that is missing here would
stay on phones as it was."""

_SEEN = text(
    f"""
    SELECT 'event', '', {" || ' ' || ".join(f"COALESCE(CAST({name} AS TEXT), '-')" for name in OF_EVENT)}
    FROM event WHERE id = :event
    UNION ALL
    SELECT 'dot', offer_key, CASE WHEN knows THEN 'yes' ELSE 'no' END FROM dot
    JOIN offer ON offer.event_id = dot.event_id AND offer.key = dot.offer_key
    WHERE dot.event_id = :event AND device = :device AND knows IS NOT NULL AND island_number = :island
    UNION ALL
    SELECT 'card', id, state || CAST(version AS TEXT) FROM card
    WHERE event_id = :event AND device = :device AND island_number = :island AND state <> :withdrawn
    UNION ALL
    SELECT 'others', '', CAST(count(*) AS TEXT) FROM card
    WHERE event_id = :event AND island_number = :island AND state = :approved AND device <> :device"""  # noqa: S608  our own names
)
_STRANGER = "-"  # no device's hash, and not `NOBODY`, of whose cards there are many
_STATES = {"withdrawn": State.withdrawn.value, "approved": State.approved.value}


@dataclass(frozen=True, slots=True)
class Seen:
    """Equal when the page is, as long as the plan is: (kind, key, value) of the event, each dot and
    card of the device at this island, and how many cards of others are to be seen there."""

    rows: frozenset[tuple[str, str, str]]


def seen(connection: Connection, event_id: int, device: str | None, island: int) -> Seen:
    """By the device with this hash; None: by somebody who never was here. `island` is its number."""
    values = {"event": event_id, "device": device or _STRANGER, "island": island} | _STATES
    return Seen(frozenset(tuple(row) for row in connection.execute(_SEEN, values)))
