"""People without a phone: at the island's tablet, one after the other, and on the host's tally sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.conftest import PageAt
from tests.journeys.desks import SETTLED_MS, on_wall, open_host_desk, send_card
from tests.journeys.walls import open_wall
from tests.running import Server, until

LOCKED_MS = 10_000


def make_tablet(page_at: PageAt, server: Server, island: int, **options: object) -> Page:
    page = open_host_desk(page_at, server, island, **options)
    page.set_viewport_size({"width": 1024, "height": 768})
    page.get_by_role("link", name="Dieses Gerät als Tablet der Insel").click()
    page.get_by_label("PIN, mit der Sie").fill("4711")
    page.get_by_role("button", name="Tablet-Modus öffnen").click()
    expect(page).to_have_url(f"{server.address}/tablet/{server.code}/{island}")
    return page


def finish(page: Page) -> None:
    page.get_by_role("button", name="Fertig").click()
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
    expect(page.get_by_role("button", name="Fertig")).to_be_visible(timeout=LOCKED_MS)


def test_sums_typed_in_by_the_host_appear_on_the_wall_and_on_the_desk(
    server: Server, page_at: PageAt
) -> None:
    wall = open_wall(page_at(1280, 720), server)
    desk = open_host_desk(page_at, server, 1)
    form = desk.locator("#paper-form")

    form.get_by_role("textbox", name="Umwelt- und Abfallberatung Ja").fill("17")
    form.get_by_role("textbox", name="Umwelt- und Abfallberatung Nein").fill("5")
    desk.get_by_role("button", name="Summen speichern").click()

    expect(desk.locator("#said")).to_have_text("Papierpunkte gespeichert")
    expect(desk.locator("#paper .saved")).to_have_text("Gespeichert")
    expect(wall.locator("[data-island='1'], .island").first).to_contain_text("17")
    expect(desk.locator(".offers .counts .yes").first).to_have_text("17 Ja")
    expect(desk.locator(".here")).to_have_text("0 Geräte waren an Ihrer Insel.")

    desk.locator("#paper-text").fill("Ein Stand auf dem Wochenmarkt")
    desk.wait_for_timeout(SETTLED_MS)
    desk.get_by_role("button", name="Karte anpinnen").click()
    expect(desk.locator("#approved-head")).to_contain_text("1 freigegebene Karte")
    expect(desk.locator("#paper-text")).to_have_value("")
    desk.locator("#paper-text").fill("Noch eine")
    desk.wait_for_timeout(SETTLED_MS)
    desk.get_by_role("button", name="Karte anpinnen").click()
    expect(desk.locator("#approved-head")).to_contain_text("2 freigegebene Karten")


def test_another_host_s_sums_never_overwrite_what_is_being_typed_nor_are_overwritten_unseen(
    hall: Server, page_at: PageAt
) -> None:
    """C06"""
    one = open_host_desk(page_at, hall, 2, expected="409")
    other = open_host_desk(page_at, hall, 2)
    one.locator("input[name=yes]").first.fill("3")
    one.locator("#numbers").focus()
    other.locator("input[name=yes]").first.fill("4")
    other.get_by_role("button", name="Summen speichern").click()
    expect(one.locator(".offers .counts .yes").first).to_have_text("4 Ja")
    expect(one.locator("input[name=yes]").first).to_have_value("3")

    one.wait_for_timeout(SETTLED_MS)
    one.get_by_role("button", name="Summen speichern").click()

    expect(one.locator("#paper .stored").first).to_have_text("Gespeichert: Ja 4, Nein 0")
    expect(one.locator("input[name=yes]").first).to_have_value("3")
    one.wait_for_timeout(SETTLED_MS)
    one.get_by_role("button", name="Summen speichern").click()
    expect(other.locator(".offers .counts .yes").first).to_have_text("3 Ja")


def test_three_people_one_after_the_other_and_a_double_tap_on_done(
    server: Server, page_at: PageAt
) -> None:
    page = make_tablet(page_at, server, 1)
    for knows in ("Ja", "Nein", "Ja"):
        expect(page.locator("[aria-pressed=true]")).to_have_count(0)
        expect(page.locator("#card-text")).to_have_value("")
        page.get_by_role("button", name=knows, exact=True).first.click()
        expect(page.locator("[aria-pressed=true]")).to_have_count(1)
        box = page.locator("#finish-button").bounding_box()
        assert box is not None
        place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.dblclick(*place)
        expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
        page.mouse.click(*place)
        expect(page.get_by_role("button", name="Fertig")).to_be_visible(timeout=LOCKED_MS)

    until(lambda: server.live()["devices"] == 3)
    offer = server.live()["islands"][0]["offers"][0]
    assert (offer["yes"], offer["no"]) == (2, 1)


def test_a_no_moves_no_button_of_the_offer_beside_it(hall: Server, page_at: PageAt) -> None:
    """It brings the explanation, and the row grows: nobody's finger is to meet another button."""
    page = make_tablet(page_at, hall, 5)
    beside = page.locator(".offer").nth(1).locator(".dot.no")
    before = beside.bounding_box()

    page.locator(".offer").first.locator(".dot.no").click()

    expect(page.locator(".asking")).to_be_visible()
    assert beside.bounding_box() == before


def test_what_somebody_wrote_survives_a_reload_and_is_gone_for_the_next_person(
    hall: Server, page_at: PageAt
) -> None:
    """W14"""
    page = make_tablet(page_at, hall, 3)
    page.locator("#card-text").fill("Halb geschr")
    page.reload()
    expect(page.locator("#card-text")).to_have_value("Halb geschr")

    page.get_by_role("button", name="Fertig").click()
    expect(page.get_by_role("heading", name="Ihre Karte ist noch nicht angepinnt")).to_be_visible()
    page.get_by_role("button", name="Weitermachen").click()
    expect(page.locator("#card-text")).to_have_value("Halb geschr")
    page.get_by_role("button", name="Fertig").click()
    page.get_by_role("button", name="Text löschen und neu anfangen").click()
    expect(page.get_by_role("button", name="Fertig")).to_be_visible(timeout=LOCKED_MS)
    expect(page.locator("#card-text")).to_have_value("")
    page.go_back()
    page.wait_for_load_state()
    assert "Halb geschr" not in page.content()
    assert page.evaluate("JSON.stringify(sessionStorage)").count("Halb") == 0


def test_nobody_there_is_asked_for_and_only_what_was_typed_waits_for_an_answer(
    hall: Server, page_at: PageAt
) -> None:
    """W14, the clock put forward: nothing here waits for real."""
    page = page_at(1024, 768, locale="de-DE")
    page.clock.install()
    link = hall.ask("invite", event=hall.code, role="host", island=4)["link"]
    page.goto(link)
    page.get_by_role("button", name="Los geht’s").click()
    page.goto(f"{hall.address}/host/{hall.code}/4/tablet")
    page.get_by_label("PIN, mit der Sie").fill("4711")
    page.get_by_role("button", name="Tablet-Modus öffnen").click()
    question = page.get_by_role("heading", name="Sind Sie noch da?")
    expect(page.get_by_role("button", name="Fertig")).to_be_visible()
    page.get_by_role("button", name="Ja", exact=True).first.click()
    expect(page.locator("[aria-pressed=true]")).to_have_count(1)

    page.clock.fast_forward(74_000)
    expect(question).to_be_hidden()
    page.clock.fast_forward(2_000)
    expect(question).to_be_visible()
    page.get_by_role("button", name="Weitermachen").click()
    expect(page.locator("[aria-pressed=true]")).to_have_count(1)
    page.locator("#card-text").fill("Noch nicht fertig")
    page.clock.fast_forward(76_000)
    expect(page.locator("#still-there-typed")).to_be_visible()
    page.clock.fast_forward(600_000)
    page.get_by_role("button", name="Weitermachen").click()
    expect(page.locator("#card-text")).to_have_value("Noch nicht fertig")
    page.locator("#card-text").fill("")
    page.clock.fast_forward(76_000)
    expect(question).to_be_visible()
    page.clock.fast_forward(31_000)
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()


def test_whoever_writes_at_the_tablet_is_asked_and_offered_what_is_there(
    server: Server, page_at: PageAt
) -> None:
    """With the tablet's own modules: nothing of the phone's, which would keep things to be sent later."""
    send_card(server, "Mehr Plakate an Haltestellen")
    desk = open_host_desk(page_at, server, 1)
    desk.get_by_role("button", name="Freigeben").click()
    until(lambda: len(on_wall(server)) == 1)
    page = make_tablet(page_at, server, 1)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rsplit("/", 1)[-1]))

    page.wait_for_load_state()  # its scripts, too

    page.fill("#card-text", "Frau Muster fragen")
    expect(page.locator("#similar .hint")).to_contain_text("ein Name")
    page.fill("#card-text", "Mehr Plakate an den Haltestellen")
    page.locator("#similar").get_by_role("button", name="Finde ich auch").press("Enter")
    expect(page.locator("#similar .counted")).to_have_text("Sie finden das auch")
    assert {"similar.js", "phone.js"} & set(loaded) == {"similar.js"}


def test_the_tablet_follows_the_event_and_only_the_pin_ends_it(
    server: Server, page_at: PageAt
) -> None:
    page = make_tablet(page_at, server, 1, expected="422")
    server.enter("cloud")
    page.locator("#word-text").fill("lebendig")
    page.get_by_role("button", name="In die Wolke").click()
    expect(page.locator(".pinned .words")).to_have_text("lebendig")
    finish(page)
    expect(page.locator(".pinned .words")).to_have_count(0)

    page.goto(f"{server.address}/host/{server.code}/1")
    expect(page).to_have_url(re.compile("/tablet/"))
    page.get_by_role("link", name="Tablet-Modus beenden").click()
    page.get_by_label("PIN").fill("1234")
    page.get_by_role("button", name="Beenden").click()
    expect(page.get_by_role("alert").last).to_have_text("Diese PIN ist es nicht.")
    page.get_by_label("PIN").fill("4711")
    page.get_by_role("button", name="Beenden").click()
    expect(page).to_have_url(f"{server.address}/host/{server.code}/1")


@pytest.mark.parametrize("width", [320, 1024])
def test_the_tablet_fits_and_everything_on_it_is_hit_by_a_thumb(
    hall: Server, page_at: PageAt, width: int
) -> None:
    page = make_tablet(page_at, hall, 5)
    page.set_viewport_size({"width": width, "height": 768})

    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """[...document.querySelectorAll("main button, form.finish *:is(a, button), select")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 48)
            .map((one) => one.textContent.trim())"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_tablet_nor_among_the_forms_for_paper(
    hall: Server, page_at: PageAt, scheme: str
) -> None:
    desk = open_host_desk(page_at, hall, 6, color_scheme=scheme, expected="422")
    desk.locator("input[name=yes]").first.fill("300")
    desk.get_by_role("button", name="Summen speichern").click()
    expect(desk.locator("#paper-confirm")).to_be_visible()
    assert violations(desk) == {}

    page = make_tablet(page_at, hall, 7, color_scheme=scheme)
    assert violations(page) == {}
    page.get_by_role("button", name="Nein", exact=True).first.click()
    expect(page.locator("[aria-pressed=true]")).to_have_count(1)
    page.locator("#card-text").fill("Halb")
    assert violations(page) == {}
    page.get_by_role("button", name="Fertig").click()
    expect(page.locator("#still-there")).to_be_visible()
    assert violations(page) == {}
    page.get_by_role("button", name="Text löschen und neu anfangen").click()
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
    assert violations(page) == {}
    expect(page.get_by_role("button", name="Fertig")).to_be_visible(timeout=LOCKED_MS)
    page.get_by_role("link", name="Tablet-Modus beenden").click()
    assert violations(page) == {}
