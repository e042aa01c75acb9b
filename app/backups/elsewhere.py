"""A backup to a place that somebody names: a copy for the drawer, nobody's to rotate."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from app.backups.backing_up import ON_SERVER, alone
from app.backups.checking import Damaged, is_database
from app.backups.copying import copy_database
from app.backups.folder import name_at
from app.database import FILE
from app.errors import N_, Failed
from app.settings import Settings


def refuse_shared(settings: Settings) -> None:
    """Failed where no file of ours holds the data."""
    if settings.is_shared:
        raise Failed(ON_SERVER)


def back_up_to(settings: Settings, file: Path) -> Path:
    """The file made; in a folder, one with the usual name. An older backup of that name is replaced, any
    other file is not. Raises Failed."""
    if file.is_dir():
        file /= name_at(datetime.now(UTC))
    if not file.parent.is_dir():
        raise Failed(
            N_(
                "%(folder)s gibt es nicht. Bitte den Ordner anlegen; ist es der USB-Stick: Steckt er?"
            ),
            folder=file.parent,
        )
    source = settings.data / FILE
    try:
        if file.exists() and (file.samefile(source) or not is_database(file)):
            raise Failed(
                N_(
                    "%(file)s gibt es schon, und es ist keine Sicherung. Bitte einen anderen Namen nehmen."
                ),
                file=file,
            )
        with alone(settings.data):
            copy_database(source, file)
    except Damaged as error:
        raise Failed(
            N_("Die Datenbank in %(data)s ist beschädigt; davon wird keine Sicherung gemacht."),
            data=settings.data,
        ) from error
    except (OSError, sqlite3.Error) as error:
        cause = error.strerror if isinstance(error, OSError) else str(error)
        raise Failed(
            N_("%(file)s konnte nicht geschrieben werden: %(cause)s."), file=file, cause=cause
        ) from error
    return file
