"""What keeps the program from its work, in one line of cause and cure."""

import errno
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError

from app.backups.newest import newest_good_backup
from app.database import kind_of
from app.errors import N_, Failed
from app.settings import Settings

DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


def cause_and_cure(error: BaseException, settings: Settings) -> Failed:
    """For an OSError or an error of a database, or one that such an error has caused."""
    cause = _innermost(error)
    if isinstance(cause, psycopg.Error):
        return Failed(
            N_(
                "Die Datenbank %(url)s antwortet nicht oder lässt uns nicht hinein (%(cause)s). Bitte"
                " WORLDCAFE_DATABASE_URL und den Datenbankserver prüfen."
            ),
            url=kind_of(settings).url,
            cause=type(cause).__name__,
        )
    name = str(getattr(cause, "sqlite_errorname", ""))
    number = cause.errno if isinstance(cause, OSError) else None
    if name.startswith(DAMAGED):
        return damaged(settings)
    if number in NO_ROOM or name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return Failed(
            N_(
                "In %(data)s kann nicht gespeichert werden (%(cause)s). Bitte auf dem Datenträger Platz"
                " schaffen oder mit WORLDCAFE_DATA einen anderen Ordner wählen."
            ),
            data=settings.data,
            cause=_said(cause),
        )
    if number in READ_ONLY or name.startswith("SQLITE_READONLY"):
        return Failed(
            N_(
                "In den Datenordner %(data)s kann nicht geschrieben werden. Bitte die Rechte ändern oder"
                " mit WORLDCAFE_DATA einen anderen Ordner wählen."
            ),
            data=settings.data,
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Failed(
            N_(
                "Ein anderes Programm hält die Datenbank in %(data)s fest. Bitte dort schließen, dann noch"
                " einmal versuchen."
            ),
            data=settings.data,
        )
    return Failed("%(cause)s", cause=_said(cause))


def damaged(settings: Settings) -> Failed:
    """Names the newest backup that can be relied on."""
    backup = newest_good_backup(settings)
    if backup is None:
        return Failed(
            N_(
                "Die Datenbank in %(data)s ist beschädigt, und es gibt keine gute Sicherung von ihr. Bitte"
                " den Ordner aufheben und mit WORLDCAFE_DATA einen anderen wählen."
            ),
            data=settings.data,
        )
    return Failed(
        N_(
            "Die Datenbank in %(data)s ist beschädigt. Die neueste gute Sicherung ist vom %(at)s."
            " Zurückholen mit: worldcafe restore %(file)s"
        ),
        data=settings.data,
        at=f"{backup.at.astimezone():%d.%m.%Y %H:%M}",
        file=backup.file,
    )


def _innermost(error: BaseException) -> BaseException:
    while not isinstance(error, OSError | sqlite3.Error | psycopg.Error):
        inner = error.orig if isinstance(error, DBAPIError) else error.__cause__
        if inner is None:
            break
        error = inner
    return error


def _said(error: BaseException) -> str:
    """Of an error's text only what no content of ours is in."""
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or type(error).__name__}"
    return str(error) if isinstance(error, sqlite3.Error) else type(error).__name__
