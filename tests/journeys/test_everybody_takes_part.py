"""Without a mouse, without sight, enlarged, in the system's own colours: as attendee and as moderator."""

from contextlib import closing
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.conftest import PageAt
from tests.journeys import measured
from tests.journeys.desks import fresh, on_wall, open_desk, open_host_desk, send_card
from tests.journeys.walls import open_wall, send_dot
from tests.running import Server, until

HEAR = """addEventListener('DOMContentLoaded', () => {
  window.heard = [];
  const regions = '[role=status], [role=alert], [aria-live]:not([aria-live=off])';
  new MutationObserver(changes => {
    const places = changes.map(({ target }) => (target.closest ? target : target.parentElement));
    const changed = new Set(places.map(place => place?.closest(regions)));
    for (const region of changed) if (region?.textContent.trim()) heard.push(region.textContent.trim());
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
})"""
SETTLED_MS = 600  # an announcement comes a moment after what it tells


def heard(page: Page) -> list[str]:
    """What a screen reader was told since it was asked last."""
    page.wait_for_timeout(SETTLED_MS)
    said: list[str] = page.evaluate("heard.splice(0)")
    return said


def tab_to(page: Page, target: Locator, most: int = 150) -> None:
    """With the Tab key alone; the focus can be seen when it is there."""
    expect(target).to_be_visible()
    wanted = target.element_handle()
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement === one", wanted):
            assert page.evaluate(measured.STOP)[0] == "", "the focus can't be seen"
            return
    raise AssertionError(f"{target} is not reached within {most} steps")


def test_an_attendee_takes_part_with_the_keyboard_alone(hall: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")
    page.add_init_script(HEAR)
    page.goto(hall.address)

    tab_to(page, page.get_by_label("Code der Veranstaltung"))
    page.keyboard.type(hall.code.lower())
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Ehrenamt"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Ehrenamt")).to_be_visible()
    yes = page.get_by_role("group", name="Ehrenamtskarte NRW").get_by_role("button", name="Ja")
    tab_to(page, yes)
    page.keyboard.press("Space")
    expect(yes).to_have_attribute("aria-pressed", "true")
    expect(yes).to_be_focused()
    assert heard(page) == ["Gezählt: Ja – Ehrenamtskarte NRW"], "once, and nothing else"

    tab_to(page, page.get_by_role("button", name="Zurücknehmen").first)
    page.keyboard.press("Enter")
    expect(yes).to_have_attribute("aria-pressed", "false")
    assert heard(page) == ["Zurückgenommen: Ehrenamtskarte NRW"]
    assert page.evaluate("document.activeElement.closest('article') !== null"), "the focus stays"

    tab_to(page, page.locator("#card-text"))
    page.keyboard.type("Ein Tag der offenen Tür")
    tab_to(page, page.get_by_role("button", name="Karte anpinnen"))
    page.keyboard.press("Enter")
    expect(page.locator("#cards .pinned .words")).to_have_text("Ein Tag der offenen Tür")
    assert heard(page) == ["Danke! Ihre Karte ist angekommen."]
    assert page.evaluate("document.activeElement.closest('#cards') !== null"), "the focus stays"

    tab_to(page, page.get_by_role("link", name="Nächste Insel: 4"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Sport / Bewegung")).to_be_visible()


def test_a_moderator_approves_and_shows_with_the_keyboard_alone(
    hall: Server, page_at: PageAt
) -> None:
    server = fresh(hall)
    send_card(server, "Mehr Plakate", "Ein Stand auf dem Markt")
    page = page_at(1440, 900, locale="de-DE")
    page.add_init_script(HEAR)
    page.goto(server.ask("invite", event=server.code, role="moderator", island=None)["link"])

    tab_to(page, page.get_by_role("button", name="Los geht’s"))
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    first = page.get_by_role("button", name="Freigeben").first
    tab_to(page, first)
    page.keyboard.press("Enter")
    until(lambda: len(on_wall(server)) == 1)
    assert heard(page) == ["Karte freigegeben"]
    assert page.evaluate("document.activeElement.closest('li.card') !== null"), "on the next card"
    page.keyboard.press("Enter")
    until(lambda: len(on_wall(server)) == 2)

    page.reload()
    tab_to(page, page.get_by_role("button", name="Kartenwand"))
    page.keyboard.press("Enter")
    until(lambda: server.live()["scene"]["name"] == "cards")
    fresh(server)


def test_what_a_screen_reader_meets_on_an_island(hall: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")
    page.goto(f"{hall.address}/e/{hall.code}/3")
    page.get_by_role("group", name="Ehrenamtskarte NRW").get_by_role("button", name="Nein").click()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_be_visible()

    expect(page.locator("main")).to_match_aria_snapshot("""
      - main:
        - text: "3"
        - heading "Ehrenamt" [level=1]
        - heading "Kennen Sie das Angebot?" [level=2]
        - article:
          - heading "Ehrenamtskarte NRW" [level=3]
          - paragraph: /Gilt. in der ganzen Stadt/
          - group "Ehrenamtskarte NRW":
            - button "Ja"
            - button "Nein" [pressed]
          - text: Ihr Punkt zählt
          - button "Zurücknehmen"
          - paragraph:
            - strong: Was ist das?
            - text: Vergünstigungen als Dank für freiwilliges Engagement.
          - paragraph:
            - strong: Wen fragen?
            - text: Stadt Oberhausen, Bereich 0-4 Chancengleichheit
          - link "Webseite (neues Fenster)"
          - link "Kontakt speichern"
          - paragraph:
            - button "Merken" [pressed]
            - link "Meine Merkliste (1)"
        - article:
          - heading "Vermittlung ins Ehrenamt" [level=3]
          - paragraph
          - group "Vermittlung ins Ehrenamt":
            - button "Ja"
            - button "Nein"
          - text: Noch kein Punkt
          - button "Merken"
        - region "Wie kann das Angebot bekannter gemacht werden?":
          - heading "Wie kann das Angebot bekannter gemacht werden?" [level=2]
          - textbox "Wie kann das Angebot bekannter gemacht werden?"
          - paragraph: noch 280 Zeichen
          - text: Zu welchem Angebot?
          - combobox "Zu welchem Angebot?"
          - button "Karte anpinnen"
        - region "Wen Sie fragen können":
          - heading "Wen Sie fragen können" [level=2]
          - list
        - navigation "Weiter":
          - link /Nächste Insel. 4 Sport/
          - link "Alle Inseln"
    """)


def test_what_a_screen_reader_meets_instead_of_the_wall(hall: Server, page_at: PageAt) -> None:
    """From the wall it is the first stop but one of the Tab key; without JavaScript."""
    page = page_at(1280, 720, locale="de-DE", java_script_enabled=False)
    page.goto(f"{hall.address}/e/{hall.code}/live")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{hall.address}/e/{hall.code}/live/text")
    expect(page.get_by_role("table").first).to_match_aria_snapshot(r"""
      - table:
        - rowgroup:
          - row /Geräte \d+/:
            - rowheader "Geräte"
            - cell
          - row /Ja \d+/
          - row /Nein \d+/
          - row /Karten \d+/
          - row /Wörter \d+/
    """)
    expect(page.get_by_role("table", name="1 Wohnumfeld")).to_match_aria_snapshot(r"""
      - table "1 Wohnumfeld":
        - rowgroup:
          - row "Angebot Ja Nein":
            - columnheader "Angebot"
            - columnheader "Ja"
            - columnheader "Nein"
        - rowgroup:
          - row /Umwelt- und Abfallberatung \d+ \d+/:
            - rowheader "Umwelt- und Abfallberatung"
            - cell
            - cell
          - row
          - row
    """)


def test_the_reading_view_says_once_that_there_is_something_new(
    hall: Server, page_at: PageAt
) -> None:
    """And what is being read stays as it is."""
    page = page_at(locale="de-DE")
    page.clock.install()
    page.add_init_script(HEAR)
    page.goto(f"{hall.address}/e/{hall.code}/live/text")
    before = page.locator("table").all_inner_texts()
    page.clock.run_for(31_000)
    assert page.evaluate("heard") == []

    with closing(hall.phone()) as phone:
        send_dot(phone, hall, "umweltberatung", "yes")
    hall.live()
    page.clock.run_for(31_000)
    expect(page.get_by_role("status")).to_have_text("Es gibt Neues.")
    page.clock.run_for(120_000)

    assert page.evaluate("heard") == ["Es gibt Neues."]
    assert page.locator("table").all_inner_texts() == before
    page.get_by_role("link", name="Neu laden").first.click()
    expect(page.get_by_role("status")).to_be_empty()
    assert page.locator("table").all_inner_texts() != before


@pytest.mark.parametrize("where", ["phone", "desk", "host", "tablet"])
def test_the_focus_is_always_to_be_seen_at_four_hundred_per_cent(
    hall: Server, page_at: PageAt, where: str
) -> None:
    """1280 × 1024 px, four times as large; bars and messages that stay in sight cover nothing."""
    if where == "phone":
        page = page_at(locale="de-DE")
        page.goto(f"{hall.address}/e/{hall.code}/1")
    else:
        page = open_desk(page_at, hall) if where == "desk" else open_host_desk(page_at, hall, 1)
        if where == "tablet":
            page.goto(f"{hall.address}/host/{hall.code}/1/tablet")
            page.fill("#pin", "4711")
            page.keyboard.press("Enter")
            expect(page.locator("#finish-button")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 256})

    assert measured.lost_stops(page) == []


def test_with_the_systems_colours_what_is_chosen_is_to_be_seen(
    hall: Server, page_at: PageAt
) -> None:
    page = page_at(locale="de-DE", forced_colors="active", reduced_motion="reduce")
    page.goto(f"{hall.address}/e/{hall.code}/1")
    page.locator(".dot.yes").first.click()
    page.locator(".dot.no").nth(1).click()
    expect(page.locator(".dot[aria-pressed=true]")).to_have_count(2)

    def look(selector: str) -> tuple[str, str]:
        style: dict[str, str] = page.locator(selector).first.evaluate(
            "one => ({ ...getComputedStyle(one) })"
        )
        return style["borderTopWidth"], style["borderTopColor"]

    assert look(".dot.yes[aria-pressed=true]") != look(".dot.yes[aria-pressed=false]")
    assert look(".dot.no[aria-pressed=true]") != look(".dot.no[aria-pressed=false]")
    assert colours_of(page.locator(".dot.yes[aria-pressed=true] .spot")) > 1
    assert colours_of(page.locator(".dot.no[aria-pressed=true] .spot")) > 1
    chosen = page.locator(".languages [aria-current]")
    assert chosen.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_with_the_systems_colours_the_wall_keeps_its_dots(hall: Server, page_at: PageAt) -> None:
    with closing(hall.phone()) as phone:
        send_dot(phone, hall, "umweltberatung", "no")
    hall.live()
    page = page_at(1280, 720, forced_colors="active", reduced_motion="reduce")
    wall = open_wall(page, hall)

    expect(wall.locator("[data-offer=umweltberatung] .dots.no .dot").first).to_be_visible()
    assert colours_of(wall.locator("[data-offer=umweltberatung] .dots.no").first) > 1


def colours_of(part: Locator) -> int:
    """How many different ones are to be seen."""
    return len(Image.open(BytesIO(part.screenshot())).convert("RGB").getcolors(1 << 16) or [])
