"""A moderator decides about cards and words; the wall and the other moderators see it."""

import secrets
from contextlib import closing

from playwright.sync_api import Page, Route, expect

from tests.conftest import PageAt
from tests.running import Server, until

SETTLED_MS = 450  # a tap on what has just moved does not count
STALE = "Jemand anderes war schneller. Hier ist der aktuelle Stand."


def open_desk(page_at: PageAt, server: Server, width: int = 1440, **options: object) -> Page:
    """By an invitation link, as people come."""
    link = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    page = page_at(width, 900, locale="de-DE", **options)
    page.goto(link)
    page.get_by_role("button", name="Los geht’s").click()
    expect(page.locator("#desk")).to_be_visible()
    page.wait_for_load_state()  # its scripts, too
    return page


def send_card(server: Server, text: str, island: int = 1) -> None:
    with closing(server.phone()) as phone:
        fields = {"island": island, "text": text, "submission": secrets.token_hex(8)}
        phone.post(f"/e/{server.code}/cards", json=fields).raise_for_status()


def on_wall(server: Server) -> list[str]:
    return [card["text"] for card in server.live()["cards"]]


def hold_back(page: Page, addresses: str) -> list[Route]:
    """Requests that have left the page and not yet reached the server."""
    held_back: list[Route] = []

    def hold(route: Route) -> None:
        held_back.append(route)

    page.route(addresses, hold)
    return held_back


def card_with(page: Page, text: str):
    return page.locator("li.card").filter(has=page.get_by_text(text, exact=True))


def test_opening_an_invitation_changes_nothing_until_its_button_is_pressed(
    server: Server, page_at: PageAt
) -> None:
    link = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    page = page_at(locale="de-DE", expected="403")
    page.goto(link)
    assert page.context.cookies() == []
    assert page.goto(f"{server.address}/moderate/{server.code}").status == 403

    page.goto(link)
    page.get_by_role("button", name="Los geht’s").click()

    expect(page).to_have_url(f"{server.address}/moderate/{server.code}")
    expect(page.locator("#desk")).to_be_visible()


def test_a_card_appears_by_itself_is_approved_and_hidden_and_the_wall_follows(
    server: Server, page_at: PageAt
) -> None:
    page = open_desk(page_at, server)
    send_card(server, "Mehr Aushänge im Stadtteil", island=3)
    expect(page.locator("#waiting-heading")).to_have_text("1 Karte wartet")
    assert on_wall(server) == []

    page.wait_for_timeout(SETTLED_MS)
    card_with(page, "Mehr Aushänge im Stadtteil").get_by_role("button", name="Freigeben").click()
    expect(page.locator("#said")).to_have_text("Karte freigegeben")
    expect(page.locator("#waiting-heading")).to_have_text("0 Karten warten")
    until(lambda: on_wall(server) == ["Mehr Aushänge im Stadtteil"])

    page.wait_for_timeout(SETTLED_MS)
    page.locator("#approved summary").first.click()
    card_with(page, "Mehr Aushänge im Stadtteil").get_by_role("button", name="Verbergen").click()
    until(lambda: on_wall(server) == [])

    page.wait_for_timeout(SETTLED_MS)
    page.locator("#hidden summary").first.click()
    page.get_by_role("button", name="Wieder zeigen").click()
    until(lambda: on_wall(server) == ["Mehr Aushänge im Stadtteil"])


def test_without_javascript_every_act_is_a_plain_form(server: Server, page_at: PageAt) -> None:
    send_card(server, "Mehr Feste")
    page = open_desk(page_at, server, java_script_enabled=False)

    page.get_by_role("button", name="Freigeben").click()
    until(lambda: on_wall(server) == ["Mehr Feste"])
    page.get_by_text("Wortwolke beginnen …").click()
    page.get_by_role("button", name="Ja, Wortwolke beginnen").click()

    assert page.url == f"{server.address}/moderate/{server.code}"
    expect(page.locator("[aria-current=step]")).to_have_text("3 Wortwolke")
    until(lambda: server.live()["phase"] == "cloud")


def test_the_second_of_two_moderators_gets_the_current_state_and_a_word_about_it(
    server: Server, page_at: PageAt
) -> None:
    """C06"""
    send_card(server, "Mehr Aushänge")
    slow = open_desk(page_at, server, expected="409|ERR_FAILED|htmx:")
    slow.route("**/queue", lambda route: route.abort())  # has not heard of it yet
    fast = open_desk(page_at, server)

    fast.get_by_role("button", name="Verbergen").click()
    expect(fast.locator("#waiting-heading")).to_have_text("0 Karten warten")
    slow.get_by_role("button", name="Freigeben").click()

    expect(slow.locator("#refusal")).to_have_text(STALE)
    expect(slow.locator("#waiting-heading")).to_have_text("0 Karten warten")
    expect(slow.locator("#hidden h2")).to_have_text("1 verborgene Karte")
    assert on_wall(server) == []


def test_what_one_moderator_decides_leaves_the_other_desk_by_itself(
    server: Server, page_at: PageAt
) -> None:
    send_card(server, "Mehr Aushänge")
    one, other = open_desk(page_at, server), open_desk(page_at, server, width=390)
    expect(other.locator("#waiting-heading")).to_have_text("1 Karte wartet")

    one.get_by_role("button", name="Freigeben").click()

    expect(other.locator("#waiting-heading")).to_have_text("0 Karten warten")
    expect(other.locator("#approved h2")).to_have_text("1 freigegebene Karte")


def test_a_new_card_does_not_disturb_who_is_correcting_another(
    server: Server, page_at: PageAt
) -> None:
    """W15"""
    send_card(server, "Herr Meier soll mher werben")
    page = open_desk(page_at, server)
    card_with(page, "Herr Meier soll mher werben").locator("summary").click()
    field = page.locator("li.card").first.get_by_label("Text der Karte")
    field.fill("Mehr w")
    send_card(server, "Mehr Feste")
    page.wait_for_timeout(1500)  # longer than the desk waits
    assert page.locator("#waiting-heading").inner_text() == "1 Karte wartet"

    page.keyboard.type("erben")
    assert field.input_value() == "Mehr werben"
    page.locator("#waiting").focus()  # now the desk may catch up
    expect(page.locator("#waiting-heading")).to_have_text("2 Karten warten")
    expect(field).to_have_value("Mehr werben")
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Korrektur speichern").click()

    expect(card_with(page, "Mehr werben")).to_have_count(1)
    expect(page.locator("details.correction[open]")).to_have_count(0)


def test_a_correction_of_what_somebody_else_corrected_is_refused_but_not_lost(
    server: Server, page_at: PageAt
) -> None:
    """C06"""
    send_card(server, "Mher werben")
    slow = open_desk(page_at, server, expected="409")
    card_with(slow, "Mher werben").locator("summary").click()
    slow.get_by_label("Text der Karte").fill("Viel mehr werben")
    fast = open_desk(page_at, server)
    card_with(fast, "Mher werben").locator("summary").click()
    fast.get_by_label("Text der Karte").fill("Mehr werben")
    fast.get_by_role("button", name="Korrektur speichern").click()
    expect(card_with(fast, "Mehr werben")).to_have_count(1)

    slow.get_by_role("button", name="Korrektur speichern").click()

    expect(slow.locator("#refusal")).to_have_text(STALE)
    expect(card_with(slow, "Mehr werben")).to_have_count(1)
    expect(slow.get_by_label("Text der Karte")).to_have_value("Viel mehr werben")
    slow.wait_for_timeout(SETTLED_MS)
    slow.get_by_role("button", name="Korrektur speichern").click()  # having seen it
    expect(card_with(slow, "Viel mehr werben")).to_have_count(1)


def test_with_the_keyboard_the_focus_goes_on_to_the_next_card(
    server: Server, page_at: PageAt
) -> None:
    for text in ("eins", "zwei"):
        send_card(server, text)
    page = open_desk(page_at, server)
    card_with(page, "eins").get_by_role("button", name="Freigeben").focus()

    page.keyboard.press("Enter")

    expect(card_with(page, "zwei").get_by_role("button", name="Freigeben")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#waiting")).to_be_focused()
    until(lambda: sorted(on_wall(server)) == ["eins", "zwei"])


def test_a_double_click_decides_on_one_card_only(server: Server, page_at: PageAt) -> None:
    """C01"""
    for text in ("eins", "zwei"):
        send_card(server, text)
    page = open_desk(page_at, server, width=390)
    button = card_with(page, "eins").get_by_role("button", name="Freigeben")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.mouse.click(*place)
    expect(page.locator("#waiting-heading")).to_have_text("1 Karte wartet")
    page.mouse.click(*place)

    page.wait_for_timeout(300)
    assert on_wall(server) == ["eins"]


def test_two_acts_at_once_are_both_done_and_the_desk_goes_on(
    server: Server, page_at: PageAt
) -> None:
    """C01: the first answer takes the second form out of the page while its act is on its way."""
    for text in ("eins", "zwei"):
        send_card(server, text)
    page = open_desk(page_at, server)
    held_back = hold_back(page, "**/approval")
    for text in ("eins", "zwei"):
        card_with(page, text).get_by_role("button", name="Freigeben").click()
    until(lambda: page.wait_for_timeout(20) or len(held_back) == 2)

    for route in held_back:
        route.continue_()
        page.wait_for_timeout(300)

    expect(page.locator("#waiting-heading")).to_have_text("0 Karten warten")
    until(lambda: sorted(on_wall(server)) == ["eins", "zwei"])
    send_card(server, "drei")
    expect(page.locator("#waiting-heading")).to_have_text("1 Karte wartet")
    expect(card_with(page, "drei")).to_have_count(1)


def test_of_two_acts_at_once_a_refusal_is_shown_though_its_form_is_gone(
    server: Server, page_at: PageAt
) -> None:
    """C06"""
    for text in ("eins", "zwei"):
        send_card(server, text)
    page = open_desk(page_at, server, expected="409")
    held_back = hold_back(page, "**/approval")
    for text in ("eins", "zwei"):
        card_with(page, text).get_by_role("button", name="Freigeben").click()
    until(lambda: page.wait_for_timeout(20) or len(held_back) == 2)
    second = held_back[1].request.url.removesuffix("/approval")
    with closing(server.desk()) as other:
        assert other.post(f"{second}/hiding", data={"version": "1"}).status_code == 303

    for route in held_back:
        route.continue_()
        page.wait_for_timeout(300)

    expect(page.locator("#refusal")).to_have_text(STALE)
    expect(page.locator("#hidden h2")).to_have_text("1 verborgene Karte")
    assert on_wall(server) == ["eins"]


def test_a_tap_that_was_lost_is_said_until_one_arrives(server: Server, page_at: PageAt) -> None:
    send_card(server, "Mehr Feste")
    page = open_desk(page_at, server, expected="ERR_FAILED|htmx:")
    page.route("**/approval", lambda route: route.abort())

    page.get_by_role("button", name="Freigeben").click()
    expect(page.locator("#lost-tap")).to_be_visible()
    expect(page.locator("#lost-tap")).to_have_text("Ihr letztes Tippen ist nicht angekommen.")
    send_card(server, "Mehr Aushänge")  # what is only read does not end it
    expect(page.locator("#waiting-heading")).to_have_text("2 Karten warten")
    expect(page.locator("#lost-tap")).to_be_visible()

    page.unroute("**/approval")
    page.wait_for_timeout(SETTLED_MS)
    card_with(page, "Mehr Feste").get_by_role("button", name="Freigeben").click()

    expect(page.locator("#lost-tap")).to_be_hidden()
    assert on_wall(server) == ["Mehr Feste"]


def test_a_card_with_a_phone_number_is_marked_and_stands_first(
    server: Server, page_at: PageAt
) -> None:
    for text in ("Mehr Feste", "Ruft an: 0208 1234567"):
        send_card(server, text)
    page = open_desk(page_at, server)

    expect(page.locator("li.card .text")).to_have_text(["Ruft an: 0208 1234567", "Mehr Feste"])
    expect(page.locator("li.card").first.locator(".held")).to_have_text(
        "Bitte genau lesen: Kontaktdaten oder Schimpfwort?"
    )
    expect(page.locator("li.card .held")).to_have_count(1)


def test_a_word_that_was_hidden_leaves_the_cloud_and_comes_back(
    server: Server, page_at: PageAt
) -> None:
    server.enter("cloud")
    with closing(server.phone()) as phone:
        fields = {"text": "spannend", "submission": "one"}
        phone.post(f"/e/{server.code}/words", json=fields).raise_for_status()
    page = open_desk(page_at, server)

    page.get_by_role("button", name="„spannend“ verbergen").click()
    until(lambda: server.live()["cloud"] == [])
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="„spannend“ wieder zeigen").click()

    until(lambda: [word["word"] for word in server.live()["cloud"]] == ["spannend"])


def test_markup_in_a_card_is_shown_as_text(server: Server, page_at: PageAt) -> None:
    """I07"""
    text = '<img src=x onerror=alert(1)> {{ 7*7 }} <b hx-get="/plan">'
    send_card(server, text)
    page = open_desk(page_at, server)

    expect(page.locator("li.card .text")).to_have_text(text)
    assert page.locator("li.card img, li.card .text b").count() == 0
