"""A moderator steers the evening from a laptop and, as a remote control, from a phone."""

import re
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PageAt, StartServer
from tests.journeys.desks import SETTLED_MS, fresh, open_desk, send_card
from tests.running import Server, until


@pytest.fixture
def server(hall: Server) -> Server:
    return fresh(hall)


def seconds_shown(page: Page) -> int:
    minutes, seconds = page.locator("[data-time]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def place_dot(server: Server, offer: str = "umweltberatung") -> None:
    with closing(server.phone()) as phone:
        answer = phone.post(f"/e/{server.code}/dots", data={"offer": offer, "knows": "yes"})
        assert answer.status_code == 303


def phase_and_clock(server: Server) -> tuple[str, bool]:
    state = server.live()
    return state["phase"], state["clock"]["running"]


def test_the_evening_goes_from_phase_to_phase_and_back_and_the_clock_with_it(
    start_server: StartServer, page_at: PageAt
) -> None:
    server = start_server(phase="setup")
    page = open_desk(page_at, server, width=390)

    page.get_by_role("button", name="World Café öffnen und Uhr starten").click()
    until(lambda: phase_and_clock(server) == ("cafe", True))
    for opening, button, then in (
        ("Wortwolke beginnen …", "Ja, Wortwolke beginnen", ("cloud", False)),
        ("Veranstaltung schließen …", "Ja, Veranstaltung schließen", ("closed", False)),
    ):
        page.wait_for_timeout(SETTLED_MS)
        page.get_by_text(opening).click()
        page.get_by_role("button", name=button).click()
        until(lambda then=then: phase_and_clock(server) == then)
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_text("Andere Phase wählen").click()
    page.get_by_role("button", name="Zurück zur Wortwolke").click()
    until(lambda: server.live()["phase"] == "cloud")
    expect(page.locator("[aria-current=step]")).to_have_text("3 Wortwolke")
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_text("Andere Phase wählen").click()
    page.get_by_role("button", name="Zurück zum World Café").click()

    until(lambda: phase_and_clock(server) == ("cafe", True))


def test_what_a_whole_hall_sees_is_never_one_tap(server: Server, page_at: PageAt) -> None:
    send_card(server, "Mehr Feste")
    page = open_desk(page_at, server)
    assert page.locator("form[action$='/phase'] button:visible").count() == 0

    page.get_by_text("Wortwolke beginnen …").click()
    expect(page.locator("#enter-cloud")).to_contain_text(
        "Wirklich zur Wortwolke? 1 Karte wartet noch."
    )
    page.get_by_text("Andere Phase wählen").click()
    page.get_by_text("Zurück zur Vorbereitung …").click()
    expect(page.locator("#enter-setup")).to_contain_text("Wirklich zurück zur Vorbereitung?")
    assert server.live()["phase"] == "cafe"
    page.get_by_role("button", name="Ja, zurück zur Vorbereitung").click()

    until(lambda: server.live()["phase"] == "setup")


def test_the_clock_starts_and_gains_five_minutes_from_what_is_shown(
    server: Server, page_at: PageAt
) -> None:
    page = open_desk(page_at, server)
    assert seconds_shown(page) == 4500
    page.get_by_role("button", name="5 min weniger").click()
    expect(page.locator("[data-time]")).to_have_text("70:00")

    page.get_by_role("button", name="Starten").click()
    expect(page.get_by_role("button", name="Anhalten")).to_be_visible()
    until(lambda: seconds_shown(page) <= 4197)
    page.get_by_role("button", name="5 min mehr").click()

    until(lambda: 4490 <= server.live()["clock"]["remaining_s"] <= 4497)
    page.get_by_role("button", name="Anhalten").click()
    until(lambda: server.live()["clock"]["running"] is False)
    page.get_by_role("button", name=re.compile("die volle Zeit")).click()
    until(lambda: server.live()["clock"].items() >= {"running": False, "remaining_s": 4500}.items())


def test_rounds_are_chosen_at_the_clock(server: Server, page_at: PageAt) -> None:
    page = open_desk(page_at, server, width=390)
    page.get_by_text("Keine Runden: Alle gehen frei").click()

    page.get_by_label("Wechsel-Signal").select_option(label="5 Runden zu 15 Minuten")
    page.get_by_role("button", name="Übernehmen").click()

    expect(page.locator("#rounds summary")).to_have_text("Runden zu 15 Minuten")


def test_a_clock_of_more_than_99_minutes_shows_hours_from_the_start(
    server: Server, page_at: PageAt
) -> None:
    with closing(server.desk()) as other:
        other.post(f"/moderate/{server.code}/clock", data={"remaining_s": "9005"})
    page = open_desk(page_at, server, width=320)
    expect(page.locator("[data-time]")).to_have_text("2:30:05")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    plain = open_desk(page_at, server, java_script_enabled=False)
    expect(plain.locator("[data-time]")).to_have_text("2:30:05")

    with closing(server.desk()) as other:
        other.post(f"/moderate/{server.code}/clock", data={"remaining_s": "5999"})

    expect(page.locator("[data-time]")).to_have_text("99:59")


def test_the_bar_says_what_is_easily_forgotten(server: Server, page_at: PageAt) -> None:
    page = open_desk(page_at, server)
    assert page.locator(".chips").count() == 0

    page.locator("#switch-paused").click()
    expect(page.locator(".chips a")).to_have_text(["Pause"])
    page.locator("#switch-revealed").click()

    expect(page.locator(".chips a")).to_have_text(["Pause", "Zahlen verdeckt"])


def test_an_address_that_no_phone_reaches_is_said_on_the_desk(
    server: Server, start_server: StartServer, page_at: PageAt
) -> None:
    page = open_desk(page_at, server)
    expect(page.locator(".local b")).to_have_text("Diese Adresse gilt nur auf diesem Computer.")

    public = start_server(public_url="http://cafe.example.org")
    link = public.ask("invite", event=public.code, role="moderator", island=None)["link"]
    with closing(public.client()) as client:
        client.post(urlsplit(link).path, headers={"origin": "http://cafe.example.org"})
        desk = client.get(f"/moderate/{public.code}")
    assert (desk.status_code, "Diese Adresse gilt nur" in desk.text) == (200, False)


def test_a_clock_that_another_moderator_turns_is_right_on_this_desk(
    server: Server, page_at: PageAt
) -> None:
    page = open_desk(page_at, server)
    with closing(server.desk()) as other:
        address = f"/moderate/{server.code}/clock"
        other.post(address, data={"running": "yes", "remaining_s": "600"})

    until(lambda: 590 <= seconds_shown(page) <= 600)


def test_the_wall_shows_what_the_desk_says(server: Server, page_at: PageAt) -> None:
    page = open_desk(page_at, server)

    page.get_by_role("button", name="Kartenwand").click()
    until(lambda: server.live()["scene"] == {"name": "cards", "island": None})
    page.get_by_label("Insel", exact=True).select_option("5")
    page.get_by_role("button", name="Insel zeigen").click()

    until(lambda: server.live()["scene"] == {"name": "island", "island": 5})
    expect(page.locator("#scene-island")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Insel", exact=True)).to_have_value("5")


def test_the_desk_walks_from_island_to_island(server: Server, page_at: PageAt) -> None:
    page = open_desk(page_at, server, width=390)
    page.get_by_label("Insel", exact=True).select_option("11")
    page.get_by_role("button", name="Ernte").click()

    expect(page.locator("#island-on")).to_be_visible()
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Insel 12").click()
    until(lambda: server.live()["scene"] == {"name": "harvest", "island": 12})
    expect(page.locator(".walk button")).to_have_text(["←Insel 11"])  # there is no further one
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Insel 11").click()
    until(lambda: server.live()["scene"] == {"name": "harvest", "island": 11})


def test_curtain_pause_and_covered_numbers_are_one_tap_each_way(
    server: Server, page_at: PageAt
) -> None:
    page = open_desk(page_at, server, width=390)
    for close, reopen, name, value in (
        ("#bar-curtain", "#switch-curtain", "curtain", True),
        ("#switch-paused", "#switch-paused", "paused", True),
        ("#switch-revealed", "#switch-revealed", "revealed", False),
    ):
        page.locator(close).click()
        until(lambda name=name, value=value: server.live()[name] is value)
        page.locator(reopen).click()
        until(lambda name=name, value=value: server.live()[name] is not value)


def test_a_dot_leaves_the_desk_as_it_is(server: Server, page_at: PageAt) -> None:
    """Eighty people tap: buttons that are exchanged all the time can't be hit."""
    page = open_desk(page_at, server)
    place_dot(server)
    page.evaluate("document.getElementById('enter-cloud').dataset.same = 'yes'")

    place_dot(server)

    until(lambda: server.live()["totals"]["yes"] == 2)
    until(
        lambda: page.locator("#desk").get_attribute("data-version") == str(server.live()["version"])
    )
    assert page.locator("#enter-cloud").get_attribute("data-same") == "yes"


def test_a_real_dot_forbids_a_rehearsal_and_says_why(server: Server, page_at: PageAt) -> None:
    place_dot(server)
    page = open_desk(page_at, server, expected="409")

    page.get_by_role("button", name="Probe beginnen").click()

    expect(page.locator("#message")).to_have_text(
        re.compile("schon echte Punkte, Karten, Wörter oder Fotos")
    )
    assert server.live()["rehearsal"] is False
    page.get_by_role("button", name="Kartenwand").click()  # what works again wipes the message
    expect(page.locator("#message")).to_be_empty()


def test_the_end_of_a_rehearsal_names_what_it_wipes_and_wipes_it(
    start_server: StartServer, page_at: PageAt
) -> None:
    server = start_server(rehearsal=True)
    place_dot(server)
    send_card(server, "nur probiert")
    page = open_desk(page_at, server)
    expect(page.locator("li.card .text")).to_have_text("nur probiert")
    expect(page.locator(".rehearsal")).to_have_text("Probe – alles wird danach gelöscht")

    page.get_by_text("Probe beenden …").click()
    assert (
        "alle Punkte, Karten, Wörter und Papierzahlen"
        in page.locator("#end-rehearsal").inner_text()
    )
    page.get_by_role("button", name="Beenden und alles löschen").click()

    until(lambda: server.live()["rehearsal"] is False)
    expect(page.locator("li.card")).to_have_count(0)
    expect(page.locator(".rehearsal")).to_have_count(0)
    assert server.live()["totals"] == {"yes": 0, "no": 0, "cards": 0, "words": 0}
    assert server.live()["devices"] == 0


def test_a_rehearsal_can_be_ended_and_everything_kept(
    start_server: StartServer, page_at: PageAt
) -> None:
    server = start_server(rehearsal=True)
    place_dot(server)
    page = open_desk(page_at, server)

    page.get_by_text("Probe beenden …").click()
    page.get_by_role("button", name="Beenden und alles behalten").click()

    until(lambda: server.live()["rehearsal"] is False)
    assert server.live()["totals"]["yes"] == 1


def test_a_revoked_invitation_ends_at_the_next_act_and_says_so(
    start_server: StartServer, page_at: PageAt
) -> None:
    """W05: and the desk says so by itself, before anybody presses in vain."""
    server = start_server()
    page = open_desk(page_at, server, expected="403|WebSocket")
    with closing(server.planner()) as planner:
        for number in (1, 2):  # the one that the server's start printed, and this desk's
            planner.post(f"/plan/events/{server.event}/invitations/{number}/revocation")

    expect(page.locator("#signed-out")).to_be_visible(timeout=15_000)
    expect(page.locator("#offline")).to_be_hidden()
    page.get_by_text("Wortwolke beginnen …").click()
    page.get_by_role("button", name="Ja, Wortwolke beginnen").click()

    expect(page.locator("#message")).to_have_text(
        re.compile("Bitte öffnen Sie Ihren Einladungslink")
    )
    assert server.live()["phase"] == "cafe"


def test_the_desk_comes_back_by_itself_after_the_server_was_away(
    start_server: StartServer, page_at: PageAt
) -> None:
    server = start_server()
    page = open_desk(page_at, server, expected="ERR_CONNECTION|WebSocket|htmx:")
    server.stop()
    expect(page.locator("#offline")).to_be_visible()

    server.start()
    with closing(server.desk()) as other:
        other.post(f"/moderate/{server.code}/phase", data={"phase": "cloud"})

    expect(page.locator("[aria-current=step]")).to_have_text("3 Wortwolke")
    expect(page.locator("#offline")).to_be_hidden()


def test_the_desk_fits_narrow_screens_and_its_buttons_fit_thumbs(
    server: Server, page_at: PageAt
) -> None:
    page = open_desk(page_at, server, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        """[...document.querySelectorAll("#desk :is(button, select, summary, a.button)")]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 48)
        .map((e) => e.outerHTML)"""
    )
    assert small == []
