"""The end of an event as a whole act: sealing, out of the log and out of the copies, too."""

from pathlib import Path

from app.database import Database
from app.moderation.sealing import seal
from app.planning.copies import forget_secret_in_copies
from app.planning.models import Event


def seal_everywhere(
    database: Database, data: Path, event: Event, actor: str, confirm: str | None = None
) -> None:
    """See `sealing.seal`. `data` is the folder where backups are."""
    assert event.id is not None
    database.write(seal, event.id, actor, confirm)
    forget_secret_in_copies(data, event.key)
    database.leave_no_trace()
