"""Simulated attendees come in a wave."""

from random import Random

from app.operations.rehearsal.timetable import Timetable


def test_most_attendees_come_early_and_all_in_the_first_third() -> None:
    timetable = Timetable(begin=0.0, end=300.0)
    chance = Random(1)
    arrivals = sorted(timetable.arrival(chance) for _ in range(1000))

    assert (arrivals[0] >= 0, arrivals[-1] <= 100, arrivals[500] < 40) == (True, True, True)
