"""A plan is read for its forms with the same few statements, however many islands it has."""

from sqlmodel import select

from app.database import Database
from app.planning.editing.draft import read_draft
from app.planning.importing import import_plan
from app.planning.models import Event
from app.planning.plan import Plan
from app.planning.plan_changes import plan_changes, seen_of
from tests.planning.conftest import Statements


def test_one_island_costs_as_many_statements_as_twelve(
    database: Database, plan: Plan, statements: Statements
) -> None:
    counts = []
    for islands in (1, 12):
        shorter = plan.model_copy(update={"islands": plan.islands[:islands]})
        database.write(import_plan, shorter, rehearsal=False)
        with database.read() as session:
            event = session.exec(select(Event)).one()
            statements.clear()
            with statements.of(session):
                read_draft(session, event)
                seen_of(session, event)
                plan_changes(session, plan, lambda _session, _event: {})
            counts.append(len(statements))

    assert counts[0] == counts[1]


def test_what_was_seen_changes_with_the_plan_and_with_nothing_else(
    database: Database, plan: Plan
) -> None:
    def seen() -> str:
        with database.read() as session:
            return seen_of(session, session.exec(select(Event)).one())

    database.write(import_plan, plan, rehearsal=False)
    first = seen()
    database.write(import_plan, plan, rehearsal=False)
    assert seen() == first, "the version has risen, the plan is the same"

    shorter = plan.model_copy(update={"islands": plan.islands[:11]})
    database.write(import_plan, shorter, rehearsal=False)
    assert seen() != first
