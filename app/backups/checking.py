"""What is in a copy of the database, read only after it was found to be whole."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

HEADER = b"SQLite format 3\0"


class Damaged(Exception):
    """The file is no database of this program, or not a whole one."""


@dataclass(frozen=True, slots=True)
class EventContents:
    """Dots of devices, tablets and paper; cards and words but withdrawn ones."""

    key: str
    title: str
    phase: str
    dots: int
    cards: int
    words: int
    photos: int


@dataclass(frozen=True, slots=True)
class Contents:
    revision: str  # of the newest migration it has had
    events: tuple[EventContents, ...]  # in the order they were created


def read_contents(file: Path) -> Contents:
    """Of a file that nobody writes and that has no log. Raises Damaged unless every page and every index
    of it is right; OSError when it can't be read."""
    if not is_database(file):
        raise Damaged
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as rows:
            return _contents(rows)
    except sqlite3.Error as error:
        raise Damaged from error


def is_database(file: Path) -> bool:
    """Whether it begins like one of SQLite's. Raises OSError."""
    with file.open("rb") as content:
        return content.read(len(HEADER)) == HEADER


def _contents(rows: sqlite3.Connection) -> Contents:
    if rows.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise Damaged
    (revision,) = rows.execute("SELECT version_num FROM alembic_version").fetchone()
    tables = {name for (name,) in rows.execute("SELECT name FROM sqlite_master")}
    events = rows.execute("SELECT id, key, title, phase FROM event ORDER BY id").fetchall()

    def counted(event: int, table: str, what: str = "count(*)", where: str = "1") -> int:
        if table not in tables:  # younger than the copy
            return 0
        query = f"SELECT coalesce({what}, 0) FROM {table} WHERE event_id = ? AND {where}"  # noqa: S608
        return int(rows.execute(query, (event,)).fetchone()[0])

    return Contents(
        revision=str(revision),
        events=tuple(
            EventContents(
                key=key,
                title=title,
                phase=phase,
                dots=counted(event, "dot", where="knows IS NOT NULL")
                + counted(event, "sealed_dots", "sum(yes + no)")
                + counted(event, "paper_count", "sum(yes + no)"),
                cards=counted(event, "card", where="state != 'withdrawn'"),
                words=counted(event, "word", where="state != 'withdrawn'"),
                photos=counted(event, "photo"),
            )
            for event, key, title, phase in events
        ),
    )
