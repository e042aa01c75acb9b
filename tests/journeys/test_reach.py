"""Can a phone reach me? The laptop shows it, and says it."""

from playwright.sync_api import expect

from tests.conftest import PageAt
from tests.journeys.desks import open_desk
from tests.running import Server


def test_the_laptop_shows_and_says_that_a_phone_has_answered(hall: Server, page_at: PageAt) -> None:
    page = open_desk(page_at, hall)
    page.goto(f"{hall.address}/moderate/{hall.code}/reach")
    said = page.locator("#said")
    expect(said).to_have_text("")
    region = said.element_handle()

    hall.client().get(page.locator(".address").inner_text()).raise_for_status()

    expect(page.locator("#answer h2")).to_have_text("Ihr Handy hat geantwortet")
    expect(said).to_have_text("Ihr Handy hat geantwortet")
    assert region.evaluate("region => region.isConnected"), "only a region that stays is heard"
