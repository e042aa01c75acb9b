"""A new planner, two weeks before: from the set-up link to an event ready for its posters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from app.planning.models import this_minute
from app.planning.plan_reading import read_plan
from app.planning.sheets.writing import plan_xlsx
from tests.conftest import PageAt
from tests.running import EXAMPLE, PLANNERS_PASSWORD, Server

TITLE = "Expert*innendialog im Sozialraum Mitte/Styrum"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has planned anything on yet."""
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.give_up()
    assert not server.has_logged_a_fault


class Hand:
    """Counts what it clicks."""

    clicks = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()


def test_from_the_set_up_link_to_twelve_islands_in_five_clicks(
    empty: Server, page_at: PageAt, tmp_path: Path
) -> None:
    """The template counts, filling it in Excel does not. The sixth click prints the posters."""
    filled = tmp_path / "Plan Mitte.xlsx"
    filled.write_bytes(plan_xlsx(read_plan(EXAMPLE.read_bytes()), "de", this_minute()))
    hand = Hand()
    page = page_at(1440, 900, locale="de-DE", accept_downloads=True)
    page.goto(empty.ask("planner add", name="Ada")["link"])
    page.get_by_label("Passwort").fill(PLANNERS_PASSWORD)

    hand.click(page.get_by_role("button", name="Passwort speichern"))
    expect(page).to_have_url(f"{empty.address}/plan")
    with page.expect_download() as download:
        hand.click(page.get_by_role("link", name="Vorlage herunterladen"))
    assert download.value.suggested_filename == "vorlage.xlsx"
    with page.expect_file_chooser() as chooser:
        hand.click(page.get_by_label("Ihr Plan als Datei"))
    chooser.value.set_files(filled)

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Neu: {TITLE}")
    expect(page.locator(".counts")).to_contain_text("12 Inseln · 36 Angebote · 19 Kontakte")
    expect(page.locator(".overview > li")).to_have_count(12)
    hand.click(page.get_by_role("button", name="Veranstaltung anlegen"))

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".summary")).to_contain_text("Themeninseln12")
    with page.expect_download() as download:
        hand.click(page.get_by_role("button", name="PDF erstellen"))
    sheets = [sheet.extract_text() for sheet in PdfReader(download.value.path()).pages]
    assert sum("Digital-Lots*innen" in sheet for sheet in sheets) >= 1
    assert len(sheets) > 3 * 12  # a poster, a table tent and a paper sheet an island, and more
    assert hand.clicks == 5


def test_the_planners_forms_fit_a_phone_and_reorder_by_keyboard(
    server: Server, page_at: PageAt
) -> None:
    page = page_at(320, 844, locale="de-DE")
    page.goto(server.ask("planner add", name="Ada")["link"])
    page.get_by_label("Passwort").fill(PLANNERS_PASSWORD)
    page.get_by_role("button", name="Passwort speichern").click()
    base = f"{server.address}/plan/events/{server.event}"
    for address in (
        f"{server.address}/plan/import",
        f"{server.address}/plan/series/expertinnendialoge-2023",
        f"{base}/copy",
        f"{base}/offers/ehrenamtskarte",
        f"{base}/islands/3",
        f"{base}/edit",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address

    page.get_by_role("button", name="Insel 3 Ehrenamt nach oben").press("Enter")

    expect(page.locator("#islands + .rows .name").nth(1)).to_contain_text("Ehrenamt")
    small = page.locator("main button:visible, main summary:visible").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().height < 47.5).length"
    )
    assert small == 0
