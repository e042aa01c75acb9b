"""Privacy in one screen, in plain words."""

import pytest

from tests.conftest import PageAt
from tests.forms import Page
from tests.running import Server


def test_the_first_page_and_every_island_lead_to_it_and_it_leads_to_the_whole(hall: Server) -> None:
    phone = hall.phone()
    for path in ("/", f"/e/{hall.code}", f"/e/{hall.code}/3"):
        assert "/your-data" in Page(phone.get(path)).links

    assert "/privacy" in Page(phone.get("/your-data")).links
    assert "/your-data" in Page(phone.get("/privacy")).links


@pytest.mark.parametrize("language", ["de", "en", "simple"])
def test_it_fits_on_one_screen_of_a_phone(hall: Server, page_at: PageAt, language: str) -> None:
    page = page_at(390, 844)
    page.context.add_cookies([{"name": "language", "value": language, "url": hall.address}])
    page.goto(f"{hall.address}/your-data")

    assert page.locator("dl dt").count() == 6
    assert page.evaluate("document.querySelector('article').getBoundingClientRect().bottom") <= 844
