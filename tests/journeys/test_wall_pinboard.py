"""The wall's pin board in a real browser: what phones send hangs there, and nothing else moves."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.journeys.walls import OFFER, State, open_forged, open_wall, send_dot
from tests.running import Server, until

DOTS = f'[data-scene="overview"] [data-offer="{OFFER}"] .dots'
BOX = "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width] })"


def test_a_dot_of_a_phone_hangs_on_the_wall_and_the_others_stay_where_they_are(
    server: Server, page_at: Callable[..., Page]
) -> None:
    send_dot(server.phone(), server, OFFER, "yes")
    wall = open_wall(page_at(1920, 1080), server)
    yes, no = wall.locator(f"{DOTS}.yes .dot"), wall.locator(f"{DOTS}.no .dot")
    expect(yes).to_have_count(1)
    before = yes.evaluate_all(BOX)

    send_dot(server.phone(), server, OFFER, "yes")
    send_dot(server.phone(), server, OFFER, "no")
    expect(yes).to_have_count(2)
    expect(no).to_have_count(1)
    island = wall.locator('[data-island="1"]')
    expect(wall.locator(f'[data-offer="{OFFER}"] [data-value="yes"]')).to_have_text("2")
    expect(wall.locator('.side [data-value="totals.no"]')).to_have_text("1")
    expect(island.locator('[data-value="devices"]')).to_have_text("3")
    assert yes.evaluate_all(BOX)[:1] == before


def test_a_wall_that_slept_shows_what_is_so_now_without_a_storm(
    start_server: Callable[..., Server], page_at: Callable[..., Page]
) -> None:
    """W12: the computer slept for 20 minutes, the socket died without a word."""
    server = start_server(limits=False)
    offers = [offer["key"] for island in server.live()["islands"] for offer in island["offers"]]
    offers = offers[:20]  # fewer than would drop in one by one for somebody awake
    page = page_at(1920, 1080)
    page.clock.install()
    page.add_init_script(
        """window.moved = 0; const { animate } = Element.prototype;
        Element.prototype.animate = function (...how) {
            window.moved += 1; return animate.apply(this, how) }"""
    )
    sockets: list[WebSocketRoute] = []

    def fall_asleep(socket: WebSocketRoute) -> None:
        """After its first state the first socket is dead; the next one is as good as any."""
        sockets.append(socket)
        heard: list[str | bytes] = []

        def take(message: str | bytes) -> None:
            heard.append(message)
            if len(heard) == 1 or socket is not sockets[0]:
                socket.send(message)

        socket.connect_to_server().on_message(take)

    page.route_web_socket("**/live/ws", fall_asleep)
    wall = open_wall(page, server)
    phone = server.phone()
    for offer in offers:
        send_dot(phone, server, offer, "yes")
    until(lambda: server.live()["totals"]["yes"] == len(offers))
    wall.clock.fast_forward("20:00")
    wall.clock.run_for(2_000)
    expect(wall.locator('.side [data-value="totals.yes"]')).to_have_text(str(len(offers)))
    expect(wall.locator('[data-scene="overview"] .dots .dot')).to_have_count(len(offers))
    expect(wall.locator(".age")).to_be_hidden()
    assert wall.evaluate("window.moved") == 0
    assert len(sockets) == 2

    send_dot(server.phone(), server, OFFER, "yes")  # awake, it moves again
    expect(wall.locator(f"{DOTS}.yes .dot")).to_have_count(2)
    assert wall.evaluate("window.moved") == 1


def test_of_missed_doubled_and_reordered_states_the_newest_wins(
    server: Server, page_at: Callable[..., Page]
) -> None:
    """W10"""
    page = page_at(1920, 1080)
    sockets: list[WebSocketRoute] = []
    states: list[dict[str, Any]] = []

    def listen(socket: WebSocketRoute) -> None:
        sockets.append(socket)

        def take(message: str | bytes) -> None:
            states.append(json.loads(message))
            socket.send(message)

        socket.connect_to_server().on_message(take)

    page.route_web_socket("**/live/ws", listen)
    send_dot(server.phone(), server, OFFER, "yes")
    wall = open_wall(page, server)
    total = wall.locator('.side [data-value="totals.yes"]')
    expect(total).to_have_text("1")
    wall.evaluate(
        """window.seen = []; new MutationObserver(() => seen.push(
        document.querySelector('.side [data-value="totals.yes"]').textContent)
        ).observe(document.querySelector('.figures'),
        { subtree: true, childList: true, characterData: true })"""
    )

    for version, yes in ((-1, 17), (0, 18), (5, 19), (3, 20), (5, 21), (4, 22), (9, 23)):
        forged = states[0] | {"totals": states[0]["totals"] | {"yes": yes}}
        sockets[0].send(json.dumps(forged | {"version": states[0]["version"] + version}))
    expect(total).to_have_text("23")
    assert sorted(set(wall.evaluate("window.seen"))) == ["19", "23"]


def test_without_scripts_the_page_is_a_picture_of_now(
    server: Server, page_at: Callable[..., Page]
) -> None:
    send_dot(server.phone(), server, OFFER, "no")
    wall = page_at(1920, 1080, java_script_enabled=False)
    wall.goto(f"{server.address}/e/{server.code}/live")
    expect(wall.locator('[data-scene="overview"] .island')).to_have_count(12)
    expect(wall.locator(f'[data-offer="{OFFER}"] [data-value="no"]')).to_have_text("1")


def test_covered_numbers_leave_no_dots(server: Server, page_at: Callable[..., Page]) -> None:
    send_dot(server.phone(), server, OFFER, "yes")
    wall = open_wall(page_at(1920, 1080), server)
    expect(wall.locator(".dots .dot")).to_have_count(1)
    server.desk().post(f"/moderate/{server.code}/reveal", data={"revealed": "no"})
    expect(wall.get_by_text("Die Zahlen sind noch verdeckt").first).to_be_visible()
    expect(wall.locator(".dots .dot")).to_have_count(0)
    expect(wall.locator('.side [data-value="devices"]')).to_be_visible()
    for figure in ("totals.yes", "totals.no", "totals.cards"):
        expect(wall.locator(f'.side [data-value="{figure}"]')).to_be_hidden()


def test_every_dot_is_in_sight_on_a_small_projector(
    server: Server, page_at: Callable[..., Page]
) -> None:
    """As many as 82 people leave: none below its offer's edge, none under the next one's line."""

    def fill(state: State) -> None:
        for island in state["islands"]:
            for offer in island["offers"]:
                offer |= {"yes": 16, "no": 14}
            island |= {"yes": 16 * len(island["offers"]), "no": 14 * len(island["offers"])}
            island |= {"devices": 42, "cards": 12}

    wall = open_forged(page_at(1024, 768), server, fill)
    cut = wall.evaluate(
        """() => {
        const box = element => element.getBoundingClientRect();
        return [...document.querySelectorAll('[data-scene="overview"] .offers')].flatMap(offers => {
            const rows = [...offers.children].filter(row => row.clientHeight > 0);
            const edge = at => rows[at + 1] ? box(rows[at + 1]).top : box(offers).bottom;
            const isCut = (row, at) =>
                [...row.querySelectorAll('.dots .dot')].some(dot => box(dot).bottom > edge(at));
            return rows.filter(isCut).map(row => row.dataset.offer);
        });
    }"""
    )
    assert cut == []


def test_larger_text_takes_no_offer_its_name(server: Server, page_at: Callable[..., Page]) -> None:
    wall = open_wall(page_at(1920, 1080), server)
    named = wall.locator('[data-scene="overview"] .offer:not(.total) h3:visible')
    before = named.count()
    assert before > 30
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    wall.keyboard.press("-")
    small = wall.evaluate(size)
    for _ in range(8):
        wall.keyboard.press("+")
        assert named.count() == before
    assert wall.evaluate(size) > small


def test_beside_the_cloud_and_thanks_stands_what_belongs_there(
    server: Server, page_at: Callable[..., Page]
) -> None:
    wall = open_wall(page_at(1920, 1080), server)
    desk = server.desk()
    desk.post(f"/moderate/{server.code}/clock", data={"running": "no"})
    question, clock = wall.locator(".side .question"), wall.locator(".side .clock")
    results = wall.get_by_text("Die Ergebnisse sehen Sie jetzt auf Ihrem Handy.")
    expect(question).to_be_visible()
    expect(clock).to_be_visible()
    server.enter("cloud")
    expect(question).to_be_hidden()
    expect(clock).to_be_hidden()
    expect(wall.locator('.side [data-value="totals.yes"]')).to_be_hidden()
    expect(wall.locator('.side [data-value="totals.words"]')).to_be_visible()
    expect(results).to_be_hidden()
    server.enter("closed")
    expect(results).to_be_visible()
    address = f"{server.address}/e/{server.code}/results"
    expect(wall.locator("svg[role=img]:visible")).to_have_attribute("aria-label", address)
    expect(wall.locator(".side .code")).to_contain_text(server.code)
    desk.post(f"/moderate/{server.code}/reveal", data={"revealed": "no"})
    expect(results).to_be_hidden()


def test_the_first_phone_is_one_phone(server: Server, page_at: Callable[..., Page]) -> None:
    desk = server.desk()
    desk.post(f"/moderate/{server.code}/scene", data={"scene": "join"})
    wall = page_at(1920, 1080)
    wall.goto(f"{server.address}/e/{server.code}/live")
    joined = wall.locator(".joined")
    expect(joined).to_have_text("0 Handys sind dabei")
    send_dot(server.phone(), server, OFFER, "yes")
    expect(joined).to_have_text("1 Handy ist dabei")
