"""What every database here has in common: a change that is told, the transaction of a batch, and what its
room can do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Change:
    """A committed change of an event, now at `version`.

    `is_plan`: of something that is kept in memory until the next change that says so (`planning.directory`,
    `feedback.kept_islands`): its islands, offers, contacts, questions and languages, its epoch and secret,
    its own list of held words; or the event is gone. `is_vote`: somebody sent something, to another node.
    """

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


class Batches(Protocol):
    def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


class News(Protocol):
    """Of other nodes on the same database."""

    def phones(self, event_id: int) -> int: ...

    def doubt(self) -> None: ...

    def close(self) -> None: ...


class Kind(Protocol):
    """What differs between databases. `url` is fit to be shown; `reading` can't write."""

    name: str
    url: str
    reading: Engine
    writing: Engine

    @property
    def batches(self) -> Batches: ...

    def migrating(self) -> Engine:
        """For one migration at a time."""
        ...

    def settle(self, connection: Connection) -> None:
        """What belongs to a schema beside its migrations, after any of them, in the same transaction."""
        ...

    def try_writing(self, session: Session) -> None:
        """Changes nothing, but takes a commit that reaches the disk."""
        ...

    def announce(self, session: Session, changes: Sequence[Change]) -> None:
        """Tells other nodes, within the transaction."""
        ...

    def listen(
        self, tell: Callable[[list[Change]], None], phones_here: Callable[[], dict[int, int]]
    ) -> News | None:
        """Begins to hear of other nodes, where there may be any."""
        ...

    def leave_no_trace(self, *, rewrite: bool) -> bool:
        """Whether it could be done. Raises SQLAlchemy's errors."""
        ...

    def close(self) -> None: ...
