"""Every act on the event sets a value, raises the version and survives being repeated."""

import time

import pytest
from sqlmodel import col, func, select

from app.errors import NotAcceptable, NotOpen
from app.feedback.models import Card, Dot, Entry, PaperCount, State, Support, Word
from app.moderation.journal import record
from app.moderation.models import Act
from app.moderation.steering import (
    begin_rehearsal,
    draw_curtain,
    end_rehearsal,
    enter_phase,
    pause,
    reveal,
    show_scene,
    turn_clock,
)
from app.planning.clock import clock_of
from app.planning.models import Event, Phase, SceneName

TABLES = (Support, Card, Entry, Word, Dot, PaperCount, Act)


@pytest.mark.parametrize("first", Phase)
@pytest.mark.parametrize("then", Phase)
def test_any_phase_follows_any_other(database, event, now, first, then):
    database.write(enter_phase, event.id, first)

    database.write(enter_phase, event.id, then)

    assert now().phase == then


def test_the_wall_shows_what_goes_with_the_phase(database, event, now):
    shown = []
    for phase in (Phase.setup, Phase.cafe, Phase.cloud, Phase.closed):
        database.write(enter_phase, event.id, phase)
        shown.append(now().scene_name)

    assert shown == [SceneName.join, SceneName.overview, SceneName.cloud, SceneName.thanks]


def test_the_phase_that_is_there_already_leaves_the_wall_alone(database, event, now):
    database.write(show_scene, event.id, SceneName.cards, None)
    version = now().version

    database.write(enter_phase, event.id, Phase.cafe)  # a second moderator pressed, too

    assert (now().scene_name, now().version) == (SceneName.cards, version)


def test_a_scene_of_one_island_names_it_and_the_others_do_not(database, event, now):
    shown = []
    for scene in (SceneName.island, SceneName.harvest, SceneName.cards):
        database.write(show_scene, event.id, scene, 3)
        shown.append((now().scene_name, now().scene_island))

    assert shown == [
        (SceneName.island, 3),
        (SceneName.harvest, 3),
        (SceneName.cards, None),
    ]


@pytest.mark.parametrize("island", [None, 0, -1, 99])
def test_an_island_that_is_not_there_is_refused(database, event, now, island):
    version = now().version

    with pytest.raises(NotAcceptable):
        database.write(show_scene, event.id, SceneName.island, island)

    assert (now().scene_name, now().version) == (SceneName.overview, version)


def test_the_clock_starts_and_stops_and_is_set(database, event, now):
    database.write(turn_clock, event.id, None, 600)
    assert clock_of(now()).as_dict() == {
        "running": False,
        "remaining_s": 600,
        "total_s": 4500,
        "round_s": None,
    }

    began = time.time()
    database.write(turn_clock, event.id, True, None)
    started = now()
    assert clock_of(started, started.clock_started_at + 60).remaining_s == 540
    assert began <= started.clock_started_at <= time.time()

    database.write(turn_clock, event.id, None, 900)  # set while it runs: it runs on
    running = now()
    assert clock_of(running, running.clock_started_at).as_dict() == {
        "running": True,
        "remaining_s": 900,
        "total_s": 4500,
        "round_s": None,
    }

    database.write(turn_clock, event.id, False, 300)
    assert clock_of(now()).as_dict() == {
        "running": False,
        "remaining_s": 300,
        "total_s": 4500,
        "round_s": None,
    }


@pytest.mark.parametrize("remaining_s", [-1, 24 * 3600 + 1, 2**63])
def test_an_impossible_time_is_refused(database, event, now, remaining_s):
    version = now().version

    with pytest.raises(NotAcceptable):
        database.write(turn_clock, event.id, True, remaining_s)

    assert (clock_of(now()).running, now().version) == (False, version)


@pytest.mark.parametrize(
    ("act", "column", "value"),
    [
        (draw_curtain, "has_curtain", True),
        (pause, "is_paused", True),
        (reveal, "is_revealed", False),
    ],
)
def test_a_switch_pressed_twice_stays_where_it_was_put(database, event, now, act, column, value):
    assert getattr(now(), column) is not value  # else this proves nothing
    before = now().version

    database.write(act, event.id, value)
    database.write(act, event.id, value)
    assert getattr(now(), column) is value

    database.write(act, event.id, not value)
    assert getattr(now(), column) is not value
    assert now().version == before + 3


# --- rehearsal ------------------------------------------------------------------------------------


def place_dot(database, event, knows=True):
    dot = Dot(event_id=event.id, device="ada", offer_key="umweltberatung", knows=knows, sequence=1)
    database.write(lambda session: session.add(dot))


def rows(database, event):
    with database.read() as session:
        return {
            table.__name__: session.exec(
                select(func.count()).select_from(table).where(col(table.event_id) == event.id)
            ).one()
            for table in TABLES
        }


def test_a_rehearsal_begins_while_nothing_was_sent(database, event, now):
    database.write(begin_rehearsal, event.id)
    version = now().version
    database.write(begin_rehearsal, event.id)

    assert (now().is_rehearsal, now().version) == (True, version)


@pytest.mark.parametrize("knows", [True, None])
def test_no_rehearsal_begins_once_there_is_a_real_dot_even_one_taken_back(
    database, event, now, knows
):
    place_dot(database, event, knows)

    with pytest.raises(NotOpen):
        database.write(begin_rehearsal, event.id)

    assert now().is_rehearsal is False
    assert rows(database, event)["Dot"] == 1


@pytest.mark.parametrize("what", ["card", "word"])
def test_no_rehearsal_begins_once_there_is_a_real_card_or_word(database, event, sent, now, what):
    if what == "card":
        sent.card("Mehr Aushänge", state=State.hidden)
    else:
        sent.word("spannend", "ada")

    with pytest.raises(NotOpen):
        database.write(begin_rehearsal, event.id)

    assert now().is_rehearsal is False


@pytest.fixture
def tried(database, event, sent):
    """A rehearsal in which everything was tried."""
    database.write(begin_rehearsal, event.id)
    place_dot(database, event)
    card = sent.card("Nur eine Probe", state=State.approved)
    sent.word("spannend", "ada")
    database.write(
        lambda session: session.add_all(
            [
                Support(event_id=event.id, card_id=card, device="ben"),
                PaperCount(event_id=event.id, offer_key="umweltberatung", yes=3, no=4),
            ]
        )
    )
    database.write(record, event.id, "moderator 1", "approval", card)
    database.write(turn_clock, event.id, True, 1200)
    assert rows(database, event) == dict.fromkeys((table.__name__ for table in TABLES), 1)
    return event


def test_the_end_of_a_rehearsal_wipes_everything_that_was_tried(database, tried, now):
    before = now()

    database.write(end_rehearsal, tried.id, keep=False)

    assert rows(database, tried) == dict.fromkeys((table.__name__ for table in TABLES), 0)
    after = now()
    assert after.is_rehearsal is False
    assert after.version == before.version + 1
    assert clock_of(after).as_dict() == {
        "running": False,
        "remaining_s": 4500,
        "total_s": 4500,
        "round_s": None,
    }


def test_the_end_of_a_rehearsal_changes_the_secret_that_devices_are_known_by(database, tried, now):
    before = now().device_secret

    database.write(end_rehearsal, tried.id, keep=False)

    after = now().device_secret
    assert (len(after), after != before) == (32, True)


def test_every_table_with_somebodys_feedback_is_among_those_that_are_wiped():
    """A table added later must not be forgotten: it belongs to an event, and so is found here."""
    planned = {"island", "contact", "offer", "invitation"}
    of_events = {
        name
        for name, table in Event.metadata.tables.items()
        if "event_id" in table.c and name not in planned
    }

    assert of_events == {table.__tablename__ for table in TABLES}


def test_a_rehearsal_somebody_forgot_to_end_can_be_kept(database, tried, now):
    before = now()

    database.write(end_rehearsal, tried.id, keep=True)

    assert rows(database, tried) == dict.fromkeys((table.__name__ for table in TABLES), 1)
    after = now()
    assert after.is_rehearsal is False
    assert after.device_secret == before.device_secret
    assert after.clock_started_at == before.clock_started_at


def test_ending_a_rehearsal_twice_wipes_nothing_that_came_after_the_first(database, tried, now):
    database.write(end_rehearsal, tried.id, keep=False)
    place_dot(database, tried)
    secret = now().device_secret

    database.write(end_rehearsal, tried.id, keep=False)  # the other moderator pressed, too

    assert rows(database, tried)["Dot"] == 1
    assert now().device_secret == secret
