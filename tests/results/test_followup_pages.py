"""The follow-up and the facts over HTTP, with nothing but HTML: grouping, and who was faster."""

import re
import secrets

import httpx
import pytest
from sqlmodel import col, select

from app.feedback.models import Card
from app.planning.models import Event
from app.results.followup.models import CardGroup, GroupedCard
from tests.forms import Page
from tests.running import Server

CHANGED = "Jemand anderes hat inzwischen etwas geändert."


def planner(server: Server, name: str) -> httpx.Client:
    client = server.planner(name)
    client.follow_redirects = True
    return client


@pytest.fixture
def cards(hall: Server) -> list[str]:
    """Two new approved ones, at island 1 and 2."""
    texts = [f"{secrets.token_hex(3)} {n}" for n in (1, 2)]
    for island, text in enumerate(texts, start=1):
        fields = {"island": island, "text": text, "submission": secrets.token_hex(8)}
        hall.phone().post(f"/e/{hall.code}/cards", json=fields).raise_for_status()
    with hall.reading() as session:
        rows = session.exec(select(Card).where(col(Card.text).in_(texts))).all()
        ids = {card.text: card.id for card in rows}
    desk = hall.desk()
    for id in ids.values():
        assert desk.post(
            f"/moderate/{hall.code}/cards/{id}/approval", data={"version": 1}
        ).status_code in (200, 303)
    return [ids[text] for text in texts]


def address(server: Server) -> str:
    return f"/plan/events/{server.event}/follow-up"


def move(client: httpx.Client, server: Server, *cards: str, **to: str) -> httpx.Response:
    """`cards` as their boxes say it; `to`, and `title` of a new group."""
    return client.post(f"{address(server)}/cards", data={"card": list(cards), **to})


def groups(server: Server) -> dict[str, CardGroup]:
    with server.reading() as session:
        return {group.title: group for group in session.exec(select(CardGroup))}


def cards_in(server: Server, group: CardGroup) -> set[str]:
    with server.reading() as session:
        rows = select(GroupedCard.card_id).where(GroupedCard.group_id == group.id)
        return set(session.exec(rows))


def boxes(page: Page) -> dict[str, str]:
    """Card id → the value of its box: with the group in which the page shows it."""
    values = [
        attributes["value"] or ""
        for tag, attributes in page.tags
        if tag == "input" and attributes.get("name") == "card"
    ]
    return {value.partition(":")[0]: value for value in values}


def test_a_planner_without_scripts_groups_cards_and_says_what_becomes_of_them(
    hall: Server, cards: list[str]
) -> None:
    ada = planner(hall, "Ada")
    page = Page(ada.get(f"/plan/events/{hall.event}"))
    assert address(hall) in page.links
    page = Page(ada.get(address(hall)))

    page = Page(move(ada, hall, *(boxes(page)[card] for card in cards), to="new", title="Aushänge"))
    group = groups(hall)["Aushänge"]
    assert [boxes(page)[card] for card in cards] == [f"{card}:{group.id}" for card in cards]
    form = page.form(f"/groups/{group.id}")
    said = {"outcome": "Material", "department": "Amt 1", "progress": "planned", "reason": "Bald."}
    page = Page(form.submit(ada, **said))
    page = Page(move(ada, hall, boxes(page)[cards[0]], to=""))

    stored = groups(hall)["Aushänge"]
    assert {name: getattr(stored, name) for name in said} == said
    assert cards_in(hall, stored) == {cards[1]}
    assert page.form(f"/groups/{group.id}").fields["department"] == "Amt 1"


def test_the_second_of_two_planners_gets_409_with_what_is_there_and_keeps_what_was_typed(
    hall: Server, cards: list[str]
) -> None:
    """C06"""
    ada, bo = planner(hall, "Ada"), planner(hall, "Bo")
    move(ada, hall, f"{cards[0]}:", to="new", title="Beide")
    group = groups(hall)["Beide"]
    mine, theirs = (Page(who.get(address(hall))).form(f"/groups/{group.id}") for who in (ada, bo))
    theirs.submit(bo, department="Amt von Bo")

    late = mine.submit(ada, department="Amt von Ada", reason="Weil.")
    stolen = move(ada, hall, f"{cards[0]}:", f"{cards[1]}:", to="new", title="Noch eine")

    assert late.status_code == 409
    page = Page(late)
    assert CHANGED in page.text
    assert "Gespeichert ist jetzt: Amt von Bo" in " ".join(page.text.split())
    kept = page.form(f"/groups/{group.id}")
    assert (kept.fields["department"], kept.fields["reason"]) == ("Amt von Ada", "Weil.")
    assert stolen.status_code == 409
    assert boxes(Page(stolen))[cards[0]] == f"{cards[0]}:{group.id}"
    assert "Noch eine" not in groups(hall)
    assert kept.submit(ada).status_code == 200  # having seen it
    assert groups(hall)["Beide"].department == "Amt von Ada"


def test_programs_get_a_conflict_as_a_problem(hall: Server, cards: list[str]) -> None:
    ada = planner(hall, "Ada")

    answer = ada.post(
        f"{address(hall)}/cards",
        data={"card": f"{cards[0]}:gone", "to": "new"},
        headers={"accept": "application/json"},
    )

    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")


def test_groups_are_dissolved_and_lists_edited_by_form(hall: Server, cards: list[str]) -> None:
    ada = planner(hall, "Ada")
    move(ada, hall, f"{cards[0]}:", to="new", title="Vergeht")
    group = groups(hall)["Vergeht"]
    page = Page(ada.get(f"{address(hall)}?island=1"))

    page = Page(page.form("/outcomes?island=1").submit(ada, outcomes="Sofort\nSpäter"))
    action = f"{address(hall)}/groups/{group.id}/dissolving"
    gone = ada.post(action, data=page.form(f"/groups/{group.id}?island=1").fields)

    assert gone.status_code == 200
    assert "Vergeht" not in groups(hall)
    options = [of["value"] for tag, of in page.tags if tag == "option" and "value" in of]
    assert "1" in options
    with hall.reading() as session:
        event = session.exec(select(Event)).one()
    assert event.outcomes == ["Sofort", "Später"]
    emptied = Page(ada.get(address(hall))).form("/outcomes").submit(ada, outcomes="")
    assert emptied.status_code == 200


def test_of_one_island_only_its_cards_are_offered(hall: Server, cards: list[str]) -> None:
    ada = planner(hall, "Ada")

    shown = [
        set(cards) & boxes(Page(ada.get(f"{address(hall)}{query}"))).keys()
        for query in ("", "?island=1", "?island=2")
    ]

    assert shown == [set(cards), {cards[0]}, {cards[1]}]


def test_cards_that_nobody_has_decided_on_are_not_forgotten(hall: Server, cards: list[str]) -> None:
    def said() -> list[str]:
        text = " ".join(Page(ada.get(address(hall))).text.split())
        return re.findall(r"\d+ Karten? warte[nt] noch auf Freigabe", text)

    ada = planner(hall, "Ada")
    assert said() == []
    fields = {"island": 1, "text": "Am Kiosk", "submission": secrets.token_hex(8)}
    hall.phone().post(f"/e/{hall.code}/cards", json=fields).raise_for_status()
    assert said() == ["1 Karte wartet noch auf Freigabe"]
    assert f"/moderate/{hall.code}" in Page(ada.get(address(hall))).links


def test_what_was_counted_at_the_door_stands_in_the_results(hall: Server) -> None:
    ada, bo = planner(hall, "Ada"), planner(hall, "Bo")
    path = f"/plan/events/{hall.event}/facts"
    assert path in Page(ada.get(f"/plan/events/{hall.event}")).links
    mine, theirs = (Page(who.get(path)).form("/facts") for who in (ada, bo))

    mine.submit(ada, attendees="82", institutions=" 45 ")
    late = theirs.submit(bo, attendees="81")
    wrong = Page(ada.get(path)).form("/facts").submit(ada, attendees="viele")

    results = ada.get(f"/plan/events/{hall.event}/results.json").json()["event"]
    assert (results["attendees"], results["institutions"]) == (82, 45)
    assert late.status_code == 409
    assert Page(late).form("/facts").fields["attendees"] == "81"
    assert "Gespeichert ist jetzt: 82" in " ".join(Page(late).text.split())
    assert wrong.status_code == 422
    assert "Bitte eine Zahl eingeben, oder nichts." in Page(wrong).text
    Page(ada.get(path)).form("/facts").submit(ada, attendees="", institutions="")
    results = ada.get(f"/plan/events/{hall.event}/results.json").json()["event"]
    assert (results["attendees"], results["institutions"]) == (None, None)
