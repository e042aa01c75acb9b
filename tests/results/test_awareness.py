"""Awareness and its interval, against published figures."""

from math import sqrt

import pytest

from app.results.awareness import Z, awareness, interval


def test_awareness_is_the_share_of_those_who_answered() -> None:
    assert awareness(3, 1) == 0.75


def test_nobody_answered_is_not_zero_percent() -> None:
    assert awareness(0, 0) is None
    assert interval(0, 0) is None


@pytest.mark.parametrize(
    ("yes", "n", "published"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_interval_is_the_published_one(
    yes: int, n: int, published: tuple[float, float]
) -> None:
    """R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    Medicine 17 (1998), table I, method 3."""
    assert interval(yes, n - yes) == published


@pytest.mark.parametrize(("yes", "no"), [(1, 1), (40, 22), (7, 4), (200, 3)])
def test_each_end_is_just_as_far_from_the_share_as_chance_would_reach(yes: int, no: int) -> None:
    """The definition itself: |share - end| = z · sqrt(end · (1 - end) / n)."""
    ends = interval(yes, no)
    assert ends is not None
    for end in ends:
        reach = Z * sqrt(end * (1 - end) / (yes + no))
        assert abs(yes / (yes + no) - end) == pytest.approx(reach, abs=2e-4)


def test_the_ends_stay_within_zero_and_one() -> None:
    assert [str(end) for end in interval(0, 7) or ()] == ["0.0", "0.3543"]
    assert [str(end) for end in interval(7, 0) or ()] == ["0.6457", "1.0"]
