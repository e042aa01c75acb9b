"""An island's tablet over HTTP, without a script: many people, one after the other, each counted once."""

import httpx
import pytest
from sqlmodel import select

from app.feedback.models import Card, Dot, Entry, Source
from tests.conftest import StartServer
from tests.forms import Page
from tests.moderation.test_host_pages import host
from tests.running import EXAMPLE, Server, until

FIRST, SECOND = "umweltberatung", "quartiersfonds"


def tablet(server: Server, island: int = 1) -> httpx.Client:
    """A browser that a host has just made the island's tablet."""
    browser = host(server, island)
    page = Page(browser.get(f"/host/{server.code}/{island}/tablet"))
    opened = page.form("/tablet").submit(browser, pin="4711")
    assert opened.url.path == f"/tablet/{server.code}/{island}"
    return browser


def at(server: Server, island: int = 1) -> str:
    return f"/tablet/{server.code}/{island}"


def say(browser: httpx.Client, server: Server, offer: str, knows: str, island: int = 1) -> Page:
    """By the form of the page, as it is now."""
    form = Page(browser.get(at(server, island))).form("/dots", offer=offer)
    answer = form.submit(browser, knows)
    assert (answer.status_code, answer.url.path) == (200, at(server, island))
    return Page(answer)


def pressed(page: Page) -> list[str]:
    return [str(tag["id"]) for _, tag in page.tags if tag.get("aria-pressed") == "true"]


def finish(browser: httpx.Client, server: Server, island: int = 1) -> Page:
    """The page of thanks; nothing can be tapped on it."""
    answer = Page(browser.get(at(server, island))).form("/done").submit(browser)
    assert answer.history[0].status_code == 303
    return Page(answer)


def wait_for_turn(browser: httpx.Client, server: Server, island: int = 1) -> Page:
    until(lambda: Page(browser.get(at(server, island))).all("/done"), every_s=0.2)
    return Page(browser.get(at(server, island)))


def test_three_people_at_one_tablet_are_three_devices_and_see_nothing_of_each_other(
    server: Server,
) -> None:
    browser = tablet(server)
    for person, knows in enumerate(("yes", "no", "yes")):
        page = wait_for_turn(browser, server)
        assert pressed(page) == []
        assert "Ihre Karten" not in page.text
        assert pressed(say(browser, server, FIRST, knows)) == [f"offer-{FIRST}-{knows}"]
        form = Page(browser.get(at(server))).form("/cards")
        assert "Ihre Karten" in Page(form.submit(browser, text=f"Vorschlag {person}")).text
        thanks = finish(browser, server)
        assert "Danke!" in thanks.text
        assert [form.action for form in thanks.forms if "/language" not in form.action] == []

    until(lambda: server.live()["devices"] == 3)
    offer = server.live()["islands"][0]["offers"][0]
    assert (offer["yes"], offer["no"]) == (2, 1)
    results = server.planner().get(f"/plan/events/{server.event}/results.json").json()
    first = results["islands"][0]["offers"][0]
    told = [first[key] for key in ("yes", "no", "tablet_yes", "tablet_no", "paper_yes", "paper_no")]
    assert told == [2, 1, 2, 1, 0, 0]
    with server.reading() as session:
        assert {card.source for card in session.exec(select(Card))} == {Source.tablet}


def test_the_tap_after_done_does_not_speak_for_the_next_person(hall: Server) -> None:
    browser = tablet(hall, 2)
    offer = hall.live()["islands"][1]["offers"][0]["key"]
    done = Page(browser.get(at(hall, 2))).form("/done")
    old = str(browser.cookies["tablet"])
    done.submit(browser)
    new = str(browser.cookies["tablet"])
    done.submit(browser)  # the second tap of two

    early = browser.post(f"/e/{hall.code}/dots", json={"offer": offer, "knows": "yes"})

    assert str(browser.cookies["tablet"]).split(".")[5] == new.split(".")[5]
    assert early.status_code == 429
    assert 1 <= int(early.headers["retry-after"]) <= 3
    with hall.reading() as session:
        assert session.exec(select(Dot).where(Dot.offer_key == offer)).all() == []
    replayed = set()
    for _ in range(5):  # the same cookie again and again
        again = hall.client(headers={"cookie": f"tablet={old}"}).post(f"{at(hall, 2)}/done")
        replayed.add(again.headers["set-cookie"].split(".")[5])
    assert replayed == {new.split(".")[5]}


def test_a_tablet_opens_nothing_but_its_island(hall: Server) -> None:
    browser = tablet(hall, 3)
    places = ("/", f"/host/{hall.code}/3", f"/e/{hall.code}/4", "/plan", f"/moderate/{hall.code}")

    arrived = {browser.get(place).url.path for place in places}
    refused = browser.post(f"/host/{hall.code}/3/harvest", data={"version": "1"})

    assert arrived == {at(hall, 3)}
    assert refused.status_code == 403
    assert browser.get(at(hall, 4)).status_code == 403


def test_nobody_else_gets_a_tablet_s_page(hall: Server) -> None:
    for who in (hall.client(), hall.phone(), hall.desk(), hall.planner("Kay")):
        statuses = [who.get(at(hall)).status_code, who.post(f"{at(hall)}/done").status_code]
        assert statuses == [403, 403]


def test_the_pin_ends_it_and_guessing_is_slow(server: Server) -> None:
    browser = tablet(server)
    form = Page(browser.get(f"{at(server)}/leaving")).form("/leaving")

    guesses = [form.submit(browser, pin=f"000{n}").status_code for n in range(7)]

    assert guesses == [422] * 6 + [429]
    assert browser.get(f"/host/{server.code}/1").url.path == at(server)


def test_the_host_comes_back_with_the_pin_or_with_the_invitation(hall: Server) -> None:
    browser = tablet(hall, 5)
    form = Page(browser.get(f"{at(hall, 5)}/leaving")).form("/leaving")
    assert form.submit(browser, pin="4711").url.path == f"/host/{hall.code}/5"

    other = tablet(hall, 6)
    link = hall.ask("invite", event=hall.code, role="host", island=6)["link"]
    assert other.post(link).url.path == f"/host/{hall.code}/6"
    assert other.get(at(hall, 6)).status_code == 403


@pytest.mark.parametrize("pin", ["", "123", "123456789", "abcd", "١٢٣٤"])
def test_a_pin_is_four_to_eight_digits(hall: Server, pin: str) -> None:
    browser = host(hall, 7)

    refused = browser.post(f"/host/{hall.code}/7/tablet", data={"pin": pin})

    assert refused.status_code == 422
    assert "tablet" not in browser.cookies


def test_words_come_from_a_tablet_too_and_its_offers_stay_within_reach(server: Server) -> None:
    browser = tablet(server)
    server.enter("cloud")

    page = Page(browser.get(at(server)))
    said = Page(page.form("/words").submit(browser, text="lebendig"))

    assert "lebendig" in said.text
    assert f"{at(server)}?view=island" in said.links
    island = Page(browser.get(f"{at(server)}?view=island"))
    kept = island.form("/dots", offer=SECOND).submit(browser, "no")
    assert pressed(Page(kept)) == [f"offer-{SECOND}-no"]
    with server.reading() as session:
        (device,) = session.exec(select(Entry.device)).all()
        assert session.exec(select(Dot.device, Dot.source)).all() == [(device, Source.tablet)]
    server.enter("closed")
    assert "Die Veranstaltung ist beendet." in Page(browser.get(at(server))).text


def test_the_next_person_reads_the_language_of_the_event_again(hall: Server) -> None:
    browser = tablet(hall, 8)
    browser.post("/language", data={"language": "en", "back": at(hall, 8)})
    assert "Done" in Page(browser.get(at(hall, 8))).text

    thanks = finish(browser, hall, 8)

    assert "Danke!" in thanks.text


def test_all_that_is_known_of_a_tablet_is_forgotten_with_it(server: Server) -> None:
    """No row says which people were at one tablet."""
    browser = tablet(server)
    say(browser, server, FIRST, "yes")
    cookie = str(browser.cookies["tablet"])

    _, _, id, pin, _, person, *_ = cookie.split(".")
    with server.reading() as session:
        (row,) = (str(dot) for dot in session.exec(select(Dot)))
    assert [part for part in (id, pin, person) if part in row] == []


def test_a_tablet_whose_event_was_deleted_is_a_browser_like_any_other(server: Server) -> None:
    """Else nothing would open on it for 16 hours, not even the planner's sign-in."""
    browser = tablet(server)
    server.ask("shred", event=server.code)

    gone = browser.get("/sign-in")

    assert (gone.status_code, gone.url.path) == (404, at(server))
    assert "Der Tablet-Modus ist beendet." in Page(gone).text
    assert "tablet" not in browser.cookies
    assert browser.get("/sign-in").url.path == "/sign-in"


def test_the_tablet_of_an_island_that_was_taken_out_still_asks_for_its_pin(
    start_server: StartServer,
) -> None:
    server = start_server()
    browser = tablet(server, 12)
    parts = EXAMPLE.read_text("utf-8").split("[[islands]]")
    plan = "[[islands]]".join(part for part in parts if "number = 12" not in part)
    server.ask("import", plan=plan, rehearsal=False)

    page = browser.get(f"/e/{server.code}/12")

    assert (page.status_code, page.url.path) == (410, at(server, 12))
    assert "Das wurde aus dem Programm genommen." in Page(page).text
    Page(page).form("/leaving").submit(browser, pin="4711")
    assert "tablet" not in browser.cookies
