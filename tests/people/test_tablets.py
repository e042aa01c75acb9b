"""A tablet's cookie: people one after the other, none of them twice, and no way back to the one before."""

from starlette.responses import Response

from app.people.tablets import LOCK_S, MAX_AGE_S, Tablet, Tablets

KEY = b"k" * 32


class Clock:
    now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


def made() -> tuple[Tablets, Clock]:
    clock = Clock()
    return Tablets(KEY, is_https=False, clock=clock), clock


def cookie_of(tablets: Tablets, tablet: Tablet) -> str:
    answer = Response()
    tablets.remember(answer, tablet)
    return "x=1; " + answer.headers["set-cookie"].split("; ")[0]


def test_a_cookie_says_which_tablet_it_is_and_no_other_does() -> None:
    tablets, clock = made()
    tablet = tablets.open("ABC234", 7, "4711")
    cookie = cookie_of(tablets, tablet)

    assert tablets.at(cookie) == tablet
    assert (tablet.path, tablets.locked_s(tablet)) == ("/tablet/ABC234/7", 0)
    assert tablets.at(cookie.replace("ABC234.7", "ABC234.8")) is None
    assert tablets.at("device=1") is tablets.at("") is tablets.at("tablet=") is None
    clock.now_s += MAX_AGE_S + 1
    assert tablets.at(cookie) is None


def test_the_next_person_is_somebody_else_and_always_the_same_after_the_same_one() -> None:
    """A cookie sent a hundred times makes one person."""
    tablets, clock = made()
    first = tablets.open("ABC234", 7, "4711")

    nexts = {tablets.following(first).person for _ in range(100)}
    second = tablets.following(first)
    clock.now_s += LOCK_S
    third = tablets.following(second)

    assert nexts == {second.person}
    assert len({first.person, second.person, third.person}) == 3
    assert (first.id, first.pin) == (third.id, third.pin)


def test_within_three_seconds_nobody_else_comes() -> None:
    """A double tap on "done"."""
    tablets, clock = made()
    second = tablets.following(tablets.open("ABC234", 7, "4711"))

    clock.now_s += LOCK_S - 0.5
    assert tablets.following(second) == second
    assert tablets.locked_s(second) == 0.5
    clock.now_s += 0.5
    assert tablets.locked_s(second) == 0
    assert tablets.following(second) != second


def test_only_the_pin_it_was_opened_with_ends_it_and_the_same_pin_looks_different_elsewhere() -> (
    None
):
    tablets, _ = made()
    tablet, other = (tablets.open("ABC234", 7, "4711") for _ in range(2))

    assert [tablets.is_ended_by(tablet, pin) for pin in ("4711", "4712", "")] == [
        True,
        False,
        False,
    ]
    assert tablet.pin != other.pin
