"""A moderator curates the cloud from the list of words, by keyboard alone; the wall follows."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PageAt
from tests.journeys.desks import STALE, open_desk
from tests.running import Server, until


@pytest.fixture
def in_cloud(hall: Server) -> Iterator[Server]:
    hall.enter("cloud")
    yield hall
    hall.enter("cafe")


def send(server: Server, *texts: str) -> None:
    for text in texts:
        with closing(server.phone()) as phone:
            fields = {"text": text, "submission": "only"}
            phone.post(f"/e/{server.code}/words", json=fields).raise_for_status()


def on_wall(server: Server) -> dict[str, int]:
    return {word["word"]: word["count"] for word in server.live()["cloud"]}


def row(page: Page, text: str):
    return page.locator("li.word").filter(has=page.locator(".text", has_text=text))


def press(page: Page, selector: str, key: str = "Enter") -> None:
    page.locator(selector).focus()
    page.keyboard.press(key)


def test_words_are_merged_renamed_split_and_undone_by_keyboard_and_the_wall_follows(
    in_cloud: Server, page_at: PageAt
) -> None:
    send(in_cloud, "Dialog", "Dialog", "Austausch", "bunt")
    desk = open_desk(page_at, in_cloud)
    expect(desk.locator("li.word")).to_have_count(3)

    for text in ("Dialog", "Austausch"):
        row(desk, text).locator(".tick input").focus()
        desk.keyboard.press("Space")
    expect(desk.locator("#merge-ticked")).to_have_text("2 zusammenlegen")
    press(desk, "#merge-ticked")
    expect(desk.locator("li.word")).to_have_count(2)
    expect(desk.locator("#said")).to_have_text("Wörter zusammengelegt")
    expect(desk.locator("#merge-ticked")).to_be_focused()
    expect(desk.locator("#merge-ticked")).to_have_text("Angekreuzte zusammenlegen")
    until(lambda: on_wall(in_cloud) == {"Dialog": 3, "bunt": 1})

    row(desk, "Dialog").locator("summary").focus()
    desk.keyboard.press("Enter")
    row(desk, "Dialog").get_by_label("Gezeigt als").focus()
    desk.keyboard.type("Im Gespräch")
    desk.keyboard.press("Enter")
    expect(row(desk, "Im Gespräch")).to_have_count(1)
    expect(row(desk, "Im Gespräch").locator("details")).not_to_have_attribute("open", "")
    until(lambda: on_wall(in_cloud) == {"Im Gespräch": 3, "bunt": 1})

    row(desk, "Im Gespräch").locator("summary").focus()
    desk.keyboard.press("Enter")
    row(desk, "Im Gespräch").get_by_role("button", name="„Austausch“ abtrennen").focus()
    desk.keyboard.press("Enter")
    until(lambda: on_wall(in_cloud) == {"Im Gespräch": 2, "Austausch": 1, "bunt": 1})

    for cloud in (
        {"Im Gespräch": 3, "bunt": 1},
        {"Dialog": 3, "bunt": 1},
        {"Dialog": 2, "Austausch": 1, "bunt": 1},
    ):
        press(desk, "#words-undo", "z")  # as it does among the cards
        until(lambda cloud=cloud: on_wall(in_cloud) == cloud)
    expect(desk.locator("#words-undo")).to_have_count(0)


def test_ticks_and_a_typed_name_survive_what_others_do_meanwhile(
    in_cloud: Server, page_at: PageAt
) -> None:
    send(in_cloud, "Kirche", "Moschee")
    desk = open_desk(page_at, in_cloud)
    row(desk, "Moschee").locator("summary").click()
    row(desk, "Moschee").get_by_label("Gezeigt als").fill("Gebet")
    row(desk, "Kirche").locator(".tick input").check()
    desk.locator("#words-heading").click()

    send(in_cloud, "Synagoge")

    expect(row(desk, "Synagoge")).to_have_count(1)
    expect(row(desk, "Kirche").locator(".tick input")).to_be_checked()
    expect(row(desk, "Moschee").get_by_label("Gezeigt als")).to_have_value("Gebet")


def test_a_name_is_given_to_the_word_as_it_was_seen(in_cloud: Server, page_at: PageAt) -> None:
    """C06"""
    send(in_cloud, "Weitblick")
    desk = open_desk(page_at, in_cloud, expected="409")
    word = row(desk, "Weitblick")
    word.locator("summary").click()
    name = word.get_by_label("Gezeigt als")
    name.fill("Ausblick")
    desk.locator("#words-heading").click()
    id = (word.get_attribute("id") or "").removeprefix("word-")
    with closing(in_cloud.desk()) as other:
        path = f"/moderate/{in_cloud.code}/words/{id}/renaming"
        other.post(path, data={"version": "1", "text": "Rundblick"})
    shown = row(desk, "Rundblick")
    name = shown.get_by_label("Gezeigt als")
    expect(name).to_have_value("Ausblick")

    name.press("Enter")

    expect(desk.locator("#refusal")).to_have_text(STALE)
    assert on_wall(in_cloud)["Rundblick"] == 1
    expect(name).to_have_value("Ausblick")
    name.press("Enter")
    until(lambda: on_wall(in_cloud).get("Ausblick") == 1)


def test_a_proposal_takes_one_tap_and_a_dismissed_one_stays_away(
    in_cloud: Server, page_at: PageAt
) -> None:
    send(in_cloud, "Begegnung", "Begegnung", "Begengung")
    desk = open_desk(page_at, in_cloud)
    proposals = desk.locator(".proposals li")
    expect(proposals).to_have_count(1)

    desk.get_by_role("button", name="„Begegnung“ und „Begengung“ zusammenlegen").click()
    until(lambda: on_wall(in_cloud)["Begegnung"] == 3)
    expect(proposals).to_have_count(0)

    press(desk, "#words-undo")
    expect(proposals).to_have_count(1)
    press(desk, ".proposals button.quiet")
    expect(proposals).to_have_count(0)
    assert on_wall(in_cloud)["Begengung"] == 1
