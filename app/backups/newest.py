"""Which backup is the newest, and which the newest that may be relied on."""

from pathlib import Path

from app.backups.checking import Damaged, read_contents
from app.backups.folder import FOLDER, Backup, backups_in
from app.settings import Settings


def newest_backup(folder: Path) -> Backup | None:
    """By its name; whether it is whole nobody has looked."""
    return next((each for each in backups_in(folder) if not each.is_replaced), None)


def newest_good_backup(settings: Settings) -> Backup | None:
    """Of the data folder and of the second one; each is read as a whole until one is right."""
    folders = [settings.data / FOLDER]
    if settings.second_folder is not None:
        folders.append(settings.second_folder)
    found = [each for folder in folders for each in backups_in(folder) if not each.is_replaced]
    for backup in sorted(found, key=lambda each: each.at, reverse=True):
        try:
            read_contents(backup.file)
        except (Damaged, OSError):
            continue
        return backup
    return None
