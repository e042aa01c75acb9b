"""What is tapped and written without a connection is kept, said, and counted exactly once."""

import re
from collections import Counter
from contextlib import closing

import pytest
from playwright.sync_api import Page, Route, expect
from sqlmodel import select

from app.feedback.models import Card, Dot, Entry
from tests.conftest import PageAt, StartServer
from tests.journeys.test_phone_island import THROWING_STORAGE
from tests.running import Server, until

LINE_CUT = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|WebSocket|htmx:|Failed to load"
KEPT = "Gespeichert, wird gesendet"
ISLAND_5 = ("sprachmittlung", "seiteneinstieg", "rucksack-kita")


def at_island(page_at: PageAt, server: Server, number: int = 5, **options: object) -> Page:
    page = page_at(locale="de-DE", expected=LINE_CUT, **options)
    page.goto(f"{server.address}/e/{server.code}/{number}")
    return page


def is_kept(page: Page, offer: str, knows: str) -> None:
    expect(page.locator(f"#offer-{offer} .pending")).to_have_text(KEPT)
    expect(page.locator(f"#offer-{offer}-{knows}")).to_have_attribute("aria-pressed", "true")


def stored(server: Server) -> tuple[dict[str, bool | None], list[str], int]:
    """Dots by offer, all cards' and words' texts in the order they arrived, and how many devices."""
    with server.reading() as session:
        dots = session.exec(select(Dot)).all()
        texts = [*session.exec(select(Card)).all(), *session.exec(select(Entry)).all()]
        texts.sort(key=lambda text: text.arrival)
        assert max(Counter(dot.offer_key for dot in dots).values(), default=1) == 1
        return (
            {dot.offer_key: dot.knows for dot in dots},
            [text.text for text in texts],
            len({each.device for each in [*dots, *texts]}),
        )


def send_card(page: Page, text: str) -> None:
    page.fill("#card-text", text)
    page.click("#card-send")


def tap_five_times_and_write(page: Page) -> None:
    one, two, three = ISLAND_5
    for offer, knows in ((one, "yes"), (two, "no"), (three, "yes"), (one, "no"), (two, "withdraw")):
        page.click(
            f"#offer-{offer}-{knows}" if knows != "withdraw" else f"#offer-{offer} .withdraw"
        )
        expect(page.locator(f"#offer-{offer} .pending")).to_have_text(KEPT)
    send_card(page, "Aus dem Funkloch")
    expect(page.locator(".waiting .words")).to_have_text(["Aus dem Funkloch"])


def looks_kept(page: Page) -> None:
    one, two, three = ISLAND_5
    is_kept(page, one, "no")
    is_kept(page, three, "yes")
    expect(page.locator(f"#offer-{two} .pending")).to_have_text(KEPT)
    expect(page.locator(f"#offer-{two} [aria-pressed=true]")).to_have_count(0)
    expect(page.locator(".waiting .words")).to_have_text(["Aus dem Funkloch"])
    expect(page.locator(".waiting strong.pending")).to_have_text([KEPT])
    expect(page.locator("#pending span")).to_have_text(
        "4 Antworten gespeichert, noch nicht gesendet."
    )


def test_taps_and_a_card_without_a_line_survive_reload_and_closed_tab_and_count_once(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server, service_workers="allow")
    page.wait_for_function("caches.keys().then(names => names.length > 0)")
    until(lambda: page.evaluate("caches.match(location.pathname).then(Boolean)"))
    page.context.set_offline(True)

    tap_five_times_and_write(page)
    looks_kept(page)
    expect(page.locator("#message")).to_be_empty()
    page.reload()
    looks_kept(page)
    page.close()
    page.context.set_offline(False)
    back = page.context.new_page()
    back.goto(f"{server.address}/e/{server.code}")

    expect(back.locator("#progress-text")).to_have_text("Sie haben 2 von 36 Angeboten beantwortet.")
    expect(back.locator("#pending")).to_be_hidden()
    one, two, three = ISLAND_5
    until(lambda: stored(server) == ({one: False, two: None, three: True}, ["Aus dem Funkloch"], 1))


def test_back_on_the_line_the_page_heals_while_somebody_writes_on(
    server: Server, page_at: PageAt
) -> None:
    """W15: text, caret and focus stay as they are."""
    page = at_island(page_at, server)
    page.context.set_offline(True)
    tap_five_times_and_write(page)
    page.locator("#card-text").press_sequentially("Mitten im Satz")
    page.evaluate("document.getElementById('card-text').setSelectionRange(3, 3)")

    page.context.set_offline(False)

    expect(page.locator(".own .words")).to_have_text(["Aus dem Funkloch"])
    expect(page.locator("main .pending")).to_have_count(0)
    expect(page.locator(f"#offer-{ISLAND_5[2]} .counted")).to_have_text("Ihr Punkt zählt")
    expect(page.locator("#card-text")).to_have_value("Mitten im Satz")
    expect(page.locator("#card-text")).to_be_focused()
    assert page.evaluate("document.getElementById('card-text').selectionStart") == 3
    expect(page.locator("#pending")).to_be_hidden()


def test_an_answer_lost_after_the_commit_is_asked_for_again_and_counts_once(
    server: Server, page_at: PageAt
) -> None:
    """C03, in the browser: the server has stored it, the phone has not heard so."""
    page = at_island(page_at, server)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if name in lost:
            route.continue_()
            return
        lost.append(name)
        route.fetch()
        route.abort("connectionreset")

    page.route(re.compile("/(dots|cards)$"), lose_the_first)
    page.click("#offer-sprachmittlung-yes")
    send_card(page, "Nur einmal")

    expect(page.locator(".own .words")).to_have_text(["Nur einmal"])
    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    assert sorted(lost) == ["cards", "dots"]
    assert stored(server) == ({"sprachmittlung": True}, ["Nur einmal"], 1)


def test_cards_written_without_a_line_arrive_in_their_order(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)
    page.context.set_offline(True)
    for text in ("Erstens", "Zweitens", "Drittens"):
        send_card(page, text)
        expect(page.locator(".waiting .words").last).to_have_text(text)

    page.context.set_offline(False)

    expect(page.locator(".own .words")).to_have_text(["Drittens", "Zweitens", "Erstens"])
    assert stored(server)[1] == ["Erstens", "Zweitens", "Drittens"]


def test_a_card_that_waits_can_be_taken_back_even_if_it_had_arrived(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)
    page.route(re.compile("/cards$"), lambda route: (route.fetch(), route.abort()))
    send_card(page, "Doch nicht")
    expect(page.locator(".waiting .words")).to_have_text(["Doch nicht"])

    page.click(".waiting .withdraw")

    expect(page.locator(".pinned .words")).to_have_count(0)
    until(lambda: stored(server)[1] == [""])
    until(
        lambda: (
            page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('outbox ')).length")
            == 0
        )
    )


@pytest.mark.parametrize("without", ["", "delete Navigator.prototype.locks"])
def test_two_tabs_do_not_send_the_same_twice(server: Server, page_at: PageAt, without: str) -> None:
    """C04: with locks, and as over plain HTTP, where there are none, with a claim."""
    page = page_at(locale="de-DE", expected=LINE_CUT)
    page.context.add_init_script(without)
    page.goto(f"{server.address}/e/{server.code}/5")
    other = page.context.new_page()
    other.goto(f"{server.address}/e/{server.code}/5")
    page.context.set_offline(True)
    page.click("#offer-sprachmittlung-yes")
    send_card(page, "Aus zwei Fenstern")
    is_kept(other, "sprachmittlung", "yes")
    sent: list[str] = []
    page.context.on("requestfinished", lambda request: sent.append(request.url))

    page.context.set_offline(False)

    for each in (page, other):
        expect(each.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
        expect(each.locator(".own .words")).to_have_text(["Aus zwei Fenstern"])
    names = [url.rsplit("/", 1)[-1] for url in sent]
    assert (names.count("dots"), names.count("cards")) == (1, 1)


def test_what_came_too_late_is_said_and_its_text_kept_until_it_is_put_away(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)
    page.context.set_offline(True)
    page.click("#offer-sprachmittlung-yes")
    is_kept(page, "sprachmittlung", "yes")
    send_card(page, "Leider zu spät")
    expect(page.locator(".waiting .words")).to_have_text(["Leider zu spät"])
    page.fill("#card-text", "Mitten im Satz")  # who writes is not led to another page
    server.enter("closed")

    page.context.set_offline(False)

    expect(page.locator("#undelivered .words")).to_have_text(
        ["Ja – Sprachmittlungspool", "Leider zu spät"]
    )
    expect(page.locator("#undelivered small")).to_have_text(
        ["Die Veranstaltung ist beendet. Vielen Dank!"] * 2
    )
    page.click("#message a")  # told where the card was, with the way up
    expect(page.locator("#message")).to_have_text("")
    expect(page.locator("#undelivered")).to_be_in_viewport()
    page.goto(f"{server.address}/e/{server.code}")
    expect(page.locator("#undelivered .words")).to_have_count(2)
    page.click("#undelivered .done >> nth=0")
    expect(page.locator("#undelivered .words")).to_have_text(["Leider zu spät"])
    page.click("#undelivered .done")
    expect(page.locator("#undelivered")).to_be_hidden()
    page.reload()
    expect(page.locator("#undelivered")).to_be_hidden()
    assert stored(server) == ({}, [], 0)


def test_a_tap_from_the_rehearsal_never_counts_in_the_real_event(
    start_server: StartServer, page_at: PageAt
) -> None:
    server = start_server(rehearsal=True)
    page = at_island(page_at, server)
    page.context.set_offline(True)
    page.click("#offer-sprachmittlung-yes")
    is_kept(page, "sprachmittlung", "yes")
    with closing(server.desk()) as desk:
        desk.post(f"/moderate/{server.code}/rehearsal", data={"rehearsal": "no"})
    server.enter("cafe")

    page.context.set_offline(False)

    expect(page.locator("#undelivered small")).to_have_text(
        ["Die Veranstaltung hat seitdem neu begonnen: Das zählt nicht mehr."]
    )
    expect(page.locator("#offer-sprachmittlung-yes")).to_have_attribute("aria-pressed", "false")
    assert stored(server) == ({}, [], 0)
    page.click("#offer-sprachmittlung-yes")
    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    assert stored(server) == ({"sprachmittlung": True}, [], 1)


def test_what_cannot_be_stored_just_now_waits_as_long_as_the_server_says(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)
    refusals = [1, 2]

    def be_busy(route: Route) -> None:
        if refusals:
            route.fulfill(status=503, headers={"Retry-After": str(refusals.pop())}, body="{}")
        else:
            route.continue_()

    page.route(re.compile("/dots$"), be_busy)
    page.click("#offer-sprachmittlung-yes")
    is_kept(page, "sprachmittlung", "yes")

    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text(
        "Ihr Punkt zählt", timeout=20_000
    )
    assert stored(server)[0] == {"sprachmittlung": True}


def test_a_guest_network_s_sign_in_page_is_not_taken_for_an_answer(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)
    page.route(
        re.compile("/(dots|cards)$|/5$"),
        lambda route: route.fulfill(
            body="<h1>Willkommen im Gast-WLAN</h1>", content_type="text/html"
        ),
    )

    page.click("#offer-sprachmittlung-yes")
    send_card(page, "Nicht verloren")

    is_kept(page, "sprachmittlung", "yes")
    expect(page.locator(".waiting .words")).to_have_text(["Nicht verloren"])
    expect(page.get_by_text("Gast-WLAN")).to_have_count(0)
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    expect(page.locator(".own .words")).to_have_text(["Nicht verloren"])


def test_words_wait_for_the_line_too(server: Server, page_at: PageAt) -> None:
    server.enter("cloud")
    page = page_at(locale="de-DE", expected=LINE_CUT)
    page.goto(f"{server.address}/e/{server.code}")
    page.context.set_offline(True)
    page.fill("#word-text", "lebendig")
    page.click("#word-send")
    expect(page.locator(".waiting .words")).to_have_text(["lebendig"])

    page.context.set_offline(False)

    expect(page.locator(".own .words")).to_have_text(["lebendig"])
    assert stored(server)[1] == ["lebendig"]


def test_where_storage_is_forbidden_the_page_keeps_it_and_says_so(
    server: Server, page_at: PageAt
) -> None:
    """C16."""
    page = page_at(locale="de-DE", expected=LINE_CUT)
    page.add_init_script(THROWING_STORAGE)
    page.goto(f"{server.address}/e/{server.code}/5")
    page.context.set_offline(True)

    page.click("#offer-sprachmittlung-yes")
    send_card(page, "Auch so")

    expect(page.locator("main .pending > span")).to_have_text(
        ["Wird gesendet. Bitte die Seite offen lassen"] * 2
    )
    page.context.set_offline(False)
    expect(page.locator(".own .words")).to_have_text(["Auch so"])
    assert stored(server) == ({"sprachmittlung": True}, ["Auch so"], 1)


def test_a_guest_network_that_answers_as_a_program_is_not_taken_for_an_answer_either(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)
    page.route(
        re.compile("/dots$"),
        lambda route: route.fulfill(
            json={"status": "login required", "title": "Gast-WLAN"}, status=200
        ),
    )
    page.click("#offer-sprachmittlung-yes")
    is_kept(page, "sprachmittlung", "yes")
    with page.expect_response(re.compile("/dots$")):
        page.evaluate("dispatchEvent(new Event('online'))")
    is_kept(page, "sprachmittlung", "yes")

    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    assert stored(server) == ({"sprachmittlung": True}, [], 1)


def test_what_a_filter_of_the_network_refuses_does_not_hold_up_the_rest(
    server: Server, page_at: PageAt
) -> None:
    page = at_island(page_at, server)

    def filter_out(route: Route) -> None:
        if "SELECT" in (route.request.post_data or ""):
            route.fulfill(status=403, content_type="text/html", body="<h1>Blocked</h1>")
        else:
            route.continue_()

    page.route(re.compile("/cards$"), filter_out)
    send_card(page, "SELECT Angebote FROM Stadtteil")
    expect(page.locator(".waiting .words")).to_have_text(["SELECT Angebote FROM Stadtteil"])
    send_card(page, "Ein Plakat")

    expect(page.locator(".own .words")).to_have_text(["Ein Plakat"], timeout=20_000)
    expect(page.locator(".waiting .words")).to_have_text(["SELECT Angebote FROM Stadtteil"])
    assert stored(server)[1] == ["Ein Plakat"]


def test_where_storage_is_full_the_newest_answer_counts(server: Server, page_at: PageAt) -> None:
    """What is stored of an older one must not come in its place."""
    page = at_island(page_at, server)
    page.context.set_offline(True)
    page.click("#offer-sprachmittlung-yes")
    is_kept(page, "sprachmittlung", "yes")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")

    page.click("#offer-sprachmittlung-no")

    expect(page.locator("#offer-sprachmittlung-no")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#offer-sprachmittlung .pending")).to_have_text(
        "Wird gesendet. Bitte die Seite offen lassen"
    )
    page.context.set_offline(False)
    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    assert stored(server) == ({"sprachmittlung": False}, [], 1)


def test_neither_a_clock_set_back_nor_a_broken_entry_holds_up_what_waits(
    server: Server, page_at: PageAt
) -> None:
    """A tab ended on its way, a day ahead of the clock that is right now."""
    page = at_island(page_at, server)
    page.evaluate(
        """code => {
          const day_ms = 86_400_000;
          localStorage.setItem(`outbox ${code} dots rucksack-kita`, "{");
          localStorage.setItem("outbox-claim", `another ${Date.now() + day_ms}`);
          localStorage.setItem(`outbox ${code} dots sprachmittlung`, JSON.stringify({
            path: `/e/${code}/dots`, at: Date.now() + day_ms, until: Date.now() + day_ms, label: "Ja",
            epoch: document.getElementById("bar").dataset.epoch,
            fields: { offer: "sprachmittlung", knows: "yes", sequence: Date.now() + day_ms } }));
        }""",
        server.code,
    )

    page.reload()

    expect(page.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    page.click("#offer-seiteneinstieg-yes")
    expect(page.locator("#offer-seiteneinstieg .counted")).to_have_text("Ihr Punkt zählt")
    assert stored(server)[0] == {"sprachmittlung": True, "seiteneinstieg": True}
