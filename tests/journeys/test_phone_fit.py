"""The phone's pages fit: small screens, thumbs, slow lines."""

import pytest
from playwright.sync_api import Page

from tests.bench.phone import WATCH, Traffic
from tests.conftest import PageAt
from tests.running import Server, until

FIRST_VISIT_BYTES = 50_000
LATER_PAGE_BYTES = 10_000
THUMB_PX = 48
TARGETS = "button, summary, select, textarea, input:not([type=hidden]), .islands a, nav a, .ways a"


@pytest.mark.parametrize("path", ["", "/5", "/11"])
@pytest.mark.parametrize("width", [390, 320, 195])
def test_nothing_is_cut_off_and_a_thumb_hits_everything(
    hall: Server, page_at: PageAt, path: str, width: int
) -> None:
    """195 px is a phone at 200 % zoom."""
    page = page_at(width, 844, locale="de-DE")
    page.goto(f"{hall.address}/e/{hall.code}{path}")
    if path:
        page.click(".dot.no >> nth=0")
        page.wait_for_selector(".withdraw")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert _too_small(page) == []


def test_a_first_visit_is_light_and_the_next_ones_lighter(hall: Server, page_at: PageAt) -> None:
    """Everything the browser fetches as it travels, the answers' headers included; the service worker,
    which fetches for itself, is added."""
    worker = hall.client().get("/worker.js", headers={"accept-encoding": "gzip"})
    worker_bytes = int(worker.headers["content-length"]) + sum(
        len(name) + len(value) + 4 for name, value in worker.headers.raw
    )
    page = page_at(locale="de-DE", service_workers="block")
    traffic = Traffic()
    traffic.watch(page.context.new_cdp_session(page))
    page.goto(f"{hall.address}/e/{hall.code}/11", wait_until="networkidle")
    assert {"11", "phone.js", "attendee.css", "icons-phone.svg"} < traffic.sizes.keys()
    assert traffic.total + worker_bytes <= FIRST_VISIT_BYTES, traffic.sizes

    for path in ("/5", "", "/notes"):
        traffic.clear()
        page.goto(f"{hall.address}/e/{hall.code}{path}", wait_until="networkidle")
        assert 1_000 < traffic.total <= LATER_PAGE_BYTES, traffic.sizes


@pytest.mark.parametrize("language", ["de", "en", "simple"])
def test_nothing_moves_once_it_is_shown(hall: Server, page_at: PageAt, language: str) -> None:
    page = page_at()
    page.context.add_cookies([{"name": "language", "value": language, "url": hall.address}])
    page.add_init_script(WATCH)
    for path in ("/5", "", "/11", "/notes"):
        page.goto(f"{hall.address}/e/{hall.code}{path}", wait_until="networkidle")
        until(lambda: page.evaluate("document.fonts.status") == "loaded")
        assert page.evaluate("window.shifted") == 0, path


def _too_small(page: Page) -> list[str]:
    small: list[str] = page.evaluate(
        """([targets, least]) => [...document.querySelectorAll(targets)].filter(target => {
             const { width, height } = target.getBoundingClientRect();
             return height > 0 && Math.min(width, height) < least - 0.5;
           }).map(target => target.outerHTML)""",
        [f"main :is({TARGETS})", THUMB_PX],
    )
    return small
