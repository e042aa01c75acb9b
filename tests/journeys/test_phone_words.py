"""An attendee sends one or two words for the cloud."""

from playwright.sync_api import expect

from tests.conftest import PageAt
from tests.running import Server, until


def test_a_refused_text_stays_and_the_reason_is_told(server: Server, page_at: PageAt) -> None:
    server.enter("cloud")
    page = page_at(locale="de-DE", expected="422|htmx:")
    page.goto(f"{server.address}/e/{server.code}")

    page.fill("#word-text", "eins zwei drei")
    page.keyboard.press("Enter")

    expect(page.locator("#message")).to_have_text("Bitte höchstens zwei Wörter.")
    expect(page.locator("#word-text")).to_have_value("eins zwei drei")
    page.fill("#word-text", "eins zwei")
    page.keyboard.press("Enter")
    expect(page.locator(".pinned .words")).to_have_text(["eins zwei"])
    expect(page.locator("#message")).to_have_text("")


def test_two_entries_a_device_and_one_taken_back_makes_room(
    server: Server, page_at: PageAt
) -> None:
    server.enter("cloud")
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}")

    for word in ("lebendig", "bunt"):
        page.fill("#word-text", word)
        page.click("#word-send")
        expect(page.locator(".pinned .words").last).to_have_text(word)
    expect(page.locator("#word-text")).to_have_count(0)
    page.click(".pinned .withdraw >> nth=0")

    expect(page.locator("#announcer")).to_have_text("Ihr Wort ist zurückgenommen.")
    expect(page.locator(".pinned .words")).to_have_text(["bunt"])
    expect(page.locator("#word-text")).to_be_visible()
    until(lambda: [word["word"] for word in server.live()["cloud"]] == ["bunt"])


def test_the_thanks_repeat_no_word_that_is_held(server: Server, page_at: PageAt) -> None:
    server.enter("cloud")
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}")
    for word, place in (("bunt", "in der Wolke"), ("scheiße", "wartet auf Freigabe")):
        page.fill("#word-text", word)
        page.click("#word-send")
        expect(page.locator(".pinned .after span").last).to_have_text(place)

    server.enter("closed")

    expect(page.locator(".ending strong")).to_have_text(["bunt"])
