"""Copies the database while others write it: one moment of it, whole, or nothing."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.backups.checking import Contents, read_contents
from app.backups.folder import PARTIAL, remove

PAGES = 64  # a quarter of a megabyte a step
BREATH_S = 0.001  # between two steps: the disk is somebody else's
FLUSHED_PAGES = 1024  # written out bit by bit: one large flush would hold up everybody's commit

MB = 1024 * 1024


def copy_database(source: Path, target: Path, go_on: Callable[[], None] = lambda: None) -> Contents:
    """A checked copy of a database that may be in use; an older `target` is replaced when it is complete.
    `go_on` is called between two steps and may raise.

    Raises sqlite3.Error, OSError, Damaged: then `target` is as it was, and nothing else is left.
    """
    with _draft_of(target) as draft:
        _copy_pages(source, draft, go_on)
        return read_contents(draft)


def copy_file(source: Path, target: Path, go_on: Callable[[], None] = lambda: None) -> None:
    """The bytes of a finished copy, in another folder. `go_on`, and what it raises, as above."""
    with _draft_of(target) as draft:
        with source.open("rb") as reading, draft.open("wb") as writing:
            while content := reading.read(MB):
                writing.write(content)
                writing.flush()
                os.fsync(writing.fileno())  # else a slow stick would take it all at the end
                go_on()
        read_contents(draft)


@contextmanager
def _draft_of(target: Path) -> Iterator[Path]:
    """A file that takes the target's name at the end, or vanishes."""
    draft = target.with_name(target.name + PARTIAL)
    try:
        remove(draft)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # it holds secrets
        yield draft
        draft.replace(target)
        flush(target.parent)
    except BaseException:
        remove(draft)
        raise


def _copy_pages(source: Path, draft: Path, go_on: Callable[[], None]) -> None:
    steps = 0

    def breathe(_status: int, _remaining: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps % (FLUSHED_PAGES // PAGES) == 0:
            os.fsync(flushing)
        go_on()
        time.sleep(BREATH_S)

    flushing = os.open(draft, os.O_RDWR)
    try:
        with closing(_opened(source)) as reading, closing(_opened(draft)) as writing:
            writing.execute("PRAGMA synchronous = 0")  # flushed here
            reading.execute("PRAGMA query_only = 1")
            reading.execute("BEGIN")  # of one moment: else it began anew with everybody's commit
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            reading.backup(writing, pages=PAGES, progress=breathe)
            reading.execute("ROLLBACK")
            writing.execute("PRAGMA journal_mode = delete")  # a single file
        os.fsync(flushing)
    finally:
        os.close(flushing)


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


def flush(path: Path) -> None:
    """A file or a folder reaches the disk (folders where the system knows how)."""
    if path.is_dir() and os.name == "nt":
        return
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # Windows: no reader's
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
