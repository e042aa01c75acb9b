"""Brings a backup back in place of the data: looked at first, checked, and with a way back."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from app.backups.checking import Contents, Damaged, is_database, read_contents
from app.backups.copying import copy_database, flush
from app.backups.elsewhere import refuse_shared
from app.backups.ended import ended_in, remember
from app.backups.folder import ENDINGS, FOLDER, backups_in, moment_for, name_at, remove, rotate
from app.database import FILE, prepared
from app.errors import N_, Failed
from app.moderation.ending import end_in_copy
from app.operations.faults import cause_and_cure
from app.operations.only_writer import DRAFT
from app.schema import migrate
from app.settings import Settings
from app.sqlite import Sqlite

AHEAD = 1_000_000
"""How far versions are raised: walls and phones that were open all the time show nothing older than they
showed, and since this backup there were fewer changes than that."""
ACTOR = "restore"


@dataclass(frozen=True)
class Restore:
    """`now` is what is in its place, None for nothing; `is_damaged`: something that can't be read."""

    contents: Contents
    now: Contents | None
    is_damaged: bool
    _settings: Settings

    def put_in_place(self) -> Path | None:
        """The copy of what was there before. Raises Failed; then nothing has changed."""
        data = self._settings.data
        try:
            kept = self._keep_what_is_there()
            for ending in ENDINGS[1:]:  # an old log must not be read into the new file
                (data / (FILE + ending)).unlink(missing_ok=True)
            (data / DRAFT).replace(data / FILE)
            flush(data)
        except (OSError, sqlite3.Error) as error:
            raise cause_and_cure(error, self._settings) from error
        return kept

    def _keep_what_is_there(self) -> Path | None:
        if self.now is None and not self.is_damaged:
            return None
        folder, now = self._settings.data / FOLDER, datetime.now(UTC)
        folder.mkdir(exist_ok=True, mode=0o700)
        kept = folder / name_at(moment_for(now, folder, is_replaced=True), is_replaced=True)
        if self.is_damaged:  # as it is, with its log
            for ending in ENDINGS:
                if (part := self._settings.data / (FILE + ending)).exists():
                    shutil.copyfile(part, kept.with_name(kept.name + ending))
                    flush(kept.with_name(kept.name + ending))
        else:
            copy_database(self._settings.data / FILE, kept)
        rotate(folder, now)
        return kept


@contextmanager
def restoring(settings: Settings, file: Path) -> Iterator[Restore]:
    """The backup, checked and made ready beside the data, which are untouched until `put_in_place`; nobody
    else may open them meanwhile. Raises Failed for a damaged file, one of a newer program, or while a
    server runs."""
    refuse_shared(settings)
    prepared(settings.data)
    if file.is_dir():
        newest = next(iter(backups_in(file)), None)
        raise Failed(
            N_("%(folder)s ist ein Ordner. Die neueste Sicherung darin: %(file)s"),
            folder=file,
            file=newest.file if newest else "–",
        )
    if file.absolute() == (settings.data / FILE).absolute():
        raise Failed(N_("%(file)s ist keine Sicherung, sondern die Datenbank selbst."), file=file)
    if not file.exists():
        raise Failed(
            N_(
                "%(file)s gibt es nicht. Steckt der USB-Stick? Sicherungen liegen auch in %(folder)s."
            ),
            file=file,
            folder=settings.data / FOLDER,
        )
    draft = settings.data / DRAFT
    try:
        with FileLock(settings.data / "lock", timeout=0):
            try:
                contents = _made_ready(settings, file, draft)
                now, is_damaged = _what_is_there(settings.data / FILE)
                yield Restore(contents, now, is_damaged, settings)
            finally:
                remove(draft)
    except Timeout as error:
        raise Failed(
            N_(
                "Der Server läuft mit den Daten in %(data)s. Bitte dort mit Strg+C beenden, dann noch einmal."
            ),
            data=settings.data,
        ) from error


def _made_ready(settings: Settings, file: Path, draft: Path) -> Contents:
    try:
        if not is_database(file):
            raise _damaged(file)
    except OSError as error:
        raise Failed("%(file)s: %(cause)s", file=file, cause=error.strerror) from error
    try:
        remove(draft)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        for ending in ("", "-wal"):  # of a data folder that somebody copied as a whole
            if (part := file.with_name(file.name + ending)).exists():
                shutil.copyfile(part, draft.with_name(draft.name + ending))
        _make_one_file(draft)
        read_contents(draft)
    except (Damaged, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.OperationalError):
            raise cause_and_cure(error, settings) from error
        raise _damaged(file) from error
    except OSError as error:
        raise cause_and_cure(error, settings) from error
    return _brought_up_to_date(settings, file, draft)


def _brought_up_to_date(settings: Settings, file: Path, draft: Path) -> Contents:
    """What was destroyed since stays destroyed; versions go on rising. Raises Failed."""
    own = settings.data / FOLDER
    ended = ended_in(own) | ended_in(file.parent)
    try:
        migrate(Sqlite(f"sqlite:///{draft.absolute()}"))
        end_in_copy(draft, ended, ACTOR)
        with closing(sqlite3.connect(draft)) as rows:
            rows.execute("UPDATE event SET version = version + ?", (AHEAD,))
            rows.commit()
        _make_one_file(draft)
        flush(draft)
        remember(own, ended)
        return read_contents(draft)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise cause_and_cure(error, settings) from error


def _make_one_file(draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as rows:
        rows.execute("PRAGMA journal_mode = delete")


def _what_is_there(file: Path) -> tuple[Contents | None, bool]:
    """Its contents, if there are any; whether it is damaged."""
    if file.stat().st_size == 0:
        return None, False
    try:
        if file.with_name(f"{FILE}-wal").exists():
            _make_one_file(file)  # its log belongs to it
        contents = read_contents(file)
    except (Damaged, sqlite3.Error):
        return None, True
    return contents, False


def _damaged(file: Path) -> Failed:
    return Failed(
        N_(
            "%(file)s ist keine Sicherung dieses Programms oder beschädigt. Die Daten sind unverändert;"
            " bitte eine andere Sicherung nehmen."
        ),
        file=file,
    )
