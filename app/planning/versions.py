"""The one number that says whether what a wall or phone shows is still what is stored."""

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from app.changes import Change
from app.database import note_change
from app.planning.models import Event, this_minute


def raise_version(session: Session, event: Event, *, is_plan: bool = False) -> None:
    """To be called in the transaction of every change of what is shown; told after the commit.

    The database adds the one, so two changes never end up with the same version. `is_plan` is to be said of
    all that `Change.is_plan` names, which few changes touch: whoever forgets it leaves phones with the old
    plan. What else a phone's page shows of an event is listed in `feedback.seen`.
    """
    raised = (
        update(Event)
        .where(col(Event.id) == event.id)
        .values(version=Event.version + 1, changed_at=this_minute())
        .returning(col(Event.version))
        .execution_options(synchronize_session=False)
    )
    version: int = session.execute(raised).scalar_one()
    set_committed_value(event, "version", version)
    if event.id is not None:
        note_change(session, Change(event.id, version, is_plan))
