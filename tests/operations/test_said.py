"""What the terminal says, so that somebody without practice can go on from it."""

import io

import pytest
from rich.console import Console

from app.checkup.finding import State, green, red, yellow
from app.cli.said import as_called
from app.operations.trying.findings import say_verdict

CURE = "Zurückholen mit: worldcafe restore /stick/worldcafe.db"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (".venv/bin/worldcafe", "Zurückholen mit: .venv/bin/worldcafe restore /stick/worldcafe.db"),
        ("/srv/app/__main__.py", CURE),
    ],
)
def test_a_command_is_named_as_it_was_typed(program: str, said: str) -> None:
    """From a clone `worldcafe` alone is not found."""
    assert as_called(CURE, program) == said


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        ([State.green], "Alles in Ordnung."),
        ([State.green, State.yellow], "Es geht, aber bitte ansehen."),
        ([State.yellow, State.red, State.green], "So bitte nicht beginnen."),
    ],
)
def test_the_check_up_ends_with_its_verdict(states: list[State], verdict: str) -> None:
    made = {State.green: green, State.yellow: yellow, State.red: red}
    screen = io.StringIO()

    say_verdict([made[state]("disk", "") for state in states], Console(file=screen), str)

    assert screen.getvalue() == f"\n{verdict}\n"
