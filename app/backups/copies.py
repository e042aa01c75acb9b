"""Every copy of the database that can be reached: what is taken out of the one is taken out of them, too."""

import mmap
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.backups.checking import HEADER
from app.backups.ended import UNFINISHED
from app.backups.folder import ENDINGS, FOLDER, is_there, remove
from app.database import FILE
from app.settings import Settings

OUR_TABLE = b"staff_session"


def delete_from_copies(settings: Settings, key: str) -> None:
    """See `delete_from`; out of every copy that can be reached. One that can't be changed is removed
    altogether."""
    for file in copies(settings):
        try:
            delete_from(file, key)
        except sqlite3.Error:
            remove(file)
    (settings.data / FOLDER / UNFINISHED).unlink(missing_ok=True)


def delete_from(file: Path, key: str) -> None:
    """The event with this key, with everything that names its number, and its series if it was the last.
    Whatever the age of the copy: every table below an event has `event_id`. Raises sqlite3.Error."""
    with closing(_opened(file)) as copy:
        _delete(copy, key)
        copy.execute("VACUUM")


def copies(settings: Settings) -> Iterator[Path]:
    """Below the data folder, and in the second folder for backups if it is there. Of our database only:
    what other programs keep in these folders is none of our business.

    Not the one in use, nor its log and index: a process that opens and closes one of these once more
    loses all its locks on it (POSIX), and two writers could meet.
    """
    data = settings.data.absolute()
    in_use = {data / (FILE + ending) for ending in ENDINGS}
    files = set(data.rglob("*")) - in_use
    if settings.second_folder is not None and is_there(settings.second_folder):
        files |= set(settings.second_folder.iterdir()) - in_use
    for file in sorted(files):
        if is_copy(file):
            yield file


def rewrite(file: Path) -> None:
    """Every page of a copy anew, in one file: nothing stays of what was deleted. Raises sqlite3.Error."""
    with closing(_opened(file)) as copy:
        copy.execute("VACUUM")


def is_copy(file: Path) -> bool:
    """Also of a damaged one, whose tables can't be read: the name of one that nobody else has."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as content:
            if content.read(len(HEADER)) != HEADER:
                return False
            with mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                return whole.find(OUR_TABLE) != -1
    except OSError:  # gone meanwhile, or somebody else's to read
        return False


def _opened(file: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(file, isolation_level=None)
    copy.execute("PRAGMA journal_mode = delete")
    copy.execute("PRAGMA secure_delete = 1")
    return copy


def _delete(copy: sqlite3.Connection, key: str) -> None:
    """Foreign keys are not looked at: in no order of the tables would every one of them hold."""
    found = copy.execute("SELECT id, series_id FROM event WHERE key = ?", (key,)).fetchone()
    if found is None:
        return
    event, series = found
    _delete_below(copy, "event", event)
    others = "SELECT 1 FROM event WHERE series_id = ?"
    if copy.execute(others, (series,)).fetchone() is None:
        _delete_below(copy, "series", series)


def _delete_below(copy: sqlite3.Connection, top: str, number: int) -> None:
    tables = [
        name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    for table in tables:
        columns = {row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')}
        if f"{top}_id" in columns:
            copy.execute(f'DELETE FROM "{table}" WHERE {top}_id = ?', (number,))  # noqa: S608
    copy.execute(f"DELETE FROM {top} WHERE id = ?", (number,))  # noqa: S608
