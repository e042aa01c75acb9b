"""What every database here has in common: a change that is told, and the transaction of a batch."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Change:
    """A committed change of an event, now at `version`. `is_plan`: its islands, offers or secret. `is_vote`:
    somebody sent something, to another node."""

    event_id: int
    version: int
    is_plan: bool
    is_vote: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """A transaction of the ledger's: plain SQL on the driver's connection where it is hot, SQLAlchemy's
    where it is rare."""

    driver: Any  # sqlite3.Connection or psycopg.Connection
    connection: Connection
