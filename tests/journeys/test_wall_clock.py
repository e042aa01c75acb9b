"""The wall's clock in a real browser: rounds, colours and a gong, on a clock that the test turns."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.walls import State, open_forged
from tests.running import Server

# How often a bowl is struck: every stroke begins with its lowest tone.
COUNT_STROKES = """window.strokes = 0; window.OscillatorNode = class extends OscillatorNode {
  constructor(sound, how) { super(sound, how); if (how.frequency === 174) window.strokes += 1; }
}"""


def open_clock(page: Page, server: Server, clock: dict[str, Any]) -> Page:
    """A wall with this clock, also as it is changed later. Time runs when the test lets it."""
    page.clock.install(time=0)
    page.clock.pause_at(1_000)

    def turn(state: State) -> None:
        state["clock"] = {"running": True, "total_s": 4500, "round_s": None} | clock

    return open_forged(page, server, turn)


def strokes(page: Page) -> int:
    count: int = page.evaluate("window.strokes")
    return count


def test_the_gong_sounds_once_when_five_and_one_minutes_are_left_and_never_when_the_clock_is_set(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    page = page_at(1920, 1080)
    page.add_init_script(COUNT_STROKES)
    clock: dict[str, Any] = {"remaining_s": 303}
    wall = open_clock(page, hall, clock)
    box = wall.locator(".clock")
    expect(wall.locator(".clock time")).to_have_text("05:03")
    wall.clock.run_for(4_000)
    assert strokes(wall) == 0  # the browser allows no sound yet, and none is made up for
    wall.keyboard.press("Shift")
    heard = []

    def set_clock(**facts: Any) -> None:
        clock.update(facts)
        wall.evaluate("resend()")
        left = "{:02}:{:02}".format(*divmod(clock["remaining_s"], 60))
        expect(wall.locator(".clock time")).to_have_text(left)
        state = "yes" if clock.get("running", True) else "no"
        expect(box).to_have_attribute("data-running", state)

    def run(seconds: int) -> None:
        wall.clock.run_for(1000 * seconds)
        heard.append(strokes(wall))

    set_clock(remaining_s=400)
    expect(box).not_to_have_class("clock soon")
    set_clock(remaining_s=200)  # set past the mark: nobody came down to it
    expect(box).to_have_class("clock soon")
    run(3)
    set_clock(remaining_s=302)
    run(4)  # five minutes left
    set_clock(remaining_s=301)  # a heartbeat corrects it by a little
    run(3)
    set_clock(remaining_s=61, running=False)
    run(5)  # it stands
    set_clock(running=True)
    run(3)  # one minute left
    expect(box).to_have_class("clock last")
    wall.keyboard.press("g")
    set_clock(remaining_s=302)
    run(4)  # switched off

    assert heard == [0, 1, 1, 1, 3, 3]


def test_rounds_are_counted_and_a_new_one_is_called_out(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    page = page_at(1920, 1080)
    page.add_init_script(COUNT_STROKES)
    clock: dict[str, Any] = {"remaining_s": 3003, "round_s": 1500}
    wall = open_clock(page, hall, clock)
    wall.keyboard.press("Shift")
    told = wall.locator(".round")
    expect(told).to_have_text("Runde 1 von 3: 0:03")
    wall.clock.run_for(3_000)
    expect(told).to_have_text("Runde 2 von 3: bitte wechseln!")
    assert strokes(wall) == 3
    for left in range(2995, 2970, -5):  # heard of so often that the wall does not connect anew
        wall.clock.run_for(5_000)
        clock["remaining_s"] = left
        wall.evaluate("resend()")
    expect(told).to_have_text("Runde 2 von 3: 24:35")
    clock["round_s"] = None
    wall.evaluate("resend()")
    expect(told).to_be_hidden()


def test_the_clock_counts_down_by_itself_and_has_room_for_hours(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    clock: dict[str, Any] = {"remaining_s": 602}
    wall = open_clock(page_at(1024, 768), hall, clock)
    time = wall.locator(".clock time")
    expect(time).to_have_text("10:02")
    wall.clock.run_for(5_000)
    expect(time).to_have_text("09:57")
    clock |= {"running": False, "remaining_s": 86400}
    wall.evaluate("resend()")
    expect(time).to_have_text("24:00:00")
    assert wall.locator(".clock").evaluate("e => e.scrollWidth <= e.clientWidth") is True
