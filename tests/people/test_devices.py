"""A device is a random id in a signed cookie, and in the database only a hash of one event."""

import time

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.people.devices import Devices, hash_of

KEY = b"k" * 32


def sent(cookie: str) -> str:
    """A Cookie header with others around it."""
    return f"desk-X=1; device={cookie}; planner=2"


def connection(cookie: str = "") -> HTTPConnection:
    headers = [(b"cookie", f"device={cookie}".encode("latin-1"))] if cookie else []
    return HTTPConnection({"type": "http", "headers": headers})


def given(devices: Devices, cookie: str = "") -> str:
    answer = Response()
    devices.greet(connection(cookie), answer)
    return answer.headers.get("set-cookie", "").removeprefix("device=").split(";")[0]


def test_a_newcomer_gets_a_cookie_that_is_recognised() -> None:
    devices = Devices(KEY, is_https=False)

    cookie = given(devices)

    token = devices.token(sent(cookie))
    assert token is not None
    assert len(token) >= 22
    assert given(devices, cookie) == ""
    assert Devices(KEY, is_https=False).token(sent(cookie)) == token, "after a restart, too"


def test_no_two_newcomers_are_the_same() -> None:
    devices = Devices(KEY, is_https=False)

    assert len({devices.token(sent(given(devices))) for _ in range(50)}) == 50


@pytest.mark.parametrize("forge", ["", "x", "a.b.c", "ä", "." * 100, "x" * 5000])
def test_what_is_not_ours_is_no_device(forge: str) -> None:
    """S01, S02"""
    assert Devices(KEY, is_https=False).token(sent(forge)) is None


def test_a_tampered_cookie_is_a_new_device_and_never_anothers() -> None:
    """S02"""
    devices = Devices(KEY, is_https=False)
    cookie = given(devices)
    token, rest = cookie.split(".", 1)

    for forged in (f"{token[:-1]}x.{rest}", cookie[:-1], f"{token}.{rest}x", cookie.upper()):
        assert devices.token(sent(forged)) is None
        assert given(devices, forged) != ""
    assert Devices(b"another key" * 3, is_https=False).token(sent(cookie)) is None


def test_after_twelve_hours_a_cookie_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    devices = Devices(KEY, is_https=False)
    cookie = given(devices)
    later = time.time() + 12 * 3600 + 2

    assert devices.token(sent(cookie)) is not None
    monkeypatch.setattr(time, "time", lambda: later)
    assert devices.token(sent(cookie)) is None


def test_the_hash_tells_nothing_without_the_events_secret() -> None:
    one, other = hash_of("token", b"event 1"), hash_of("token", b"event 2")

    assert len({one, other, hash_of("token2", b"event 1")}) == 3
    assert one == hash_of("token", b"event 1")
    assert len(one) == 22
