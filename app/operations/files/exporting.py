"""Writes an event's result files; it only reads, so it needs nobody's permission."""

from pathlib import Path

from filelock import Timeout

from app.database import Database
from app.errors import Failed
from app.operations.only_writer import only_writer
from app.planning.queries import event_by_key_or_code
from app.results.as_moderation_csv import read_moderation
from app.results.files import write_all
from app.results.report import read_report
from app.results.reported.photos import read_pictures
from app.settings import Settings
from app.web.catalogue import Catalogue


def export_event(settings: Settings, name: str, folder: Path) -> list[Path]:
    """The files written into `folder`. Raises Unknown for an event that isn't there."""
    try:
        with only_writer(settings) as database:
            return _export(database, name, folder)
    except Timeout:  # a server writes; we may read beside it
        database = Database(settings)
        try:
            return _export(database, name, folder)
        finally:
            database.close()


def _export(database: Database, name: str, folder: Path) -> list[Path]:
    with database.read() as session:
        event = event_by_key_or_code(session, name)
        report = read_report(session, event)
        pictures = read_pictures(session, event)
        moderation = read_moderation(session, event)
        language = event.locale
    try:
        return write_all(report, folder, Catalogue().texts(language).gettext, pictures, moderation)
    except OSError as error:
        raise Failed("%(folder)s: %(cause)s", folder=folder, cause=error.strerror) from error
