"""Writes an event's guide for the day; it only reads, so a server may run or not."""

from pathlib import Path

from app.database import Database
from app.errors import Failed
from app.operations.commands import run
from app.planning.queries import event_by_key_or_code
from app.planning.runbook.sheet import TEMPLATE, runbook
from app.planning.typesetting import typeset
from app.settings import Settings
from app.web.catalogue import Catalogue


def write_runbook(settings: Settings, name: str, file: Path) -> Path:
    """The file written, with the running server's address in it. Raises Unknown, Failed, NotSet."""
    served = settings.model_copy(update={"public_url": run(settings, "address")})
    catalogue = Catalogue()
    database = Database(settings)
    try:
        with database.read() as session:
            event = event_by_key_or_code(session, name)
            language = catalogue.spoken(event.locale)
            sheet = runbook(
                session,
                event,
                address=served.address,
                is_local=served.is_local,
                translate=catalogue.texts(language).gettext,
                language=language,
            )
    finally:
        database.close()
    try:
        file.write_bytes(typeset(TEMPLATE, sheet))
    except OSError as error:
        raise Failed("%(file)s: %(cause)s", file=file, cause=error.strerror) from error
    return file
