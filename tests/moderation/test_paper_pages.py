"""Paper at the host's desk over HTTP, for browsers without scripts and for programs."""

import httpx
from sqlmodel import select

from app.planning.models import Offer
from tests.forms import Page
from tests.moderation.test_host_pages import STALE, desk_of, host
from tests.running import Server, until


def typed_in(page: Page, browser: httpx.Client, *pairs: tuple[str, str]) -> httpx.Response:
    """The whole sheet at once: (yes, no) an offer in the sheet's order."""
    form = page.form("/paper")
    offers = [
        str(tag["value"])
        for name, tag in page.tags
        if tag.get("name") == "offer" and name == "input"
    ]
    fields: dict[str, list[str] | str] = {
        "version": form.fields["version"],
        "offer": offers,
        "yes": [yes for yes, _ in pairs],
        "no": [no for _, no in pairs],
    }
    if "confirm" in {str(tag.get("name")) for _, tag in page.tags}:
        fields["confirm"] = "yes"
    return browser.post(form.action, data=fields)


def values(page: Page) -> list[tuple[str | None, str | None]]:
    said = {
        side: [
            tag["value"] for name, tag in page.tags if name == "input" and tag.get("name") == side
        ]
        for side in ("yes", "no")
    }
    return list(zip(said["yes"], said["no"], strict=True))


def test_a_whole_sheet_is_typed_in_at_once_and_stands_on_the_wall(server: Server) -> None:
    browser = host(server, 1)
    page = Page(browser.get(desk_of(server, 1)))
    assert values(page) == [("", ""), ("", ""), ("", "")]
    with server.reading() as session:
        offers = session.exec(
            select(Offer.key).where(Offer.island_number == 1).order_by(Offer.position)
        ).all()
    printed = [
        str(tag["value"])
        for name, tag in page.tags
        if name == "input" and tag.get("name") == "offer"
    ]
    assert printed == list(offers)

    saved = typed_in(page, browser, ("7", "3"), ("", "2"), ("", ""))

    assert saved.history[0].headers["location"] == f"{desk_of(server, 1)}#paper"
    assert values(Page(saved)) == [("7", "3"), ("0", "2"), ("", "")]
    until(lambda: (server.live()["totals"]["yes"], server.live()["totals"]["no"]) == (7, 5))
    island = server.live()["islands"][0]
    assert [(offer["yes"], offer["no"]) for offer in island["offers"]] == [(7, 3), (0, 2), (0, 0)]
    assert (island["devices"], server.live()["devices"]) == (0, 0)
    assert "Ja 0 → 7, Nein 0 → 3" in Page(saved).text
    journal = Page(server.desk().get(f"/moderate/{server.code}/journal")).text
    assert "Papierpunkte: Ja 0 → 7, Nein 0 → 3" in journal


def test_of_two_hosts_the_second_sees_both_counts_and_saves_having_seen_them(hall: Server) -> None:
    """C06"""
    one, other = host(hall, 2), host(hall, 2)
    mine, theirs = (Page(browser.get(desk_of(hall, 2))) for browser in (one, other))
    count = len(values(mine))
    blank = [("", "")] * (count - 1)
    typed_in(theirs, other, ("5", "1"), *blank)

    refused = typed_in(mine, one, ("6", "1"), *blank)

    assert refused.status_code == 409
    page = Page(refused)
    assert STALE in page.text
    assert "Gespeichert: Ja 5, Nein 1" in page.text
    assert values(page)[0] == ("6", "1")
    assert typed_in(page, one, *values(page)).status_code == 200  # type: ignore[arg-type]
    assert values(Page(other.get(desk_of(hall, 2))))[0] == ("6", "1")


def test_a_mistyped_sum_stays_in_the_form_with_a_question(hall: Server) -> None:
    browser = host(hall, 3)
    page = Page(browser.get(desk_of(hall, 3)))
    blank = [("", "")] * (len(values(page)) - 1)

    asked = typed_in(page, browser, ("300", "3"), *blank)

    assert asked.status_code == 422
    assert "Das sind mehr Punkte, als Personen erwartet werden." in Page(asked).text
    assert values(Page(asked))[0] == ("300", "3")
    assert typed_in(Page(asked), browser, ("300", "3"), *blank).status_code == 200
    for wrong in ("-1", "1,5", "10000", "drei"):
        refused = typed_in(Page(browser.get(desk_of(hall, 3))), browser, (wrong, "3"), *blank)
        assert refused.status_code == 422, wrong
        assert "ganze Zahlen" in Page(refused).text
    assert values(Page(browser.get(desk_of(hall, 3))))[0] == ("300", "3")


def test_programs_enter_one_offer_and_a_conflict_names_the_current_counts(hall: Server) -> None:
    browser = host(hall, 4, accept="application/json")
    path = f"{desk_of(hall, 4)}/paper"
    offer = hall.live()["islands"][3]["offers"][0]["key"]

    first = browser.post(path, data={"offer": offer, "yes": "12", "no": "4", "version": "0"})
    stale = browser.post(path, data={"offer": offer, "yes": "1", "no": "1", "version": "0"})
    foreign = browser.post(
        path, data={"offer": "umweltberatung", "yes": "1", "no": "1", "version": "0"}
    )
    torn = browser.post(path, data={"offer": offer, "yes": ["1", "2"], "no": "1", "version": "1"})
    missing = browser.post(path, data={"offer": offer, "yes": "1", "version": "1"})

    now = {"offer": offer, "yes": 12, "no": 4, "version": 1}
    assert (first.status_code, first.json()) == (200, now)
    assert (stale.status_code, stale.json()["current"]) == (409, now)
    assert foreign.status_code == 404
    assert (torn.status_code, torn.json()["field"]) == (422, "yes")
    assert (missing.status_code, missing.json()["field"]) == (422, "no")


def test_a_card_from_paper_is_typed_in_once_and_is_not_the_host_s_own(hall: Server) -> None:
    browser = host(hall, 5)
    form = Page(browser.get(desk_of(hall, 5))).form("/5/cards")
    before = hall.live()["totals"]["cards"]

    for _ in range(2):  # a double tap
        saved = form.submit(browser, text="Ein Stand auf dem Wochenmarkt")
        assert saved.history[0].headers["location"] == f"{desk_of(hall, 5)}#paper-card"

    until(lambda: hall.live()["totals"]["cards"] == before + 1)
    assert hall.live()["cards"][0]["text"] == "Ein Stand auf dem Wochenmarkt"
    mine = Page(browser.get(f"/e/{hall.code}/5?from=0"))
    assert "Ihre Karten" not in mine.text
    assert "Ein Stand auf dem Wochenmarkt" in mine.text
    table = hall.planner("Mia").get(f"/plan/events/{hall.event}/moderation.csv").text
    (row,) = [line for line in table.splitlines() if "Ein Stand" in line]
    assert row.endswith(";paper")


def test_too_long_a_card_from_paper_stays_in_the_form(hall: Server) -> None:
    browser = host(hall, 6)
    form = Page(browser.get(desk_of(hall, 6))).form("/6/cards")

    refused = form.submit(browser, text="x" * 281)

    assert refused.status_code == 422
    assert "Der Text ist zu lang" in Page(refused).text
    assert Page(refused).form("/6/cards").fields["text"] == "x" * 281
