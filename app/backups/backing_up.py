"""Makes backups into the data folder and a second one, and knows how the last one went."""

import logging
import shutil
import sqlite3
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from app.backups.checking import Damaged
from app.backups.copying import copy_database, copy_file
from app.backups.folder import FOLDER, is_there, make_room, moment_for, name_at, rotate
from app.backups.newest import newest_backup
from app.database import FILE
from app.errors import N_, CannotStore
from app.settings import Settings

SPARE_BYTES = 100 * 1024 * 1024  # for the evening itself
DAMAGED = N_("Sicherung nicht gelungen: Die Datenbank ist beschädigt. Bitte Hilfe holen.")
NO_ROOM = N_("Sicherung nicht gelungen. Ist auf dem Datenträger noch Platz?")
ON_SERVER = N_(
    "Die Daten liegen auf einem Datenbankserver: Bitte dort sichern und zurückholen (pg_dump, pg_restore)."
)


class Second(StrEnum):
    """How the second folder did."""

    none = "none"  # not set
    done = "done"
    missing = "missing"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Standing:
    """`newest_at` is of the newest checked backup in the data folder, UTC; `problem` why the last try
    failed, a message of the catalogue."""

    newest_at: datetime | None = None
    is_ours: bool = True  # else the keeper's of a database server
    second: Second = Second.none
    problem: str | None = None


class Stopped(CannotStore):
    """The server is about to stop: this backup is left."""


class Backups:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data / FOLDER
        self._is_stopping = threading.Event()
        self._made: tuple[Path, float] | None = None  # when it was begun, on the monotonic clock
        newest = newest_backup(self._folder)
        self.standing = Standing(
            newest_at=newest.at if newest else None,
            is_ours=not settings.is_shared,
            second=self._second(),
        )

    def make(self) -> Path:
        """Makes one now, or waits for one that is begun from now on; blocks, so call it from a thread. Raises
        CannotStore with what to do."""
        if self._settings.is_shared:
            raise CannotStore(ON_SERVER)
        asked_at = time.monotonic()
        with alone(self._settings.data):
            if self._made is not None and self._made[1] > asked_at:
                return self._made[0]
            self._go_on()
            now, began_at = datetime.now(UTC), time.monotonic()
            try:
                file = self._make(now)
            except (sqlite3.Error, OSError, Damaged) as error:
                logging.getLogger(__name__).exception("no backup could be made")
                problem = DAMAGED if isinstance(error, Damaged) else NO_ROOM
                self.standing = replace(self.standing, problem=problem)
                raise CannotStore(problem, retry_after_s=60) from error
            self.standing = Standing(newest_at=now, second=self._make_second(file, now))
            self._made = file, began_at
        return file

    def stop(self) -> None:
        """What is being made is left; nothing of it stays."""
        self._is_stopping.set()

    def _make(self, now: datetime) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        source = self._settings.data / FILE
        _make_room(self._folder, source)
        second = self._settings.second_folder
        folders = [self._folder] if second is None else [self._folder, second]
        file = self._folder / name_at(moment_for(now, *folders))
        copy_database(source, file, self._go_on)
        rotate(self._folder, now)
        return file

    def _make_second(self, file: Path, now: datetime) -> Second:
        folder = self._settings.second_folder
        if folder is None or not is_there(folder):
            return self._second()
        try:
            _make_room(folder, file)
            copy_file(file, folder / file.name, self._go_on)
            rotate(folder, now)
        except (sqlite3.Error, OSError, Damaged):
            logging.getLogger(__name__).exception("no backup in the second folder")
            return Second.failed
        return Second.done

    def _second(self) -> Second:
        """Nobody makes that folder but its owner: where a stick is missing, it would fill the disk."""
        folder = self._settings.second_folder
        if folder is None:
            return Second.none
        return Second.done if is_there(folder) else Second.missing

    def _go_on(self) -> None:
        if self._is_stopping.is_set():
            raise Stopped


def _make_room(folder: Path, source: Path) -> None:
    needed = source.stat().st_size + SPARE_BYTES
    make_room(folder, needed, shutil.disk_usage(folder).free)


def alone(data: Path) -> FileLock:
    """For making and for changing copies, one at a time: a deletion must not miss the one being made."""
    (data / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileLock(data / FOLDER / "lock")
