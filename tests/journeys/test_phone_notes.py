"""A personal list of offers to look up, kept on the phone alone."""

from playwright.sync_api import Page, Request, expect

from tests.conftest import PageAt
from tests.journeys.test_phone_offline import LINE_CUT
from tests.running import Server, until

FORBID = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })"
)
NO = ".dot.no >> nth=0"


def at_island(page_at: PageAt, hall: Server, **options: str) -> Page:
    page = page_at(locale="de-DE", **options)
    page.goto(f"{hall.address}/e/{hall.code}/5")
    page.wait_for_selector(".offer .note:visible")
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#noted li:visible h2").all_inner_texts()


def test_a_no_is_noted_and_another_answer_takes_it_off_again(hall: Server, page_at: PageAt) -> None:
    page = at_island(page_at, hall)
    page.click(NO)
    link = page.locator(".lists .notes")
    expect(link).to_have_text("Meine Merkliste (1)")
    page.click(".offer:nth-of-type(2) .note")
    expect(link).to_have_text("Meine Merkliste (2)")

    page.click(".dot.yes >> nth=0")

    expect(link).to_have_text("Meine Merkliste (1)")
    page.click(".offer:nth-of-type(2) .note")
    expect(link).to_be_hidden()


def test_the_list_outlives_the_tab_and_the_event_and_is_never_sent(
    hall: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, hall)
    page.click(".offer:nth-of-type(2) .note")
    expect(page.locator(".lists .notes")).to_be_visible()
    sent: list[str] = []

    def note_sent(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''} {request.headers}")

    page.context.on("request", note_sent)
    key = page.locator(".offer:nth-of-type(2)").get_attribute("id") or ""
    page.close()
    hall.enter("closed")
    try:
        later = page.context.new_page()
        later.goto(f"{hall.address}/e/{hall.code}/notes", wait_until="networkidle")
        assert titles(later) == ["Schulberatung für neu Zugewanderte"]
        later.click("#noted .withdraw >> visible=true")
        expect(later.locator("#notes-empty")).to_be_visible()
        expect(later.locator("#announcer")).to_have_text(
            "Entfernt: Schulberatung für neu Zugewanderte"
        )
        later.reload()
        expect(later.locator("#notes-empty")).to_be_visible()
        assert titles(later) == []
    finally:
        hall.enter("cafe")
    assert len(sent) > 5
    assert [each for each in sent if key.removeprefix("offer-") in each] == []


def test_on_paper_are_the_offers_and_their_addresses_and_no_buttons(
    hall: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, hall)
    page.click(NO)
    page.click(".asking .notes")
    expect(page.locator("#noted li:visible")).to_have_count(1)

    page.emulate_media(media="print")

    expect(page.locator("button:visible, .vcard:visible, #bar:visible")).to_have_count(0)
    shown = page.evaluate("getComputedStyle(document.querySelector('.ways a'), '::after').content")
    assert shown.startswith('"https://www.oberhausen.de/')
    assert titles(page) == ["Sprachmittlungspool"]


def test_where_storage_throws_dots_count_and_the_list_says_why_it_is_empty(
    hall: Server, page_at: PageAt
) -> None:
    page = page_at(locale="de-DE")
    page.add_init_script(FORBID)
    page.goto(f"{hall.address}/e/{hall.code}/5", wait_until="networkidle")
    page.click(NO)
    expect(page.locator(".counted")).to_have_count(1)
    expect(page.locator(".note:visible, .notes:visible")).to_have_count(0)

    page.goto(f"{hall.address}/e/{hall.code}/notes")

    expect(page.locator("#notes-refused")).to_be_visible()


def test_a_hint_comes_while_writing_and_stops_nobody(hall: Server, page_at: PageAt) -> None:
    page = at_island(page_at, hall)
    page.fill("#card-text", "Frau Meier hilft")
    expect(page.locator("#similar .hint")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text(
        "Da steht vielleicht ein Name. Alle können Ihre Karte lesen, auch später."
    )
    expect(page.locator("#card-text")).to_be_focused()

    page.click("#card-send")

    expect(page.locator(".pinned .words")).to_have_text(["Frau Meier hilft"])


def test_the_list_is_there_without_a_line_from_the_first_note_on(
    hall: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, hall, expected=LINE_CUT, service_workers="allow")
    until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
    page.click(NO)
    kept = f"caches.match('/e/{hall.code}/notes').then(page => Boolean(page))"
    expect(page.locator(".lists .notes")).to_be_visible()
    until(lambda: page.evaluate(kept))
    page.context.set_offline(True)

    page.click(".asking .notes")

    expect(page.locator("#noted li:visible h2")).to_have_text(["Sprachmittlungspool"])
    expect(page.locator("#noted li:visible .ways a >> nth=0")).to_have_text(
        "Webseite (neues Fenster)"
    )
