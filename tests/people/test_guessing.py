"""S05: guessing is slow, and locks nobody out."""

import asyncio
import re
import time
from collections.abc import Callable

import pytest

from app.errors import CannotStore, TooFast
from app.people.guessing import FORGIVEN_AFTER_S, FREE, MAX_DELAY_S, Guessing
from tests.conftest import StartServer
from tests.phones import Phone
from tests.running import PLANNERS_PASSWORD, Server, finish

KEY = b"k" * 32


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def on_a_loop(work: Callable[[], None]) -> None:
    """A Guessing belongs to the loop it is made on."""

    async def run() -> None:
        work()

    finish(run())


def delays(guessing: Guessing, clock: Clock, mistakes: int, known: str = "") -> list[int]:
    """The seconds to wait before each mistake, of somebody who tries as fast as may be."""
    waited = []
    for _ in range(mistakes):
        seconds = 0
        while True:
            try:
                guessing.begin("Ada", known)
            except TooFast as refusal:
                seconds += refusal.retry_after_s or 0
                clock.now += refusal.retry_after_s or 0
            else:
                break
        waited.append(seconds)
    return waited


def test_a_few_mistakes_are_free_and_then_each_takes_longer(clock: Clock) -> None:
    """S05"""

    def work() -> None:
        waited = delays(Guessing(KEY, clock=clock), clock, FREE + 8)

        assert waited[:FREE] == [0] * FREE
        growing = waited[FREE:]
        assert growing == sorted(growing)
        assert growing[0] >= 1
        assert set(growing[-3:]) == {MAX_DELAY_S + 1}, "and never longer: nobody is locked out"

    on_a_loop(work)


def test_a_browser_that_was_in_before_is_not_slowed_by_strangers(clock: Clock) -> None:
    """S05"""

    def work() -> None:
        guessing = Guessing(KEY, clock=clock)
        known = guessing.known_browser("Ada")
        delays(guessing, clock, FREE + 5)
        with pytest.raises(TooFast):
            guessing.begin("Ada", "")

        guessing.begin("Ada", known)
        assert delays(guessing, clock, FREE, known)[0] == 0
        with pytest.raises(TooFast):
            guessing.begin("Ada", known)  # but it may not guess for ever either

    on_a_loop(work)


def test_a_forged_or_foreign_cookie_is_a_stranger(clock: Clock) -> None:
    """S05: fresh cookies give no fresh tries."""

    def work() -> None:
        guessing = Guessing(KEY, clock=clock)
        delays(guessing, clock, FREE + 1)

        for cookie in ("x", "a.b.c", Guessing(b"other" * 8).known_browser("Ada"),
                       guessing.known_browser("Bo"), guessing.known_browser("Ada") + "x"):  # fmt: skip
            with pytest.raises(TooFast):
                guessing.begin("Ada", cookie)

    on_a_loop(work)


def test_names_are_slowed_apart_whether_they_exist_or_not_and_forgiven(clock: Clock) -> None:
    """S05"""

    def work() -> None:
        guessing = Guessing(KEY, clock=clock)
        delays(guessing, clock, FREE + 6)
        with pytest.raises(TooFast):
            guessing.begin(" aDA ", "")
        guessing.begin("Grace", "")

        clock.now += FORGIVEN_AFTER_S
        assert delays(guessing, clock, FREE) == [0] * FREE
        guessing.was_right("Ada", "")
        assert delays(guessing, clock, FREE) == [0] * FREE

    on_a_loop(work)


def test_what_is_remembered_is_bounded_and_holds_no_name(clock: Clock) -> None:
    def work() -> None:
        guessing = Guessing(KEY, clock=clock)
        for number in range(10_050):
            guessing.begin(f"name {number}", "")

        assert len(guessing._mistakes) == 10_000
        assert "name" not in repr(guessing._mistakes)

    on_a_loop(work)


def test_too_many_at_once_are_asked_to_wait(clock: Clock) -> None:
    async def work() -> None:
        guessing = Guessing(KEY, clock=clock)

        async def verify() -> None:
            async with guessing.limiter:
                await asyncio.sleep(10)

        waiting = [asyncio.create_task(verify()) for _ in range(60)]
        await asyncio.sleep(0.05)
        with pytest.raises(CannotStore):
            guessing.begin("Ada", "")
        for task in waiting:
            task.cancel()

    finish(work())


def test_a_thousand_wrong_passwords_are_slowed_and_the_right_one_works(
    start_server: StartServer,
) -> None:
    """S05: from many connections at once, with and without cookies, while the planner's own browser gets
    in at once, and a new one as soon as it was told."""
    server = start_server()
    planner = server.planner()
    planner.post("/sign-out")

    statuses = finish(guess(server, 1000), within_s=120)

    verified = [status for status in statuses if status == 403]
    assert FREE <= len(verified) <= FREE + 12, "of a thousand, hardly any was even looked at"
    assert set(statuses) <= {403, 429, 503}
    right = {"name": "Ada", "password": PLANNERS_PASSWORD}
    assert planner.post("/sign-in", data=right).status_code == 303
    elsewhere = server.client(headers={"accept": "application/json"})
    began = time.monotonic()
    while (answer := elsewhere.post("/sign-in", data=right)).status_code == 429:
        assert 1 <= int(answer.headers["retry-after"]) <= MAX_DELAY_S + 1
        assert time.monotonic() - began < 3 * MAX_DELAY_S
        time.sleep(int(answer.headers["retry-after"]))
    assert answer.status_code == 303


async def guess(server: Server, times: int) -> list[int]:
    async def one(phone: Phone, numbers: range) -> list[int]:
        found = []
        for number in numbers:
            fields = {"name": "Ada", "password": f"wrong {number:06}"}
            found.append((await phone.post_form("/sign-in", fields)).status)
        phone.close()
        return found

    phones = [Phone(server.port) for _ in range(20)]
    for phone in phones[:10]:
        await phone.get(f"/e/{server.code}")  # brings a cookie
    parts = [range(start, times, len(phones)) for start in range(len(phones))]
    found = await asyncio.gather(*map(one, phones, parts))
    return [status for part in found for status in part]


def test_known_and_unknown_names_are_answered_alike_in_everything(hall: Server) -> None:
    """S05: page, headers and, as argon2 runs for both, time; slowed alike, too."""
    hall.planner("Ada")
    told: dict[str, dict[int, tuple[str, list[str]]]] = {"Ada": {}, "Bob": {}}
    for name, answers in told.items():
        client = hall.client()
        for attempt in range(
            FREE + 5
        ):  # a slow machine may need some of the first delays for itself
            answer = client.post("/sign-in", data={"name": name, "password": "wrong-wrong"})
            assert answer.status_code == 403 or attempt >= FREE
            page = re.sub(r"\d+ Sekunden?", "n Sekunden", answer.text.replace(name, "NAME"))
            answers[answer.status_code] = (page, sorted(answer.headers.keys() - {"date"}))

    assert told["Ada"].keys() == {403, 429}
    assert told["Ada"] == told["Bob"]
