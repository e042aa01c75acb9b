"""The wall's keys: for this wall alone, or, where a moderator is signed in, for all of them."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.walls import open_wall
from tests.running import Server, until

OWN = "Nur diese Leinwand."
THROWING = """Object.defineProperty(window, 'localStorage', { get() { throw new Error('switched off') } })"""


def showing(page: Page, scene: str, island: int | None = None) -> None:
    """Waits for it."""
    expect(page.locator("#wall")).to_have_attribute("data-scene", scene)
    if island is not None:
        badge = page.locator(f'.scene[data-scene="{scene}"] .board.single .badge')
        expect(badge).to_have_text(str(island))


def test_keys_change_this_wall_alone_until_it_follows_again(
    server: Server, page_at: Callable[..., Page]
) -> None:
    wall = open_wall(page_at(1024, 768), server)
    own = wall.locator(".own")
    showing(wall, "overview")
    expect(own).to_be_hidden()

    for keys, scene, island in (
        ("5", "island", 5),
        ("ArrowRight", "island", 6),
        ("ArrowDown", "cards", None),
        ("e", "harvest", 1),
        ("ArrowLeft", "top", None),
        ("ArrowRight", "harvest", 1),
        ("12", "harvest", 12),
        ("PageDown", "cloud", None),
        ("PageUp", "harvest", 12),
        ("d", "thanks", None),
        ("ArrowRight", "thanks", None),
        ("m", "join", None),
    ):
        for key in [keys] if len(keys) > 2 else list(keys):
            wall.keyboard.press(key)
        showing(wall, scene, island)
    expect(own).to_contain_text(OWN)
    assert server.live()["scene"] == {"name": "overview", "island": None}

    desk = server.desk()
    desk.post(f"/moderate/{server.code}/scene", data={"scene": "top"})
    until(lambda: server.live()["scene"]["name"] == "top")
    showing(wall, "join")
    wall.keyboard.press("h")
    showing(wall, "top")
    expect(own).to_be_hidden()

    wall.keyboard.press("1")
    expect(wall.locator(".told")).to_have_text("Insel 1 …")
    showing(wall, "island", 1)
    server.enter("cloud")
    showing(wall, "cloud")  # another phase: everybody looks at the same again
    expect(own).to_be_hidden()


def test_a_moderators_keys_steer_all_walls_and_without_the_session_this_one(
    server: Server, page_at: Callable[..., Page]
) -> None:
    moderators = page_at(1024, 768, expected="403")
    link = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    moderators.goto(f"{server.address}{urlsplit(link).path}")
    moderators.locator("main form button").click()
    expect(moderators).to_have_url(re.compile("/moderate/"))
    open_wall(moderators, server)
    halls = open_wall(page_at(1920, 1080), server)
    showing(halls, "overview")

    moderators.keyboard.press("e")
    for _ in range(3):  # faster than the answers come
        moderators.keyboard.press("ArrowRight")
    showing(halls, "harvest", 4)
    showing(moderators, "harvest", 4)
    expect(moderators.locator(".own")).to_be_hidden()
    moderators.keyboard.press("?")
    expect(moderators.locator("dialog")).to_contain_text("zeigen alle Leinwände")
    moderators.keyboard.press("Escape")

    moderators.context.clear_cookies()
    moderators.keyboard.press("u")
    showing(moderators, "overview")
    expect(moderators.locator(".own")).to_contain_text(OWN)
    showing(halls, "harvest", 4)
    moderators.keyboard.press("?")
    expect(moderators.locator("dialog")).to_contain_text("nur diese Leinwand")


def test_looks_are_kept_for_this_wall(hall: Server, page_at: Callable[..., Page]) -> None:
    """C16 beside it: where nothing can be kept, everything works all the same."""
    looks = """() => { const { theme, calm } = document.documentElement.dataset;
        return [theme, calm, parseFloat(getComputedStyle(document.documentElement).fontSize)] }"""
    forgetful = page_at(1024, 768)
    forgetful.add_init_script(THROWING)
    kept = []
    for page in (page_at(1024, 768), forgetful):
        wall = open_wall(page, hall)
        wall.keyboard.press("m")
        before = wall.evaluate(looks)
        for key in ("t", "c", "-", "-", "-", "+"):
            wall.keyboard.press(key)
        changed = wall.evaluate(looks)
        assert [before[:2], changed[:2]] == [["light", "off"], ["dark", "on"]]
        assert round(changed[2] / before[2], 2) == 0.8
        wall.reload()
        wall.wait_for_selector(".offer.total", state="attached")
        kept.append((wall.evaluate(looks) == changed, wall.evaluate(looks) == before))
        wall.keyboard.press("0")

    assert kept == [(True, False), (False, True)]


def test_everything_is_explained_and_works_by_keyboard_alone(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    wall = open_wall(page_at(390, 844), hall)
    for _ in range(3):  # past the links to the content and to the reading view
        wall.keyboard.press("Tab")
    expect(wall.locator(".hint")).to_be_focused()
    wall.keyboard.press("Enter")
    help_ = wall.locator("dialog")
    expect(help_).to_be_visible()
    keys = [key.strip() for key in help_.locator("kbd:visible").all_text_contents()]
    assert keys == [*"1 99 ← → ↑ ↓ H F + − 0 T C G ? M U I K V E W D".split()]
    wall.keyboard.press("k")  # the help is read, not played
    wall.keyboard.press("?")
    expect(help_).to_be_hidden()
    showing(wall, "overview")
