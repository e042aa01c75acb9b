"""The wall when the line is bad: it says so, heals by itself, and never keeps two sockets."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocket, expect

from tests.journeys.walls import OFFER, open_wall, send_dot
from tests.running import Server

LOST = "WebSocket|ERR_CONNECTION|Failed to load"


def sockets_of(page: Page) -> list[WebSocket]:
    """All that the page ever opened, as a list that goes on growing."""
    sockets: list[WebSocket] = []

    def note(socket: WebSocket) -> None:
        sockets.append(socket)

    page.on("websocket", note)
    return sockets


def open_ones(sockets: list[WebSocket]) -> int:
    return sum(not socket.is_closed() for socket in sockets)


def test_a_wall_without_its_server_says_how_old_it_is_and_heals(
    server: Server, page_at: Callable[..., Page]
) -> None:
    """W13: never silently old."""
    page = page_at(1920, 1080, expected=LOST)
    sockets = sockets_of(page)
    wall = open_wall(page, server)
    age = wall.locator(".age")
    expect(age).to_be_hidden()
    server.stop()
    expect(age).to_be_visible(timeout=6_000)
    expect(age).to_have_text(re.compile(r"^Stand vor \d+ s – Verbindung wird gesucht$"))
    server.start()
    send_dot(server.phone(), server, OFFER, "yes")
    expect(age).to_be_hidden(timeout=15_000)
    expect(wall.locator('.side [data-value="totals.yes"]')).to_have_text("1")
    for _ in range(24):  # it may poll first, and try a socket within ten seconds
        if open_ones(sockets) == 0:
            wall.wait_for_timeout(500)
    assert open_ones(sockets) == 1


def test_coming_back_to_the_wall_leaves_exactly_one_socket(
    server: Server, page_at: Callable[..., Page]
) -> None:
    """W11: visible again, back online, out of the page cache."""
    page = page_at(1920, 1080)
    sockets = sockets_of(page)
    wall = open_wall(page, server)
    wall.evaluate(
        """() => {
        document.dispatchEvent(new Event('visibilitychange'));
        dispatchEvent(new Event('online'));
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    }"""
    )
    wall.wait_for_timeout(500)
    assert (len(sockets), open_ones(sockets)) == (2, 1)
    send_dot(server.phone(), server, OFFER, "yes")
    expect(wall.locator('.side [data-value="totals.yes"]')).to_have_text("1", timeout=2_000)


def test_where_sockets_are_blocked_the_wall_asks_by_itself(
    server: Server, page_at: Callable[..., Page]
) -> None:
    """W14: the same content by polling, and 304 while nothing changed."""
    page = page_at(1920, 1080, expected=LOST)
    page.route_web_socket("**/live/ws", lambda socket: socket.close())
    answers: list[int] = []
    page.on(
        "response",
        lambda answer: answers.append(answer.status) if "live.json" in answer.url else None,
    )
    wall = open_wall(page, server)
    send_dot(server.phone(), server, OFFER, "yes")
    expect(wall.locator('.side [data-value="totals.yes"]')).to_have_text("1")
    expect(wall.locator(".age")).to_be_hidden()
    page.wait_for_timeout(4_000)
    assert answers[-1] == 304
