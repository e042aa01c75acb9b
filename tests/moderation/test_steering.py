"""Every act on the event sets a value, raises the version and survives being repeated."""

import time

import pytest

from app.errors import NotAcceptable
from app.feedback.models import Card, Dot, Entry, PaperCount, Support, Word
from app.moderation.steering import (
    draw_curtain,
    enter_phase,
    pause,
    reveal,
    show_scene,
    turn_clock,
)
from app.planning.clock import clock_of
from app.planning.journal import Act
from app.planning.models import Phase, SceneName

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
