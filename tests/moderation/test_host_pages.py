"""The host's desk over HTTP: who comes in, and what a browser without scripts can do there."""

import httpx
import pytest
from sqlmodel import select

from app.feedback.models import Card
from app.planning.journal import Act
from app.planning.models import Island
from tests.forms import Page
from tests.moderation.conftest import send_card
from tests.running import Server, until

STALE = "Jemand anderes war schneller. Hier ist der aktuelle Stand."


def come_in(server: Server, browser: httpx.Client, island: int) -> httpx.Client:
    """By a host's invitation, as people come."""
    link = server.ask("invite", event=server.code, role="host", island=island)["link"]
    answer = browser.post(link)
    assert answer.headers["location"] == f"/host/{server.code}/{island}"
    return browser


def host(server: Server, island: int, **options: object) -> httpx.Client:
    browser = come_in(server, server.client(), island)
    browser.follow_redirects = True
    browser.headers.update(options)
    return browser


def desk_of(server: Server, island: int) -> str:
    return f"/host/{server.code}/{island}"


def test_a_host_without_scripts_looks_after_an_island(server: Server) -> None:
    phone = server.phone()
    for offer, knows in (("umweltberatung", "yes"), ("quartiersfonds", "no")):
        phone.post(f"/e/{server.code}/dots", json={"offer": offer, "knows": knows})
    card = send_card(server, "Mher Aushänge", 1)
    send_card(server, "Anderswo", 2)
    browser = host(server, 1)

    page = Page(browser.get(desk_of(server, 1)))
    assert "2 Geräte waren an Ihrer Insel." in page.text
    assert "1 Karte wartet" in page.text
    assert "Anderswo" not in page.text
    page = Page(page.form(f"/{card}/correction").submit(browser, text="Mehr Aushänge"))
    page = Page(page.form(f"/{card}/approval").submit(browser))
    until(lambda: [shown["text"] for shown in server.live()["cards"]] == ["Mehr Aushänge"])
    page = Page(page.form(f"/{card}/hiding").submit(browser))
    until(lambda: server.live()["cards"] == [])
    page = Page(page.form(f"/{card}/restoration").submit(browser))
    page = Page(
        page.form("/harvest").submit(browser, key_sentence="Mehr zeigen!", note="Zeile 1\nZeile 2")
    )
    fields = page.form("/harvest").fields
    assert (fields["key_sentence"], fields["note"], fields["version"]) == (
        "Mehr zeigen!",
        "Zeile 1\nZeile 2",
        "2",
    )
    with server.reading() as session:
        told = [(act.actor, act.name) for act in session.exec(select(Act)) if act.name != "sign-in"]
    assert told == [
        ("host 1", name) for name in ("correction", "approval", "hiding", "restoration", "harvest")
    ]


def test_an_invitation_leads_one_host_to_one_island(hall: Server) -> None:
    browser = host(hall, 3)

    statuses = {
        island: browser.get(desk_of(hall, island)).status_code for island in (3, 4, 99, 2**31)
    }

    assert statuses == {3: 200, 4: 403, 99: 403, 2**31: 404}
    assert browser.get(f"/moderate/{hall.code}").status_code == 403
    assert browser.get(f"/host/{hall.code.lower()}/3").status_code == 200
    assert browser.get("/host/XXXXXX/3").status_code == 404


def test_moderators_and_planners_see_every_island_and_attendees_none(hall: Server) -> None:
    path = desk_of(hall, 5)
    people = (hall.client(), hall.phone(), hall.desk(), hall.planner("Hedy"))

    assert [who.get(path).status_code for who in people] == [403, 403, 200, 200]
    assert [who.post(f"{path}/harvest", data={"version": "x"}).status_code for who in people] == [
        403,
        403,
        422,
        422,
    ]
    assert "Bitte öffnen Sie Ihren Einladungslink." in Page(people[0].get(path)).text
    assert people[2].get(desk_of(hall, 99)).status_code == 404


def test_one_browser_can_be_moderator_and_host_of_two_islands(hall: Server) -> None:
    browser = hall.desk()

    for island in (6, 7):
        come_in(hall, browser, island)

    assert browser.get(f"/moderate/{hall.code}").status_code == 200
    assert sorted(name.split("-")[0] + name[-2:] for name in browser.cookies) == [
        f"desk{hall.code[-2:]}",
        "host-6",
        "host-7",
    ]
    moderator = browser.cookies[f"desk-{hall.code}"]
    del browser.cookies[f"desk-{hall.code}"]
    statuses = [browser.get(desk_of(hall, island)).status_code for island in (6, 7, 8)]
    assert statuses == [200, 200, 403]
    stranger = hall.client(cookies={f"host-{hall.code}-8": moderator})
    assert stranger.get(desk_of(hall, 8)).status_code == 403, "a moderator's token is no host's"


def test_a_revoked_invitation_ends_its_host_s_session(hall: Server) -> None:
    planner = hall.planner("Ines")
    planner.post(f"/plan/events/{hall.event}/hosts")
    before = Page(planner.get(f"/plan/events/{hall.event}/hosts")).all("/revocation")
    browser = host(hall, 9)
    page = Page(planner.get(f"/plan/events/{hall.event}/hosts"))
    known = {form.action for form in before}
    (new,) = [form for form in page.all("/revocation") if form.action not in known]

    assert new.submit(planner).headers["location"] == f"/plan/events/{hall.event}/hosts"

    assert browser.get(desk_of(hall, 9)).status_code == 403


def test_a_host_is_told_what_the_event_s_own_list_found_in_a_card(server: Server) -> None:
    server.desk().post(f"/moderate/{server.code}/settings", data={"held_words": "konkurrenz"})
    send_card(server, "Konkurrenz belebt, ihr Deppen", 1)

    page = Page(host(server, 1).get(desk_of(server, 1)))

    assert "Bitte genau lesen: Wort aus der Liste" in page.text


@pytest.mark.parametrize("act", ["approval", "hiding", "restoration", "correction"])
def test_cards_of_other_islands_can_not_be_reached(hall: Server, act: str) -> None:
    """I12"""
    card = send_card(hall, f"Von Insel 2: {act}", 2)
    browser = host(hall, 3)

    answer = browser.post(
        f"{desk_of(hall, 3)}/cards/{card}/{act}", data={"version": "1", "text": "anders"}
    )

    assert answer.status_code == 404
    with hall.reading() as session:
        stored = session.exec(select(Card).where(Card.id == card)).one()
    assert (stored.version, stored.text) == (1, f"Von Insel 2: {act}")


def test_of_two_hosts_the_second_keeps_the_text_and_sees_the_first_one_s(hall: Server) -> None:
    """C06"""
    one, other = host(hall, 10), host(hall, 10)
    mine, theirs = (
        Page(browser.get(desk_of(hall, 10))).form("/harvest") for browser in (one, other)
    )
    theirs.submit(other, key_sentence="Das war schneller", note="")

    refused = mine.submit(one, key_sentence="Das war langsamer", note="Notiz")

    assert refused.status_code == 409
    page = Page(refused)
    assert STALE in page.text
    assert "Das war schneller" in page.text
    kept = page.form("/harvest")
    assert (kept.fields["key_sentence"], kept.fields["note"]) == ("Das war langsamer", "Notiz")
    assert kept.submit(one).status_code == 200  # having seen it
    with hall.reading() as session:
        island = session.exec(select(Island).where(Island.number == 10)).one()
    assert (island.key_sentence, island.note) == ("Das war langsamer", "Notiz")


def test_a_host_is_told_that_the_note_is_published(hall: Server) -> None:
    """It stands in the documentation: nobody may believe that it is for the organisers only."""
    text = " ".join(Page(host(hall, 11).get(desk_of(hall, 11))).text.split())
    hint = text.partition("Notiz ")[2].partition(" Speichern")[0]
    assert hint == (
        "Nicht auf der Leinwand, aber in der Dokumentation, die veröffentlicht wird:"
        " bitte ohne Namen und Nummern."
    )


def test_too_long_a_key_sentence_stays_in_the_form_with_the_reason(hall: Server) -> None:
    browser = host(hall, 11)
    form = Page(browser.get(desk_of(hall, 11))).form("/harvest")

    refused = form.submit(browser, key_sentence="x" * 161)

    assert refused.status_code == 422
    assert "Der Kernsatz ist zu lang: höchstens 160 Zeichen." in Page(refused).text
    assert Page(refused).form("/harvest").fields["key_sentence"] == "x" * 161


def test_programs_get_json_and_conflicts_name_the_current_state(hall: Server) -> None:
    card = send_card(hall, "Für ein Programm", 12)
    browser = host(hall, 12, accept="application/json")
    path = desk_of(hall, 12)

    approved = browser.post(f"{path}/cards/{card}/approval", data={"version": "1"})
    stale = browser.post(f"{path}/cards/{card}/hiding", data={"version": "1"})
    saved = browser.post(f"{path}/harvest", data={"version": "1", "key_sentence": "Ja!"})
    late = browser.post(f"{path}/harvest", data={"version": "1", "key_sentence": "Nein!"})

    now = {"id": card, "state": "approved", "version": 2}
    harvest = {"island": 12, "key_sentence": "Ja!", "note": "", "version": 2}
    assert (approved.status_code, approved.json()) == (200, now)
    assert (stale.status_code, stale.json()["current"]) == (409, now)
    assert (saved.status_code, saved.json()) == (200, harvest)
    assert (late.status_code, late.json()["current"]) == (409, harvest)


def test_a_host_sees_the_numbers_before_they_are_revealed_and_is_told_so(server: Server) -> None:
    moderator = server.desk()
    moderator.post(f"/moderate/{server.code}/reveal", data={"revealed": "no"})

    page = Page(moderator.get(desk_of(server, 1)))

    assert "Für alle anderen sind die Zahlen noch verdeckt." in page.text


def test_the_codes_to_be_shown_lead_to_the_island_and_to_this_desk(hall: Server) -> None:
    page = Page(host(hall, 4).get(desk_of(hall, 4)))

    (link,) = [tag["value"] for name, tag in page.tags if tag.get("id") == "host-link"]
    labels = [tag["aria-label"] for name, tag in page.tags if tag.get("role") == "img"]
    assert labels == [f"{hall.address.upper()}/E/{hall.code}/4", link]
    visitor = hall.client(follow_redirects=True)
    arrived = Page(visitor.get(str(link))).forms[0].action  # the page's own address
    assert visitor.post(arrived or str(link)).url.path == desk_of(hall, 4)
