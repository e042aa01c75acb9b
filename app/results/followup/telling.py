"""What every act of the follow-up leaves behind: a line in the journal, and a higher version of the event."""

from sqlmodel import Session

from app.planning.journal import record
from app.planning.models import Event
from app.planning.versions import raise_version


def tell(
    session: Session, event_id: int, actor: str, name: str, subject: str = "", **details: object
) -> None:
    raise_version(session, session.get_one(Event, event_id))
    record(session, event_id, actor, name, subject, **details)
