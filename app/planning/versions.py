"""The one number that says whether what a wall or phone shows is still what is stored."""

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from app.database import changed
from app.planning.models import Event


def raise_version(session: Session, event: Event) -> None:
    """To be called in the transaction of every change of what is shown; told after the commit.

    The database adds the one, so two changes never end up with the same version.
    """
    raised = (
        update(Event)
        .where(col(Event.id) == event.id)
        .values(version=Event.version + 1)
        .returning(col(Event.version))
        .execution_options(synchronize_session=False)
    )
    version: int = session.execute(raised).scalar_one()
    set_committed_value(event, "version", version)
    if event.id is not None:
        changed(session, event.id, version)
