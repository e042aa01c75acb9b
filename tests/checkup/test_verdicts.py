"""What is measured turns green, yellow and red where it should."""

import datetime

import pytest

from app.checkup.computer import backup_of, power_of
from app.checkup.finding import Finding, State, worst
from app.checkup.planned import date
from app.checkup.storage import room_for, speed_of
from app.machine.power import Power
from app.planning.models import Event, Phase

TODAY = datetime.date(2026, 6, 12)


def states(*findings: Finding) -> list[str]:
    return [finding.state for finding in findings]


def test_room_speed_and_power() -> None:
    assert states(*map(room_for, (50, 900, 90_000))) == ["red", "yellow", "green"]
    assert states(*map(speed_of, (3, 20, 200))) == ["red", "yellow", "green"]
    assert states(
        power_of(Power(is_on_mains=False, percent=20)),
        power_of(Power(is_on_mains=False, percent=95)),
        power_of(None),
        power_of(Power(is_on_mains=True, percent=20)),
        power_of(Power(is_on_mains=True, percent=None)),
    ) == ["red", "yellow", "yellow", "green", "green"]
    (said,) = {power_of(Power(False, 20)).as_dict(str)["advice"]}
    assert said == "Läuft auf Akku mit nur 20 %: Bitte jetzt das Netzteil anschließen."


def test_a_backup_matters_more_while_people_send() -> None:
    ages = (None, 30 * 3600, 40 * 60, 240)
    assert states(*(backup_of(age, is_running=False) for age in ages)) == [
        "yellow",
        "yellow",
        "green",
        "green",
    ]
    assert states(*(backup_of(age, is_running=True) for age in ages)) == [
        "red",
        "red",
        "red",
        "green",
    ]


@pytest.mark.parametrize(
    ("days", "phase", "is_rehearsal", "state"),
    [
        (0, Phase.setup, False, "green"),
        (5, Phase.setup, False, "green"),
        (-1, Phase.setup, False, "yellow"),
        (5, Phase.cafe, False, "yellow"),
        (0, Phase.setup, True, "yellow"),
        (-99, Phase.cafe, True, "green"),
    ],
)
def test_date_phase_and_rehearsal_have_to_fit(
    days: int, phase: Phase, is_rehearsal: bool, state: str
) -> None:
    event = Event(date=TODAY + datetime.timedelta(days), phase=phase, is_rehearsal=is_rehearsal)  # type: ignore[call-arg]
    assert date(event, TODAY).state == state


def test_one_red_line_makes_all_red() -> None:
    assert worst(["green", "red", "yellow"]) == State.red
    assert worst(["green", "yellow"]) == State.yellow
    assert worst([]) == State.green
