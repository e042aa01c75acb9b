"""Browsers that lack something: cookies, storage, modules, sockets, or a decent line."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.conftest import PageAt
from tests.journeys.test_phone_island import offer_totals, pressed
from tests.journeys.test_phone_offline import LINE_CUT, send_card, stored
from tests.running import Server, until

COOKIES = (
    "Ihr Browser hat das kleine Cookie nicht mitgeschickt, mit dem jedes Gerät nur einmal zählt. "
    "Bitte erlauben Sie Cookies für diese Seite, gehen Sie zurück und versuchen Sie es noch einmal."
)
LATENCY_S = 0.4
BYTES_A_SECOND = 400_000 / 8
SLOW_3G = {
    "offline": False,
    "latency": LATENCY_S * 1000,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
FIRST_PAGE_S = 4.0
ROUND_TRIPS = 3  # the connection, the page, its styles


def without_cookies(route: Route) -> None:
    """As a browser that keeps none: it never gets any."""
    answer = route.fetch(max_redirects=0)
    route.request.frame.page.context.clear_cookies()
    headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
    route.fulfill(response=answer, headers=headers)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_where_cookies_are_blocked_it_says_how_to_go_on(
    hall: Server, page_at: PageAt, has_scripts: bool
) -> None:
    """C15: in as many words, after one request, and without a loop; the text is not lost."""
    page = page_at(locale="de-DE", expected="403|htmx:|WebSocket", java_script_enabled=has_scripts)
    page.route("**/e/**", without_cookies)
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" or request.is_navigation_request():
            asked.append(f"{request.method} {request.url.rsplit('/', 1)[-1]}")

    page.goto(f"{hall.address}/e/{hall.code}/5")
    page.on("request", note)
    send_card(page, "Ohne Kekse")

    expect(page.locator("#message" if has_scripts else "main p >> nth=0")).to_have_text(COOKIES)
    page.wait_for_timeout(500)
    assert [each for each in asked if "similar" not in each] == ["POST cards"]
    if has_scripts:
        expect(page.locator("#card-text")).to_have_value("Ohne Kekse")
    assert page.context.cookies() == []


def plain(page: Page, hall: Server) -> None:
    """Every form works as HTML alone, and nothing of the scripts shows."""
    page.goto(f"{hall.address}/e/{hall.code}/5")
    page.wait_for_load_state("load")
    with page.expect_navigation():
        page.click("#offer-sprachmittlung [value=no]")
    assert pressed(page, "sprachmittlung") == ("false", "true")
    page.fill("#card-text", "Mit altem Gerät")
    with page.expect_navigation():
        page.click("#card-send")
    expect(page.locator(".own .words")).to_have_text(["Mit altem Gerät"])
    expect(page.locator("#pending")).to_be_hidden()
    expect(page.locator("#undelivered")).to_be_hidden()


def test_where_the_script_is_not_read_every_form_stays_plain(hall: Server, page_at: PageAt) -> None:
    """An old engine fails at the first syntax it does not know: then nothing may be half enhanced."""
    page = page_at(locale="de-DE", expected="SyntaxError|Invalid or unexpected|exception")
    page.route(
        "**/js/phone.js",
        lambda route: route.fulfill(body="@ not for old engines", content_type="text/javascript"),
    )

    plain(page, hall)


def test_an_engine_without_modules_has_plain_forms(hall: Server, page_at: PageAt) -> None:
    page = page_at(locale="de-DE")

    def to_ancient(route: Route) -> None:
        answer = route.fetch()
        text = re.sub('type="module"', 'type="text/unknown"', answer.text())
        route.fulfill(response=answer, body=text)

    page.route("**/e/**", to_ancient)

    plain(page, hall)


def test_a_bare_in_app_browser_can_do_everything(server: Server, page_at: PageAt) -> None:
    """No worker, no locks, no caches, no clipboard, no segments, no way to time out: as some scanners
    and captive portals open pages."""
    page = page_at(locale="de-DE", expected=LINE_CUT)
    page.add_init_script(
        "for (const name of ['serviceWorker', 'locks', 'clipboard']) delete Navigator.prototype[name];"
        "delete window.caches; delete window.indexedDB; delete Intl.Segmenter;"
        "delete AbortSignal.timeout; delete Crypto.prototype.randomUUID;"
    )
    page.goto(f"{server.address}/e/{server.code}/5")
    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    page.context.set_offline(True)
    page.click("#offer-sprachmittlung-no")
    send_card(page, "Aus dem Scanner")
    expect(page.locator(".waiting .words")).to_have_text(["Aus dem Scanner"])

    page.context.set_offline(False)

    expect(page.locator(".own .words")).to_have_text(["Aus dem Scanner"])
    assert stored(server) == ({"sprachmittlung": False}, ["Aus dem Scanner"], 1)


def test_where_sockets_are_blocked_the_phone_asks_and_is_answered_briefly(
    server: Server, page_at: PageAt
) -> None:
    """W14: with the tag of what it has; nothing is sent twice."""
    page = page_at(locale="de-DE", expected="WebSocket")
    page.clock.install()
    page.route_web_socket(re.compile("/ws$"), lambda route: route.close())
    answers: list[int] = []
    page.on("response", lambda got: answers.append(got.status) if "live.json" in got.url else None)
    page.goto(f"{server.address}/e/{server.code}")

    for _second in range(60):
        page.clock.run_for(1000)
        if len(answers) >= 3:
            break

    assert answers[:3] == [200, 304, 304]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_back_button_after_sending_sends_nothing(
    server: Server, page_at: PageAt, has_scripts: bool
) -> None:
    """C05."""
    page = page_at(locale="de-DE", java_script_enabled=has_scripts)
    page.goto(f"{server.address}/e/{server.code}/5")
    send_card(page, "Nur einmal")
    expect(page.locator(".own .words")).to_have_text(["Nur einmal"])
    page.click("#bar .way")
    posts: list[str] = []
    page.on(
        "request", lambda request: posts.append(request.url) if request.method == "POST" else None
    )

    page.go_back()
    expect(page.locator(".own .words")).to_have_text(["Nur einmal"])
    page.go_back()

    assert posts == []
    page.goto(f"{server.address}/e/{server.code}/5")
    expect(page.locator("#card-text")).to_have_value("")
    assert stored(server)[1] == ["Nur einmal"]


def test_the_first_page_comes_over_a_slow_lossy_line(hall: Server, page_at: PageAt) -> None:
    """L09: as plain HTML at least, though every file that makes it pleasant is lost on the way."""
    page = page_at(locale="de-DE", expected="ERR_|Failed to load|WebSocket")
    network = page.context.new_cdp_session(page)
    network.send("Network.emulateNetworkConditions", SLOW_3G)
    page.route(re.compile(r"/static/.*\.(js|woff2)$"), lambda route: route.abort())

    arrived: list[Request] = []
    page.on("requestfinished", lambda request: arrived.append(request))  # noqa: PLW0108  (no built-in)

    page.goto(f"{hall.address}/e/{hall.code}/5")
    page.wait_for_selector("#offer-sprachmittlung-yes")

    sizes = [request.sizes() for request in arrived]  # without the lost ones
    size = sum(each["responseHeadersSize"] + each["responseBodySize"] for each in sizes)
    on_the_line_s = ROUND_TRIPS * LATENCY_S + size / BYTES_A_SECOND
    print(f"{len(sizes)} answers, {size} bytes, {on_the_line_s:.1f} s on the line")
    assert len(sizes) >= 2, "the page and its styles"
    assert on_the_line_s < FIRST_PAGE_S
    before = offer_totals(hall, "sprachmittlung")
    with page.expect_navigation():
        page.click("#offer-sprachmittlung-yes")
    until(lambda: offer_totals(hall, "sprachmittlung") == (before[0] + 1, before[1]))
