"""A series' evenings are listed in their order, and the next one to copy a plan for is named."""

import datetime
from typing import Any

import pytest

from app.database import Database
from app.planning.agenda import agendas
from app.planning.copying import copy_event, suggestion
from app.planning.importing import import_plan
from app.planning.models import Event
from app.planning.plan import Plan

ANNOUNCED = [
    (datetime.date(2023, 9, 6), "Alstaden/Lirich"),
    (datetime.date(2023, 9, 28), "Osterfeld"),
    (datetime.date(2023, 10, 26), "Oberhausen-Ost"),
    (datetime.date(2023, 11, 7), "Sterkrade-Mitte"),
    (datetime.date(2023, 11, 23), "Sterkrade-Nord"),
]


def copied(database: Database, key: str) -> Event:
    """For the district that is suggested."""
    with database.read() as session:
        values = suggestion(session, session.get_one(Event, 1))
    return database.write(copy_event, key, "planner Ada", values, rehearsal=True)


def test_dates_without_an_event_are_announced_only(database: Database, event: Event) -> None:
    with database.read() as session:
        (agenda,) = agendas(session)

    assert [each.key for each in agenda.events] == ["mitte-styrum-2023"]
    assert [(day.date, day.district) for day in agenda.announced] == ANNOUNCED


def test_what_is_copied_is_the_date_that_was_named(database: Database, event: Event) -> None:
    with database.read() as session:
        (agenda,) = agendas(session)
        assert agenda.copy is not None
        source, day = agenda.copy
        assert suggestion(session, source)["date"] == day.date

    made = copied(database, event.key)

    with database.read() as session:
        (agenda,) = agendas(session)
        assert [each.date for each in agenda.events] == [event.date, day.date]
        assert [(each.date, each.district) for each in agenda.announced] == ANNOUNCED[1:]
        assert agenda.copy is not None
        assert agenda.copy[0].key == made.key


def test_an_earlier_date_is_announced_without_a_plan_to_copy(
    database: Database, plan: Plan
) -> None:
    late = plan.event.model_copy(update={"date": datetime.date(2023, 12, 1)})
    database.write(import_plan, plan.model_copy(update={"event": late}), rehearsal=False)

    with database.read() as session:
        (agenda,) = agendas(session)

    assert len(agenda.announced) == 6
    assert agenda.copy is None


def test_the_series_with_the_latest_evening_comes_first(
    database: Database, plan: Plan, event: Event
) -> None:
    series = plan.series.model_copy(update={"key": "next", "title": "A later one"})
    later = plan.event.model_copy(update={"key": "later", "date": datetime.date(2024, 1, 1)})
    changed = plan.model_copy(update={"series": series, "event": later})
    database.write(import_plan, changed, rehearsal=False)

    with database.read() as session:
        assert [agenda.series.title for agenda in agendas(session)] == [
            "A later one",
            "Expert*innendialoge im Sozialraum 2023",
        ]


@pytest.mark.parametrize("events", [1, 3])
def test_the_list_takes_three_statements_however_long_it_is(
    database: Database, event: Event, statements: Any, events: int
) -> None:
    for _ in range(events - 1):
        copied(database, event.key)

    with database.read() as session, statements.of(session):
        (agenda,) = agendas(session)

    assert (len(agenda.events), len(statements)) == (events, 3)
