"""How fast one device may write, by a clock that stands until it is moved."""

import pytest

from app.errors import TooFast
from app.feedback import limits as limits_module
from app.feedback.limits import DOTS, TEXTS, Limits, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(
    limits: Limits, times: int, device: str = "ada", rate: Rate = DOTS, event: int = 1
) -> int:
    """How many of `times` were allowed."""
    allowed = 0
    for _ in range(times):
        try:
            limits.take(event, device, rate)
            allowed += 1
        except TooFast:
            pass
    return allowed


@pytest.mark.parametrize(("rate", "burst"), [(DOTS, 40), (TEXTS, 6)])
def test_a_burst_is_allowed_and_then_no_more(rate: Rate, burst: int) -> None:
    assert taken(Limits(is_on=True, clock=Clock()), 100, rate=rate) == burst


@pytest.mark.parametrize(
    ("rate", "after_s", "more"), [(DOTS, 1, 5), (DOTS, 3600, 40), (TEXTS, 60, 6), (TEXTS, 10, 1)]
)
def test_the_bucket_fills_again(rate: Rate, after_s: float, more: int) -> None:
    clock = Clock()
    limits = Limits(is_on=True, clock=clock)
    taken(limits, 100, rate=rate)

    clock.now += after_s

    assert taken(limits, 100, rate=rate) == more


def test_whoever_is_refused_learns_how_long_to_wait_and_then_is_taken() -> None:
    clock = Clock()
    limits = Limits(is_on=True, clock=clock)
    taken(limits, 6, rate=TEXTS)
    with pytest.raises(TooFast) as refused:
        limits.take(1, "ada", TEXTS)
    assert refused.value.retry_after_s == 10

    clock.now += refused.value.retry_after_s

    limits.take(1, "ada", TEXTS)


def test_being_refused_costs_nothing() -> None:
    clock = Clock()
    limits = Limits(is_on=True, clock=clock)
    taken(limits, 1000)

    clock.now += 1

    assert taken(limits, 100) == 5


def test_devices_events_and_kinds_do_not_share_a_bucket() -> None:
    limits = Limits(is_on=True, clock=Clock())
    taken(limits, 100)

    assert taken(limits, 100, device="bob") == 40
    assert taken(limits, 100, event=2) == 40
    assert taken(limits, 100, rate=TEXTS) == 6


def test_new_devices_are_bounded_far_above_any_hall() -> None:
    clock = Clock()
    limits = Limits(is_on=True, clock=clock)

    welcome = sum(taken(limits, 1, device=f"device {i}") for i in range(3500))
    with pytest.raises(TooFast) as refused:
        limits.take(1, "one more", DOTS)

    assert (welcome, refused.value.retry_after_s) == (3000, 5)
    assert taken(limits, 1, device="device 0") == 1, "who is here already is not concerned"
    assert taken(limits, 1, device="elsewhere", event=2) == 1
    clock.now += 1
    assert sum(taken(limits, 1, device=f"later {i}") for i in range(100)) == 50


def test_memory_is_bounded_by_forgetting_the_longest_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits_module, "REMEMBERED", 2)
    limits = Limits(is_on=True, clock=Clock())
    for device in ("ada", "bob"):
        taken(limits, 100, device=device)

    limits.take(1, "cem", DOTS)

    assert taken(limits, 100, device="bob") == 0
    assert taken(limits, 100, device="ada") == 40


def test_switched_off_there_are_no_limits() -> None:
    assert taken(Limits(is_on=False, clock=Clock()), 5000) == 5000
