"""C12: whatever everybody does in whatever order, rows, walls and files say the same as a plain model."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.database import Database
from app.live import layouter, room
from app.planning.plan import Plan
from tests.exactness.machine import Evenings
from tests.soaking import MINUTES, times

SHORT = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a long evening is shrunk for minutes
    suppress_health_check=[*HealthCheck],
)
LONG = settings(SHORT, max_examples=times(3, 600), stateful_step_count=60, derandomize=not MINUTES)


@pytest.fixture
def evenings(database: Database, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> type[Evenings]:
    """On that database; their walls don't wait for quiet, since nobody sends while they are looked at."""
    monkeypatch.setattr(room, "TICK_S", 0.002)
    monkeypatch.setattr(layouter, "SETTLE_S", 0.002)
    return type("EveningsHere", (Evenings,), {"database": database, "plan": plan})


def test_rows_walls_and_files_equal_a_model_after_any_evening(evenings: type[Evenings]) -> None:
    """C12, X12"""
    run_state_machine_as_test(evenings, settings=SHORT)


@pytest.mark.slow
def test_rows_walls_and_files_equal_a_model_after_many_evenings(evenings: type[Evenings]) -> None:
    """C12, other ones each time."""
    run_state_machine_as_test(evenings, settings=LONG)
