"""The attendee's way in every language, from right to left, too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.catalogues import write_mirrored
from tests.conftest import PageAt
from tests.running import Server, load_event

LEFT_OVER = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    node => node.matches?.('[lang], [role=status]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const texts = [];
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    else for (const name of ['aria-label', 'placeholder', 'title', 'data-left'])
      texts.push(node.getAttribute(name) ?? '');
  }
  return texts.map(text => text.replace(/\\{\\w+\\}/g, '').trim()).filter(text => /[a-z]{2}/i.test(text));
}"""
CUT_OFF = """() => [...document.querySelectorAll('button, .button, .islands a, summary, .badge, .way')]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
  .map(({ textContent }) => textContent)"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With one language more, which is written from right to left."""
    data = tmp_path_factory.mktemp("hall") / "data"
    event, code = load_event(data, rehearsal=False)
    write_mirrored(data / "locale")
    server = Server(data, WORLDCAFE_LIMITS="off")
    server.event, server.code = event, code
    server.start()
    server.enter("cafe")
    yield server
    server.give_up()


def reading(page_at: PageAt, hall: Server, language: str, width: int = 390) -> Page:
    page = page_at(width, 844, locale="de-DE")
    page.context.add_cookies([{"name": "language", "value": language, "url": hall.address}])
    return page


def left_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"]


def test_leichte_sprache_is_chosen_first_and_stays(hall: Server, page_at: PageAt) -> None:
    """Without JavaScript, through every phase."""
    page = page_at(locale="en-GB", java_script_enabled=False)
    page.goto(hall.address)
    choice = page.get_by_role("form", name="Language").get_by_role("button")
    assert choice.all_inner_texts() == ["Deutsch", "Leichte Sprache", "English", "עברית"]
    assert min(box["height"] for b in choice.all() if (box := b.bounding_box())) >= 48

    page.get_by_role("button", name="Leichte Sprache").click()

    expect(page.locator("html")).to_have_attribute("lang", "de-simple")
    expect(page.locator("[aria-current]")).to_have_text("Leichte Sprache")
    page.get_by_label("Code von der Veranstaltung").fill(hall.code)
    page.get_by_role("button", name="Mitmachen").click()
    page.get_by_role("link", name="Ehrenamt").click()
    expect(page.locator(".description span").first).to_have_attribute("lang", "de-simple")
    expect(page.locator(".description span").first).to_contain_text("Sie helfen anderen ohne Lohn?")
    expect(page.locator("#cards h2")).to_have_text("Wie lernen mehr Menschen das Angebot kennen?")
    try:
        hall.enter("cloud")
        page.get_by_role("link", name="Alle Inseln").first.click()
        expect(page.locator("h1")).to_have_text(
            "Wie war die Veranstaltung? Schreiben Sie 1 oder 2 Wörter."
        )
        hall.enter("closed")
        page.reload()
        page.get_by_role("link", name="Ergebnisse ansehen").click()
        expect(page.locator("h1")).to_have_text("Das haben wir zusammen gelernt")
        expect(page.locator("article > p").first).to_contain_text("16. August 2023")
    finally:
        hall.enter("cafe")


def test_an_island_leads_to_the_languages(hall: Server, page_at: PageAt) -> None:
    """A poster's code leads there first."""
    page = page_at(locale="de-DE")
    page.goto(f"{hall.address}/e/{hall.code}/5")

    page.get_by_role("link", name="Sprache").click()
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Deutsch")).to_be_focused()
    expect(page.get_by_role("button", name="Deutsch")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 320])
def test_the_layout_holds_from_right_to_left(hall: Server, page_at: PageAt, width: int) -> None:
    page = reading(page_at, hall, "he", width)

    for path in ("/", f"/e/{hall.code}", f"/e/{hall.code}/5", "/privacy"):
        page.goto(hall.address + path)
        if path.endswith("/5"):
            page.click(".dot.no >> nth=0")
            page.wait_for_selector(".withdraw")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(CUT_OFF) == []
        assert page.evaluate(LEFT_OVER) == [], "every text comes from the catalogue"


def test_what_stands_right_stands_left_from_right_to_left(hall: Server, page_at: PageAt) -> None:
    page = reading(page_at, hall, "he")
    page.goto(f"{hall.address}/e/{hall.code}/5")

    assert left_of(page, ".dot.yes") > left_of(page, ".dot.no")
    assert left_of(page, ".title .badge") > left_of(page, "h1")
    assert left_of(page, "#bar .way") > left_of(page, "#bar .tongues") > left_of(page, "#clock")
    assert page.locator(".onward .icon").evaluate("icon => getComputedStyle(icon).scale") == "-1 1"
    assert (
        page.locator(".spot .icon").first.evaluate("icon => getComputedStyle(icon).scale") == "none"
    )
    assert page.locator("h1").evaluate("h1 => getComputedStyle(h1).direction") == "ltr"


def test_a_card_keeps_its_direction(hall: Server, page_at: PageAt) -> None:
    page = reading(page_at, hall, "he")
    page.goto(f"{hall.address}/e/{hall.code}/6")

    for text in ("Mehr Plakate, bitte!", "שלום!"):
        page.fill("#card-text", text)
        page.click("#card-send")
        page.wait_for_selector(f".pinned >> text={text}")

    directions = "cards => cards.map(card => [card.textContent, getComputedStyle(card).direction])"
    assert sorted(page.locator(".pinned .words").evaluate_all(directions)) == [
        ["Mehr Plakate, bitte!", "ltr"],
        ["שלום!", "rtl"],
    ]
    expect(page.locator("#card-text")).to_have_attribute("dir", "auto")
