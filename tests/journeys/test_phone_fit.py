"""The phone's pages fit: small screens, thumbs, slow lines."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import PageAt
from tests.running import Server

FIRST_VISIT_BYTES = 73_000  # 50_000 is the aim: a third are headers and module borders
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


def test_a_first_visit_is_light(hall: Server, page_at: PageAt) -> None:
    """Everything the browser fetches for an island as it travels, the answers' headers included."""
    page = page_at(locale="de-DE")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def began(event: Any) -> None:
        names[event["requestId"]] = event["response"]["url"].rsplit("/", 1)[-1]

    def ended(event: Any) -> None:
        sizes[names[event["requestId"]]] = event["encodedDataLength"]

    network.on("Network.responseReceived", began)
    network.on("Network.loadingFinished", ended)

    page.goto(f"{hall.address}/e/{hall.code}/11", wait_until="networkidle")

    assert {"11", "htmx.min.js", "icons-phone.svg"} < sizes.keys()
    assert sum(sizes.values()) <= FIRST_VISIT_BYTES, sizes


def _too_small(page: Page) -> list[str]:
    small: list[str] = page.evaluate(
        """([targets, least]) => [...document.querySelectorAll(targets)].filter(target => {
             const { width, height } = target.getBoundingClientRect();
             return height > 0 && Math.min(width, height) < least - 0.5;
           }).map(target => target.outerHTML)""",
        [f"main :is({TARGETS})", THUMB_PX],
    )
    return small
