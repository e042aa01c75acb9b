"""Whoever changes a plan is named in the journal of its event, by whatever way the change came."""

from typing import Any

import pytest
from sqlmodel import select

from app.database import Database
from app.errors import Stale
from app.moderation.wiping import begin_rehearsal, end_rehearsal
from app.planning.changing import change_to
from app.planning.copying import copy_event
from app.planning.editing.draft import change_plan
from app.planning.journal import Act
from app.planning.models import Event
from app.planning.plan import Plan
from app.planning.plan_changes import seen_of

WIFI = "streng geheim"


@pytest.fixture
def event(database: Database, plan: Plan) -> Event:
    return database.write(change_to, plan, "planner Kim")


def told(database: Database, event: Event) -> list[tuple[str, str, str, dict[str, Any]]]:
    with database.read() as session:
        acts = session.exec(select(Act).where(Act.event_id == event.id))
        return [(act.actor, act.name, act.subject, act.details) for act in acts]


def seen(database: Database, event: Event) -> str:
    with database.read() as session:
        return seen_of(session, event)


NEW = ("planner Kim", "plan", "", {"is_new": True})


def test_a_plan_that_comes_in_again_leaves_a_line_only_when_it_changes_something(
    database: Database, plan: Plan, event: Event
) -> None:
    database.write(change_to, plan, "planner Lou")
    assert told(database, event) == [NEW]

    named = plan.event.model_copy(update={"place": "Stadthalle", "wifi_password": WIFI})
    islands = [plan.islands[1], plan.islands[0].model_copy(update={"title": "Wohnen"})]
    changed = plan.model_copy(update={"event": named, "islands": islands})
    database.write(change_to, changed, "terminal")

    gone = [offer.key for island in plan.islands[2:] for offer in island.offers]
    assert told(database, event) == [
        NEW,
        (
            "terminal",
            "plan",
            "",
            {
                "event": ["place", "wifi_password"],
                "islands": {"changed": [1], "retired": list(range(3, 13))},
                "offers": {"retired": gone},
                "is_reordered": True,
            },
        ),
    ]
    assert WIFI not in str(told(database, event))


def test_a_form_leaves_its_line_and_a_stale_one_none(database: Database, event: Event) -> None:
    before = seen(database, event)
    arguments = (event.key, "planner Lou", before, lambda draft: draft.retire_island(12))
    database.write(change_plan, *arguments)
    with pytest.raises(Stale):
        database.write(change_plan, *arguments)

    ((actor, name, _, details),) = told(database, event)[1:]
    assert (actor, name, details["islands"]) == ("planner Lou", "plan", {"retired": [12]})


def test_a_copy_says_of_what_it_is_one(database: Database, event: Event) -> None:
    values = {"title": "Abend", "district": "Alstaden", "date": event.date}

    copy = database.write(copy_event, event.key, "planner Lou", values, rehearsal=False)

    assert told(database, copy) == [("planner Lou", "copying", event.key, {})]
    assert told(database, event) == [NEW]


def test_the_plan_and_who_changed_it_outlive_a_rehearsal(database: Database, event: Event) -> None:
    database.write(begin_rehearsal, event.id)

    database.write(end_rehearsal, event.id, keep=False)

    assert told(database, event) == [NEW]
