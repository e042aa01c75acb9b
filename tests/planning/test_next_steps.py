"""The planner's page says where an event stands, and what comes next."""

import datetime

import pytest
from sqlmodel import Session

from app.database import Database
from app.people.notices import NOTICES, write_notices
from app.planning.importing import import_plan
from app.planning.models import Event, Phase, Series
from app.planning.next_steps import Stage, Step, next_steps, stage_of
from app.planning.plan import Plan
from app.planning.posters.kit import invite_all
from tests.forms import Page
from tests.running import Server

EVENING = datetime.date(2023, 8, 16)
DAY_BEFORE = EVENING - datetime.timedelta(days=1)


@pytest.fixture
def prepared(database: Database, plan: Plan) -> Event:
    """Before it opens, and no rehearsal."""
    return database.write(import_plan, plan, rehearsal=False)


def steps(database: Database, event: Event, stage: Stage) -> dict[str, Step]:
    with database.read() as session:
        return {step.name: step for step in next_steps(session, event, stage)}


@pytest.mark.parametrize(
    ("phase", "is_rehearsal", "day", "stage"),
    [
        (Phase.setup, False, DAY_BEFORE, Stage.before),
        (Phase.setup, False, EVENING, Stage.day),
        (Phase.cafe, False, DAY_BEFORE, Stage.day),
        (Phase.cloud, False, EVENING, Stage.day),
        (Phase.closed, False, EVENING, Stage.after),
        (Phase.cafe, True, DAY_BEFORE, Stage.before),
        (Phase.closed, True, DAY_BEFORE, Stage.before),
        (Phase.closed, True, EVENING, Stage.day),
    ],
)
def test_a_rehearsal_is_before_the_day_whatever_its_phase(
    prepared: Event, phase: Phase, is_rehearsal: bool, day: datetime.date, stage: Stage
) -> None:
    prepared.phase, prepared.is_rehearsal = phase, is_rehearsal

    assert stage_of(prepared, day) == stage


def test_before_the_day_it_counts_what_is_missing(database: Database, prepared: Event) -> None:
    needed = sum(field.is_needed for fields in NOTICES.values() for field in fields)

    assert list(steps(database, prepared, Stage.before).values()) == [
        Step("plan", is_done=True, count=36),
        Step("look", is_done=False),
        Step("notices", is_done=False, count=needed),
        Step("posters"),
        Step("moderator", is_done=False),
        Step("hosts", is_done=False, count=12),
    ]


def test_what_was_done_is_ticked(database: Database, prepared: Event) -> None:
    def do_all(session: Session) -> None:
        invite_all(session, prepared)
        session.get_one(Series, prepared.series_id).accent = "#1d4f91"
        texts = {name: {field.name: "x" for field in fields} for name, fields in NOTICES.items()}
        write_notices(session, texts)

    database.write(do_all)

    done = steps(database, prepared, Stage.before)

    assert [step.is_done for step in done.values()] == [True, True, True, None, True, True]
    assert done["hosts"].count == 12


def test_a_rehearsal_is_tried_before_and_ended_on_the_day(
    database: Database, prepared: Event
) -> None:
    prepared.is_rehearsal = True

    assert list(steps(database, prepared, Stage.before))[-1] == "rehearsal"
    assert next(iter(steps(database, prepared, Stage.day))) == "rehearsal_end"


@pytest.mark.parametrize(
    ("phase", "done"),
    [
        (Phase.setup, [None, False, False, False]),
        (Phase.cafe, [None, True, False, False]),
        (Phase.cloud, [None, True, True, False]),
    ],
)
def test_on_the_day_the_phases_are_ticked_off(
    database: Database, prepared: Event, phase: Phase, done: list[bool | None]
) -> None:
    prepared.phase = phase

    assert [step.is_done for step in steps(database, prepared, Stage.day).values()] == done


def test_afterwards_attendees_conclusion_and_sealing_are_ticked_off(
    database: Database, prepared: Event
) -> None:
    def done() -> dict[str, bool | None]:
        named = steps(database, prepared, Stage.after)
        return {name: step.is_done for name, step in named.items() if step.is_done is not None}

    assert done() == {"facts": False, "conclusion": False, "sealing": False}

    prepared.attendees = 82
    prepared.conclusion = "Ein guter Abend."
    prepared.sealed_at = datetime.datetime(2023, 8, 23, tzinfo=datetime.UTC)

    assert done() == {"deciding": True, "facts": True, "conclusion": True, "sealing": True}


def test_what_is_due_stands_first_on_the_events_page(server: Server) -> None:
    planner = server.planner()
    address = f"/plan/events/{server.event}"

    found = []
    for phase in ("setup", "cafe", "closed"):
        server.enter(phase)
        page = Page(planner.get(address).raise_for_status())
        found.append([of["id"] for tag, of in page.tags if of.get("class") == "stage"])

    assert found == [
        ["before", "day", "after"],
        ["day", "after", "before"],
        ["after", "day", "before"],
    ]
