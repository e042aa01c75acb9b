"""A moderator decides about cards and words; the wall and the other moderators see it."""

from contextlib import closing

import pytest
from playwright.sync_api import Page, Route, expect

from tests.axe import violations
from tests.conftest import PageAt
from tests.journeys.desks import (
    SETTLED_MS,
    STALE,
    card_with,
    fresh,
    on_wall,
    open_desk,
    send_card,
)
from tests.running import Server, until


@pytest.fixture
def server(hall: Server) -> Server:
    return fresh(hall)


def hold_back(page: Page, addresses: str) -> list[Route]:
    """Requests that have left the page and not yet reached the server."""
    held_back: list[Route] = []

    def hold(route: Route) -> None:
        held_back.append(route)

    page.route(addresses, hold)
    return held_back


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


def test_a_card_appears_by_itself_is_decided_on_and_taken_back_and_the_wall_follows(
    server: Server, page_at: PageAt
) -> None:
    """C10"""
    text = "Mehr Aushänge im Stadtteil"
    page = open_desk(page_at, server)
    undo = page.get_by_role("button", name="Rückgängig")
    toast = page.locator("#toast p")
    send_card(server, text, island=3)
    expect(page.locator("#waiting-heading")).to_have_text("1 Karte wartet")
    assert on_wall(server) == []

    page.wait_for_timeout(SETTLED_MS)
    card_with(page, text).get_by_role("button", name="Freigeben").click()
    expect(page.locator("#said")).to_have_text("Karte freigegeben")
    expect(toast).to_have_text("1 Karte freigegeben")
    expect(page.locator("#waiting-heading")).to_have_text("0 Karten warten")
    until(lambda: on_wall(server) == [text])

    page.locator("#approved summary").first.click()
    page.wait_for_timeout(SETTLED_MS)
    card_with(page, text).get_by_role("button", name="Hervorheben").click()
    star = card_with(page, text).get_by_role("button", name="Hervorheben", pressed=True)
    expect(star).to_be_focused()
    page.wait_for_timeout(SETTLED_MS)
    card_with(page, text).get_by_role("button", name="Verbergen").click()
    until(lambda: on_wall(server) == [])
    expect(toast).to_have_text("1 Karte verborgen")

    undo.click()
    until(lambda: on_wall(server) == [text])
    expect(page.locator("#toast")).to_be_hidden()
    expect(card_with(page, text)).to_be_focused()
    expect(star).to_be_visible()

    card_with(page, text).locator(".correction summary").click()
    page.get_by_label("Text der Karte").fill("Mehr")
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Korrektur speichern").click()
    until(lambda: on_wall(server) == ["Mehr"])
    undo.click()
    until(lambda: on_wall(server) == [text])


def test_without_javascript_every_act_is_a_plain_form(server: Server, page_at: PageAt) -> None:
    send_card(server, "Mehr Feste", "Mehr Bänke", "Mehr Lärm", "Ruft an: 0208 1234567")
    page = open_desk(page_at, server, java_script_enabled=False)

    card_with(page, "Mehr Feste").get_by_role("button", name="Freigeben").click()
    until(lambda: on_wall(server) == ["Mehr Feste"])
    for text in ("Mehr Bänke", "Mehr Lärm"):
        page.get_by_label(f"„{text}“ auswählen").check()
    page.locator("#several-hide").click()
    expect(page.locator("#hidden h2")).to_have_text("2 verborgene Karten")
    page.get_by_label("Karten suchen").fill("bänke")
    page.get_by_label("Karten im Zustand").select_option("hidden")
    page.get_by_role("button", name="Suchen").click()
    expect(page.locator("li.card .text")).to_have_text(["Mehr Bänke"])
    page.get_by_role("button", name="Wieder zeigen").click()
    assert page.url.endswith("?search=b%C3%A4nke&state=hidden")  # where one was
    expect(page.locator("li.card")).to_have_count(0)
    page.goto(f"{server.address}/moderate/{server.code}")

    page.get_by_text("Wortwolke beginnen …").click()
    page.get_by_role("button", name="Ja, Wortwolke beginnen").click()
    expect(page.locator("[aria-current=step]")).to_have_text("3 Wortwolke")
    page.get_by_text("Veranstaltung schließen …").first.click()
    expect(page.locator("#enter-closed")).to_contain_text(
        "Wirklich schließen? 1 Karte wartet noch."
    )
    page.locator("#enter-closed").get_by_role("link", name="Erst entscheiden").click()
    assert page.url.endswith("#waiting")
    page.get_by_role("button", name="Ja, Veranstaltung schließen").click()
    until(lambda: server.live()["phase"] == "closed")

    page.get_by_text("Mehr", exact=True).click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("heading", name="Sie sind abgemeldet")).to_be_visible()


def test_the_second_of_two_moderators_gets_the_current_state_and_a_word_about_it(
    server: Server, page_at: PageAt
) -> None:
    """C06"""
    send_card(server, "Mehr Aushänge")
    slow = open_desk(page_at, server, expected="409|ERR_FAILED|htmx:")
    slow.route("**/queue*", lambda route: route.abort())  # has not heard of it yet
    fast = open_desk(page_at, server)

    fast.get_by_role("button", name="Verbergen").click()
    expect(fast.locator("#waiting-heading")).to_have_text("0 Karten warten")
    slow.get_by_role("button", name="Freigeben").click()

    expect(slow.locator("#refusal")).to_have_text(STALE)
    expect(slow.locator("#waiting-heading")).to_have_text("0 Karten warten")
    expect(slow.locator("#toast")).to_be_hidden()
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


def test_a_live_update_leaves_text_caret_and_focus_of_who_is_typing(
    server: Server, page_at: PageAt
) -> None:
    """W15"""
    send_card(server, "Herr Meier soll mher werben")
    page = open_desk(page_at, server)
    card = page.locator("li.card").first
    card.locator("summary").click()
    field = card.get_by_label("Text der Karte")
    field.fill("Mehr ben")
    for _ in "ben":
        page.keyboard.press("ArrowLeft")

    send_card(server, "Mehr Feste")
    expect(page.locator("#waiting-heading")).to_have_text("2 Karten warten")
    page.keyboard.type("wer")

    expect(field).to_be_focused()
    expect(field).to_have_value("Mehr werben")
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Korrektur speichern").click()
    expect(card_with(page, "Mehr werben")).to_have_count(1)
    expect(page.locator("details.correction[open]")).to_have_count(0)


def test_what_is_searched_stays_while_cards_arrive(server: Server, page_at: PageAt) -> None:
    """W15"""
    send_card(server, "Mehr Äpfel", island=1)
    send_card(server, "Mehr Birnen", island=3)
    page = open_desk(page_at, server)
    search = page.get_by_label("Karten suchen")

    search.press_sequentially("äpf")
    expect(page.locator("li.card .text")).to_have_text(["Mehr Äpfel"])
    send_card(server, "Äpfel für alle", "Mehr Kirschen", island=3)
    expect(page.locator("li.card .text")).to_have_text(["Mehr Äpfel", "Äpfel für alle"])
    expect(search).to_be_focused()
    expect(search).to_have_value("äpf")
    expect(page.locator("#waiting-heading")).to_have_text("4 Karten warten davon 2 in der Auswahl")

    page.get_by_label("Karten von Insel").select_option("3")
    expect(page.locator("li.card .text")).to_have_text(["Äpfel für alle"])
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Freigeben").first.click()
    expect(page.locator("li.card:visible")).to_have_count(0)
    page.get_by_label("Karten im Zustand").select_option("approved")
    expect(page.locator("li.card .text")).to_have_text(["Äpfel für alle"])
    expect(page.locator("#waiting")).to_have_count(0)
    page.reload()  # the address knows
    expect(page.locator("li.card .text")).to_have_text(["Äpfel für alle"])


@pytest.mark.parametrize("is_typing", [True, False])
def test_a_correction_of_what_somebody_else_corrected_is_refused_but_not_lost(
    server: Server, page_at: PageAt, is_typing: bool
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
    if not is_typing:
        slow.locator("h1").click()  # and the desk shows what the other one made of it
        expect(card_with(slow, "Mehr werben")).to_have_count(1)
        slow.wait_for_timeout(SETTLED_MS)

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
    send_card(server, "eins", "zwei")
    page = open_desk(page_at, server)
    card_with(page, "eins").get_by_role("button", name="Freigeben").focus()

    page.keyboard.press("Enter")

    expect(card_with(page, "zwei").get_by_role("button", name="Freigeben")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#waiting")).to_be_focused()
    until(lambda: sorted(on_wall(server)) == ["eins", "zwei"])


def test_single_keys_decide_on_card_after_card(server: Server, page_at: PageAt) -> None:
    send_card(server, *"abcdef")
    page = open_desk(page_at, server)
    press = page.keyboard.press
    expect(page.locator("#cards-waiting li")).to_have_count(6)

    press("h")  # no card is chosen: nothing happens
    press("j")
    expect(card_with(page, "a")).to_be_focused()
    press("a")
    expect(card_with(page, "b")).to_be_focused()
    press("h")
    expect(card_with(page, "c")).to_be_focused()
    press("j")
    press("k")
    expect(card_with(page, "c")).to_be_focused()
    press("l")
    expect(card_with(page, "c").get_by_role("button", pressed=True)).to_have_count(1)
    expect(card_with(page, "c")).to_be_focused()
    press("c")
    expect(card_with(page, "c").get_by_label("Text der Karte")).to_be_focused()
    page.keyboard.type("ah")  # keys are letters here
    expect(page.get_by_label("Text der Karte").first).to_have_value("cah")
    press("Escape")
    expect(card_with(page, "c")).to_be_focused()
    press("x")
    press("j")
    press("x")
    expect(page.locator("#several b")).to_have_text("2 ausgewählt")
    page.locator("#several-hide").press("Enter")
    expect(page.locator("#toast p")).to_have_text("2 Karten verborgen")
    press("z")
    expect(page.locator("#cards-waiting li")).to_have_count(4)
    assert on_wall(server) == ["a"]

    press("?")
    help = page.get_by_role("dialog", name="Tastenkürzel")
    expect(help).to_be_visible()
    help.get_by_label("Tastenkürzel sind an").uncheck()
    press("Escape")
    card_with(page, "e").focus()
    press("a")
    press("?")
    page.reload()  # this browser remembers
    card_with(page, "e").focus()
    press("h")
    page.wait_for_timeout(300)
    expect(help).to_be_hidden()
    expect(page.locator("#cards-waiting li")).to_have_count(4)
    assert on_wall(server) == ["a"]


def test_several_at_once_say_which_another_moderator_had_decided(
    server: Server, page_at: PageAt
) -> None:
    """C06"""
    send_card(server, "eins", "zwei", "drei")
    page = open_desk(page_at, server, width=390, expected="ERR_FAILED|htmx:")
    page.route("**/queue*", lambda route: route.abort())  # has not heard of it yet
    for text in ("eins", "zwei"):
        page.get_by_label(f"„{text}“ auswählen").check()
    address = card_with(page, "zwei").locator("form[action$='/hiding']").get_attribute("action")
    with closing(server.desk()) as other:
        assert other.post(address, data={"version": "1"}).status_code == 303

    page.locator("#several-approve").click()

    expect(page.locator("#refusal")).to_have_text(
        "Bei einigen Karten war jemand anderes schneller. Hier ist der aktuelle Stand."
    )
    expect(page.locator("#toast p")).to_have_text("1 Karte freigegeben")
    expect(page.locator("#cards-waiting .text")).to_have_text(["drei"])
    assert on_wall(server) == ["eins"]
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator("#cards-waiting .text")).to_have_text(["eins", "drei"])


def test_a_double_click_decides_on_one_card_only(server: Server, page_at: PageAt) -> None:
    """C01"""
    send_card(server, "eins", "zwei")
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
    send_card(server, "eins", "zwei")
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
    send_card(server, "eins", "zwei")
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
    send_card(server, "Mehr Feste", "Ruft an: 0208 1234567, ihr D3ppen")
    page = open_desk(page_at, server)

    expect(page.locator("li.card .text")).to_have_text(
        ["Ruft an: 0208 1234567, ihr D3ppen", "Mehr Feste"]
    )
    expect(page.locator("li.card").first.locator(".held")).to_have_text(
        "Bitte genau lesen: Telefonnummer, Wort aus der Liste"
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


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_on_desk_settings_and_journal(
    server: Server, page_at: PageAt, width: int, scheme: str
) -> None:
    send_card(server, "Mehr Feste", "Ruft an: 0208 1234567")
    server.enter("cloud")
    with closing(server.phone()) as phone:
        fields = {"text": "spannend", "submission": "one"}
        phone.post(f"/e/{server.code}/words", json=fields).raise_for_status()
    page = open_desk(page_at, server, width, color_scheme=scheme)
    expect(page.locator("li.word")).to_have_count(1)
    page.locator("li.card").first.get_by_role("button", name="Hervorheben").click()
    expect(page.locator("#toast")).to_be_visible()
    page.get_by_label("„Mehr Feste“ auswählen").check()
    for part in page.locator("#desk details:not([open]) > summary").all():
        if part.is_visible():
            part.click()
    found = [violations(page)]
    page.locator("#show-keys").evaluate("button => button.click()")
    found.append(violations(page))
    for path in ("settings", "journal", "signed-out"):
        page.goto(f"{server.address}/moderate/{server.code}/{path}")
        for part in page.locator("details > summary").all():
            part.click()
        found.append(violations(page))

    assert found == [{}, {}, {}, {}, {}]
