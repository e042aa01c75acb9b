"""A host looks after an island with a phone in one hand."""

from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PageAt
from tests.journeys.desks import SETTLED_MS, STALE, on_wall, open_host_desk, send_card
from tests.running import Server, until


@pytest.fixture
def desk(hall: Server, page_at: PageAt) -> Page:
    return open_host_desk(page_at, hall, 3)


def test_numbers_and_cards_come_by_themselves_while_a_host_writes_undisturbed(
    hall: Server, desk: Page
) -> None:
    """W15"""
    field = desk.get_by_label("Kernsatz")
    field.fill("Mehr Fest")
    send_card(hall, "Mehr Feste", island=3)
    send_card(hall, "Von nebenan", island=4)
    with closing(hall.phone()) as phone:
        dot = {"offer": hall.live()["islands"][2]["offers"][0]["key"], "knows": "yes"}
        phone.post(f"/e/{hall.code}/dots", json=dot).raise_for_status()
    desk.wait_for_timeout(1500)  # longer than a desk waits
    assert desk.locator("#waiting-heading").inner_text() == "0 Karten warten"

    desk.keyboard.type("e!")
    assert field.input_value() == "Mehr Feste!"
    desk.locator("#numbers").focus()  # now the desk may catch up
    expect(desk.locator("#waiting-heading")).to_have_text("1 Karte wartet")
    expect(desk.locator(".offers .counts .yes").first).to_have_text("1 Ja")
    expect(desk.locator(".here")).to_have_text("2 Geräte waren an Ihrer Insel.")
    expect(field).to_have_value("Mehr Feste!")

    desk.wait_for_timeout(SETTLED_MS)
    desk.get_by_role("button", name="Speichern", exact=True).click()
    expect(desk.locator("#said")).to_have_text("Kernsatz und Notiz gespeichert")
    expect(desk.locator(".saved")).to_have_text("Gespeichert")
    desk.wait_for_timeout(SETTLED_MS)
    desk.get_by_role("button", name="Freigeben").click()
    expect(desk.locator("#said")).to_have_text("Karte freigegeben")
    expect(desk.locator("#waiting-heading")).to_have_text("0 Karten warten")
    until(lambda: "Mehr Feste" in on_wall(hall))
    assert "Von nebenan" not in on_wall(hall)


def test_of_two_hosts_the_second_keeps_what_was_typed_and_saves_it_having_seen_the_other(
    hall: Server, page_at: PageAt
) -> None:
    """C06"""
    one = open_host_desk(page_at, hall, 5, expected="409")
    other = open_host_desk(page_at, hall, 5)
    one.get_by_label("Kernsatz").fill("Langsam")
    other.get_by_label("Kernsatz").fill("Schnell")
    other.get_by_role("button", name="Speichern", exact=True).click()
    expect(other.locator(".saved")).to_have_count(1)

    one.get_by_role("button", name="Speichern", exact=True).click()

    expect(one.locator("#refusal")).to_have_text(STALE)
    expect(one.locator(".current blockquote")).to_have_text("Schnell")
    expect(one.get_by_label("Kernsatz")).to_have_value("Langsam")
    one.wait_for_timeout(SETTLED_MS)
    one.get_by_role("button", name="Speichern", exact=True).click()
    expect(one.locator(".saved")).to_have_count(1)
    expect(other.get_by_label("Kernsatz")).to_have_value("Langsam")


def test_the_desk_fits_a_small_phone_and_a_thumb_hits_everything(
    hall: Server, page_at: PageAt
) -> None:
    send_card(hall, "Mehr " + "Wertstoffhofsprechstundenzeiten" * 3, island=7)
    page = open_host_desk(page_at, hall, 7)
    page.set_viewport_size({"width": 320, "height": 700})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(button, summary, textarea, a)")]
             .map(one => [one.outerHTML, one.getBoundingClientRect()])
             .filter(([, box]) => box.height > 0 && Math.min(box.width, box.height) < 47.5)
             .map(([html]) => html)"""
    )
    assert small == []
