"""The phone follows the event by itself, heals after sleep, and never takes away what is being written."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from tests.conftest import PageAt, StartServer
from tests.running import Server, until


def test_a_phone_goes_through_the_evening_by_itself(server: Server, page_at: PageAt) -> None:
    server.enter("setup")
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    expect(page.locator("main strong")).to_have_text("Noch nicht geöffnet")

    server.enter("cafe")
    expect(page.locator("h1")).to_have_text("Integration")
    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")

    server.enter("cloud")
    page.wait_for_url(f"{server.address}/e/{server.code}")
    page.fill("#word-text", "sehr lebendig")
    page.click("#word-send")
    expect(page.locator(".pinned .words")).to_have_text(["sehr lebendig"])

    server.enter("closed")
    expect(page.locator("h1")).to_have_text("Danke, dass Sie dabei waren!")
    expect(page.locator("#announcer")).to_have_text("Danke, dass Sie dabei waren!")
    server.enter("cafe")
    expect(page.locator("#progress-text")).to_have_text("Sie haben 1 von 36 Angeboten beantwortet.")


def test_who_writes_is_shown_the_way_but_not_taken_along(server: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    page.locator("#card-text").press_sequentially("Mitten im")

    server.enter("cloud")

    expect(page.locator("#news a")).to_have_attribute("href", f"/e/{server.code}")
    expect(page.locator("#news a")).to_be_in_viewport()
    page.keyboard.type(" Satz")
    expect(page.locator("#card-text")).to_have_value("Mitten im Satz")
    page.click("#card-send")
    page.wait_for_url(f"{server.address}/e/{server.code}")


def test_an_island_opened_in_the_cloud_phase_stays_open(server: Server, page_at: PageAt) -> None:
    server.enter("cloud")
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}")
    page.click("summary")
    page.click("text=Integration")

    page.click("#offer-sprachmittlung-no")

    expect(page.locator("#offer-sprachmittlung-no")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(1000)
    assert page.url == f"{server.address}/e/{server.code}/5"


def test_a_pause_takes_the_buttons_and_leaves_the_choice(server: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")

    with closing(server.desk()) as desk:
        desk.post(f"/moderate/{server.code}/pause", data={"paused": "yes"})

        expect(page.locator("main .notice")).to_have_text(
            "Gerade ist Pause. Gleich geht es hier weiter."
        )
        expect(page.locator("#offer-sprachmittlung-yes")).to_be_disabled()
        expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
        desk.post(f"/moderate/{server.code}/pause", data={"paused": "no"})
        expect(page.locator("#offer-sprachmittlung-yes")).to_be_enabled()


def test_who_writes_learns_of_a_pause_and_of_its_end(server: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    page.locator("#card-text").press_sequentially("Mitten im")

    with closing(server.desk()) as desk:
        desk.post(f"/moderate/{server.code}/pause", data={"paused": "yes"})
        expect(page.locator("#news")).to_have_text(
            "Gerade ist Pause. Ihr Text bleibt hier stehen; gleich können Sie ihn senden."
        )
        expect(page.locator("#news")).to_be_in_viewport()
        expect(page.locator("#card-send")).to_be_disabled()
        expect(page.locator("#offer-sprachmittlung-yes")).to_be_disabled()
        page.keyboard.type(" Satz")
        desk.post(f"/moderate/{server.code}/pause", data={"paused": "no"})

    expect(page.locator("#card-send")).to_be_enabled()
    expect(page.locator("#offer-sprachmittlung-yes")).to_be_enabled()
    expect(page.locator("#news")).to_have_count(0)
    expect(page.locator("#card-text")).to_have_value("Mitten im Satz")


def test_a_pause_is_shown_once_the_text_is_gone(server: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    page.locator("#card-text").press_sequentially("x")

    with closing(server.desk()) as desk:
        desk.post(f"/moderate/{server.code}/pause", data={"paused": "yes"})
        expect(page.locator("#news")).to_have_count(1)
        page.keyboard.press("Backspace")
        desk.post(f"/moderate/{server.code}/pause", data={"paused": "no"})

    expect(page.locator("#news")).to_have_count(0)
    expect(page.locator("#card-send")).to_be_enabled()


def test_who_writes_when_the_event_ends_is_told_that_it_is_too_late(
    server: Server, page_at: PageAt
) -> None:
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    page.locator("#card-text").press_sequentially("Zu spät")

    server.enter("closed")

    expect(page.locator("#news")).to_have_text(
        "Die Veranstaltung ist beendet. Ihr Text kann nicht mehr gesendet werden; "
        "er bleibt hier stehen, falls Sie ihn kopieren möchten. Zur neuen Seite"
    )
    expect(page.locator("#card-send")).to_be_disabled()
    expect(page.locator("#card-text")).to_have_value("Zu spät")
    page.click("#news a")
    expect(page.locator("h1")).to_have_text("Danke, dass Sie dabei waren!")


@pytest.mark.parametrize("text", ["", "Noch im Schreiben"])
def test_the_end_of_a_rehearsal_takes_its_banner_from_every_phone(
    start_server: StartServer, page_at: PageAt, text: str
) -> None:
    server = start_server(rehearsal=True)
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/5")
    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".rehearsal")).to_have_text("Probe – alles wird danach gelöscht")
    page.fill("#card-text", text)

    with closing(server.desk()) as desk:
        desk.post(f"/moderate/{server.code}/rehearsal", data={"rehearsal": "no"})
        expect(page.locator(".rehearsal")).to_have_count(0)
        expect(page.locator("#card-text")).to_have_value(text)
        page.fill("#card-text", "")
        desk.post(f"/moderate/{server.code}/rehearsal", data={"rehearsal": "yes"})

    expect(page.locator(".rehearsal")).to_have_text("Probe – alles wird danach gelöscht")
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "false")


def test_a_phone_that_slept_is_fresh_at_once_and_has_one_socket(
    server: Server, page_at: PageAt
) -> None:
    """W11, C04."""
    page = page_at(locale="de-DE")
    sockets: list[WebSocket] = []
    page.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108 - playwright wants a function
    page.goto(f"{server.address}/e/{server.code}/5")
    until(lambda: _still_open(page, sockets) == 1)
    other = page.context.new_page()
    other.goto(f"{server.address}/e/{server.code}/5")
    other.click("#offer-sprachmittlung-yes")
    expect(other.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "true")
    other.close()

    page.evaluate(
        "dispatchEvent(new Event('online'));"
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )

    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute(
        "aria-pressed", "true", timeout=2000
    )
    until(lambda: len(sockets) == 2 and _still_open(page, sockets) == 1)
    page.wait_for_timeout(1000)
    assert _still_open(page, sockets) == 1


def test_where_sockets_are_blocked_the_phone_asks(server: Server, page_at: PageAt) -> None:
    """W14."""
    page = page_at(locale="de-DE", expected="WebSocket")
    page.clock.install()

    def refuse(route: WebSocketRoute) -> None:
        route.close()

    page.route_web_socket(re.compile("/ws$"), refuse)
    page.goto(f"{server.address}/e/{server.code}")
    server.enter("closed")

    for _second in range(40):
        page.clock.run_for(1000)
        if page.locator(".ending").count():
            break

    expect(page.locator("h1")).to_have_text("Danke, dass Sie dabei waren!")


def test_a_phone_with_a_wrong_clock_shows_the_same_time(server: Server, page_at: PageAt) -> None:
    """C13."""
    pages = [page_at(locale="de-DE"), page_at(locale="de-DE")]
    pages[1].add_init_script("Date.now = () => 1_000_000; performance.timeOrigin;")
    for page in pages:
        page.goto(f"{server.address}/e/{server.code}")
    until(lambda: all(":" in _time(page) for page in pages))

    right, wrong = (_seconds(_time(page)) for page in pages)
    clock = server.live()["clock"]

    assert abs(right - clock["remaining_s"]) <= 1
    assert abs(wrong - clock["remaining_s"]) <= 1


def _time(page: Page) -> str:
    return page.locator("#clock .left").inner_text()


def _seconds(time: str) -> int:
    minutes, seconds = time.split(":")
    return int(minutes) * 60 + int(seconds)


def _still_open(page: Page, sockets: list[WebSocket]) -> int:
    page.wait_for_timeout(20)  # lets the browser's events through
    return sum(not socket.is_closed() for socket in sockets)
