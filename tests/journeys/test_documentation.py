"""A planner asks for the documentation in a real browser: it comes by itself, and nobody has to stay."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.axe import violations
from tests.conftest import PageAt
from tests.running import PLANNERS_PASSWORD, Server


def test_the_download_begins_by_itself_once_the_file_is_ready(
    hall: Server, page_at: PageAt
) -> None:
    page = page_at(390, 844, locale="de-DE")
    page.goto(hall.ask("planner add", name="Ada")["link"])
    page.locator("input[type=password]").first.fill(PLANNERS_PASSWORD)
    page.locator("main form button").first.click()
    expect(page).to_have_url(f"{hall.address}/plan")
    page.goto(f"{hall.address}/plan/events/{hall.event}")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="documentation.pdf").click()
        expect(page.get_by_role("heading", name="documentation.pdf wird erstellt")).to_be_visible()
        assert violations(page) == {}
    assert download.value.suggested_filename == f"{hall.event}-documentation.pdf"
    expect(page.get_by_role("heading", name="documentation.pdf ist fertig")).to_be_visible()
    assert violations(page) == {}

    page.goto(f"{hall.address}/plan/events/{hall.event}")
    with page.expect_download() as again:
        page.get_by_role("link", name="documentation.pdf").click()
    assert urlsplit(again.value.url).path.endswith("/documentation.pdf")
