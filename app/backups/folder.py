"""A folder of backups: their names say when they were made, and only so many are kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDER = "backups"  # within the data folder
PARTIAL = ".partial"
ENDINGS = ("", "-wal", "-shm", "-journal")  # of a database: itself, its log, index and journal
_NAME = re.compile(r"worldcafe-(\d{8}-\d{6})Z(-replaced)?\.db")
_TIME = "%Y%m%d-%H%M%S"
NEWEST, HOURS, DAYS = 12, 12, 14  # 38 at most
REPLACED = 5


@dataclass(frozen=True, slots=True)
class Backup:
    """`is_replaced`: what a restore found in its place, not a backup of a running event."""

    file: Path
    at: datetime  # UTC
    is_replaced: bool = False


def name_at(at: datetime, *, is_replaced: bool = False) -> str:
    ending = "-replaced" if is_replaced else ""
    return f"worldcafe-{at.astimezone(UTC).strftime(_TIME)}Z{ending}.db"


def moment_for(now: datetime, *folders: Path, is_replaced: bool = False) -> datetime:
    """What a new backup is called after. Where the clock was set back, a second after the newest one that
    is there: by its own time the new one would be rotated away at once, and nobody found it."""
    there = [
        each.at
        for folder in folders
        for each in backups_in(folder)
        if each.is_replaced == is_replaced
    ]
    newest = max(there, default=now)
    return newest + timedelta(seconds=1) if newest > now else now


def is_there(folder: Path) -> bool:
    """Also of a stick that was pulled out and answers with errors only."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def backups_in(folder: Path) -> list[Backup]:
    """Newest first; of a folder that is not there none. What else is in it is none of our business."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return []
    found = [backup_of(file) for file in files]
    return sorted((each for each in found if each), key=lambda each: each.at, reverse=True)


def backup_of(file: Path) -> Backup | None:
    """What the name says; None if it is not one of ours."""
    match = _NAME.fullmatch(file.name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(file, at, is_replaced=match[2] is not None)


def rotate(folder: Path, now: datetime) -> None:
    """Keeps the newest 12, the newest of each of the last 12 hours and of each of the last 14 days, and the
    5 newest of what restores replaced. Removes what a killed backup left."""
    backups = backups_in(folder)
    replaced = [each for each in backups if each.is_replaced]
    made = [each for each in backups if not each.is_replaced]
    kept = made[:NEWEST] + replaced[:REPLACED]
    kept += _newest_of_each(made, now - timedelta(hours=HOURS), "%Y%m%d%H")
    kept += _newest_of_each(made, now - timedelta(days=DAYS), "%Y%m%d")
    for backup in backups:
        if backup not in kept:
            remove(backup.file)
    for left in folder.glob(f"worldcafe-*{PARTIAL}*"):
        left.unlink(missing_ok=True)


def _newest_of_each(backups: Iterable[Backup], since: datetime, span: str) -> list[Backup]:
    newest: dict[str, Backup] = {}
    for backup in backups:  # newest first
        if backup.at > since:
            newest.setdefault(backup.at.strftime(span), backup)
    return list(newest.values())


def is_away(folder: Path | None) -> bool:
    """A stick that was named and is not there. None: no second folder is wanted."""
    return folder is not None and not is_there(folder)


def make_room(folder: Path, needed: int, free: int) -> None:
    """Removes the oldest, but never the last 3, until `needed` bytes are free, or nothing helps."""
    made = [each for each in backups_in(folder) if not each.is_replaced]
    for backup in reversed(made[3:]):
        if free >= needed:
            return
        free += backup.file.stat().st_size
        backup.file.unlink(missing_ok=True)


def remove(file: Path) -> None:
    """A database file with its log, index and journal."""
    for ending in ENDINGS:
        file.with_name(file.name + ending).unlink(missing_ok=True)
