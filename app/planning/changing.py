"""A plan comes in, with its line in the journal: planners are several, and who changed what matters."""

from sqlmodel import Session

from app.planning.importing import import_plan
from app.planning.journal import PLAN, record
from app.planning.models import Event
from app.planning.plan import Plan
from app.planning.plan_changes import plan_changes


def change_to(session: Session, plan: Plan, actor: str, *, rehearsal: bool = False) -> Event:
    """What `import_plan` does, and says in the journal what it changed; nothing when that is nothing."""
    changes = plan_changes(session, plan)
    event = import_plan(session, plan, rehearsal=rehearsal)
    if not changes.is_nothing:
        assert event.id is not None
        record(session, event.id, actor, PLAN, **changes.touched)
    return event
