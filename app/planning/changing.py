"""A plan comes in, with its line in the journal: planners are several, and who changed what matters."""

from sqlmodel import Session

from app.errors import NotAcceptable
from app.planning.importing import import_plan
from app.planning.journal import PLAN, record
from app.planning.models import Event
from app.planning.plan import Plan, checked
from app.planning.plan_changes import plan_changes
from app.planning.plan_data import Data, data_of, stored_data
from app.planning.plan_errors import PlanErrors


def change_to(session: Session, plan: Plan, actor: str, *, rehearsal: bool = False) -> Event:
    """What `import_plan` does, and says in the journal what it changed; nothing when that is nothing."""
    changes = plan_changes(session, plan)
    event = import_plan(session, plan, rehearsal=rehearsal)
    if not changes.is_nothing:
        assert event.id is not None
        record(session, event.id, actor, PLAN, **changes.touched)
    return event


def change_event(session: Session, event: Event, actor: str, values: Data) -> None:
    """Some fields of the event, as its form would change them: cleaned and checked like all of the plan,
    which has to be readable again. Raises NotAcceptable."""
    data = stored_data(session, event)
    data["event"] |= values
    try:
        plan = checked(data)
    except PlanErrors as found:
        raise NotAcceptable(field=str(found.errors[0].location[-1])) from found
    if data_of(plan) != stored_data(session, event):
        change_to(session, plan, actor)
