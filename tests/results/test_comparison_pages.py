"""The series side by side over HTTP: for planners, as a page and as files."""

import datetime
import re

import httpx
import pytest
from sqlmodel import Session, select

from app.database import Database
from app.planning.models import Event, Phase, Series
from app.settings import Settings
from tests.conftest import PageAt
from tests.results.districts import copied
from tests.running import Server

SERIES = "/plan/series/expertinnendialoge-2023"
UNHELD = "/plan/series/expertinnendialoge-2024"


@pytest.fixture(scope="module")
def planner(hall: Server) -> httpx.Client:
    """Two events; the second is still to come. Another series has a rehearsal and nothing else."""
    database = Database(Settings(data=hall.data))

    def plan_the_next(session: Session) -> None:
        first = session.exec(select(Event)).one()
        copied(session, first, "Osterfeld", datetime.date(2023, 9, 6), Phase.setup)
        unheld = Series(key="expertinnendialoge-2024", title="Expert*innendialoge 2024")
        session.add(unheld)
        session.flush()
        assert unheld.id is not None
        day = datetime.date(2024, 8, 14)
        copied(session, first, "Alstaden", day, rehearsal=True).series_id = unheld.id

    database.write(plan_the_next)
    database.close()
    return hall.planner()


def test_the_series_page_leads_to_page_and_files(planner: httpx.Client) -> None:
    assert f'href="{SERIES}/comparison"' in planner.get(SERIES).text
    page = planner.get(f"{SERIES}/comparison")
    assert page.status_code == 200
    for name, start in (
        ("comparison.xlsx", b"PK\x03\x04"),
        ("heatmap.svg", b"<?xml"),
        ("heatmap.png", b"\x89PNG"),
        ("series.pdf", b"%PDF"),
        ("series.docx", b"PK\x03\x04"),
    ):
        assert f'href="{SERIES}/{name}' in page.text
        answer = planner.get(f"{SERIES}/{name}", timeout=60)
        assert (answer.status_code, answer.content[: len(start)]) == (200, start)
        assert answer.headers["content-disposition"].endswith(f'2023-{name}"')
    ready = planner.get(f"{SERIES}/series.pdf/making")
    assert ready.status_code == 303
    assert planner.get(ready.headers["location"]).content[:4] == b"%PDF"


@pytest.mark.parametrize("name", ["heatmap.gif", "documentation.pdf", "results.json/making"])
def test_other_names_are_unknown(planner: httpx.Client, name: str) -> None:
    assert planner.get(f"{SERIES}/{name}").status_code == 404


def test_a_series_that_is_not_there_is_not_compared(planner: httpx.Client) -> None:
    assert planner.get("/plan/series/nothing/comparison").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        *("comparison.xlsx", "heatmap.svg", "heatmap.png", "series.pdf", "series.docx"),
        *("series.pdf/making", "series.docx/making"),
    ],
)
def test_a_series_with_nothing_to_show_says_so_instead_of_a_file(
    planner: httpx.Client, name: str
) -> None:
    answer = planner.get(f"{UNHELD}/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (409, "text/html; charset=utf-8")
    sentence = "Diese Reihe hat noch keine Veranstaltung, die keine Probe ist."
    assert answer.text.count(sentence) == 1
    refusal = planner.get(f"{UNHELD}/{name}", headers={"accept": "application/json"})
    assert refusal.headers["content-type"] == "application/problem+json"
    assert (refusal.status_code, refusal.json()["title"]) == (409, sentence)


def test_the_page_of_a_series_with_nothing_to_show_offers_no_file(planner: httpx.Client) -> None:
    page = planner.get(f"{UNHELD}/comparison")
    assert page.status_code == 200
    assert re.findall(f'href="({UNHELD}/[^"]*)"', page.text) == []


def test_on_a_phone_the_table_scrolls_and_the_offers_stay(
    hall: Server, planner: httpx.Client, page_at: PageAt
) -> None:
    page = page_at(320, 640)
    page.context.add_cookies(
        [
            {"name": one.name, "value": one.value or "", "url": hall.address}
            for one in planner.cookies.jar
        ]
    )
    page.goto(f"{hall.address}{SERIES}/comparison")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    offer = page.locator(".heat tbody th").first
    before = offer.bounding_box()
    assert page.evaluate(
        "(() => { const it = document.querySelector('.heat').parentElement;"
        " it.scrollLeft = 9999; return it.scrollLeft > 0 })()"
    )
    assert offer.bounding_box() == before
