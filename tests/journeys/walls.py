"""What the journeys of the wall share: an open wall, and phones that send dots."""

import json
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import Page, WebSocketRoute

from tests.running import Server

State = dict[str, Any]
OFFER = "umweltberatung"  # of island 1


def send_dot(phone: httpx.Client, server: Server, offer: str, knows: str) -> None:
    answer = phone.post(f"/e/{server.code}/dots", json={"offer": offer, "knows": knows})
    assert answer.status_code == 200, answer.text


def open_wall(page: Page, server: Server) -> Page:
    """The wall, once its script has drawn the first state (it adds a row for the whole island)."""
    page.goto(f"{server.address}/e/{server.code}/live")
    page.wait_for_selector(".offer.total", state="attached")
    return page


def open_forged(page: Page, server: Server, change: Callable[[State], None]) -> Page:
    """The wall, with every state changed on its way; `page.evaluate("resend()")` sends the last one anew."""
    last: State = {}
    sockets: list[WebSocketRoute] = []

    def send() -> None:
        state = json.loads(json.dumps(last))
        change(state)
        sockets[-1].send(json.dumps(state))

    def take(message: str | bytes) -> None:
        if "islands" in json.loads(message):  # no heartbeat
            last.update(json.loads(message) | {"version": last.get("version", 0) + 1})
            send()

    def resend() -> None:
        last["version"] += 1
        send()

    def forge(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server().on_message(take)

    page.expose_function("resend", resend)
    page.route_web_socket("**/live/ws", forge)
    page.goto(f"{server.address}/e/{server.code}/live")
    page.wait_for_selector("#wall .offer.total, #wall [data-card]", state="attached")
    return page
