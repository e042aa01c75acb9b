"""The rehearsal's wall notices when states come twice or go back."""

import json

from app.operations.rehearsal.moment import Disagreement
from app.operations.rehearsal.wall import Wall


def wall_that_received(*versions: int | None) -> Wall:
    """None stands for a new connection."""
    wall = Wall()
    wall.connected()
    for version in versions:
        if version is None:
            wall.connected()
        else:
            wall.receive(json.dumps({"version": version}))
    return wall


def test_rising_versions_are_no_fault_and_the_last_state_is_kept() -> None:
    wall = wall_that_received(1, 2, 5, None, 5, 6)
    wall.receive(json.dumps({"heartbeat": True, "version": 6, "clock": {}}))

    assert (wall.faults, wall.state, wall.connections) == ([], {"version": 6}, 2)


def test_a_version_sent_twice_on_one_connection_is_a_fault() -> None:
    assert wall_that_received(1, 2, 2).faults == [
        Disagreement("wall", "version of the next state", "> 2", "2")
    ]


def test_a_version_that_went_back_after_a_restart_is_a_fault_and_is_not_shown() -> None:
    wall = wall_that_received(7, None, 3)

    assert wall.faults == [Disagreement("wall", "version of the next state", "> 7", "3")]
    assert wall.state == {"version": 7}


def test_a_dot_is_shown_by_the_first_state_that_is_not_older() -> None:
    wall = wall_that_received(1, 4, 9)

    times = [wall.shown_at(version) for version in (1, 2, 4, 5, 9)]

    assert None not in times
    assert times[1] == times[2]
    assert times[3] == times[4]
    assert wall.shown_at(10) is None
