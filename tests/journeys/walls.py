"""What the journeys of the wall share: an open wall, and phones that send dots."""

import httpx
from playwright.sync_api import Page

from tests.running import Server

OFFER = "umweltberatung"  # of island 1


def send_dot(phone: httpx.Client, server: Server, offer: str, knows: str) -> None:
    answer = phone.post(f"/e/{server.code}/dots", json={"offer": offer, "knows": knows})
    assert answer.status_code == 200, answer.text


def open_wall(page: Page, server: Server) -> Page:
    """The wall, once its script has drawn the first state (it adds a row for the whole island)."""
    page.goto(f"{server.address}/e/{server.code}/live")
    page.wait_for_selector(".offer.total", state="attached")
    return page
