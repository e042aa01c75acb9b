"""The morning after: a planner groups the cards, by pointer and by keys."""

import secrets
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.feedback.models import Card
from app.results.followup.models import CardGroup, GroupedCard
from tests.axe import violations
from tests.conftest import PageAt
from tests.running import PLANNERS_PASSWORD, Server, until

TEXTS = ("Mehr Aushänge", "Aushänge im Flur", "Ein Podcast", "Ein Fest", "Plakate")


@pytest.fixture
def board(server: Server, page_at: PageAt) -> Page:
    """Five approved cards at island 1, none in a group, on a laptop; a 409 is no fault here."""
    with closing(server.desk()) as desk:
        for text in TEXTS:
            fields = {"island": 1, "text": text, "submission": secrets.token_hex(8)}
            with closing(server.phone()) as phone:
                phone.post(f"/e/{server.code}/cards", json=fields).raise_for_status()
        with server.reading() as session:
            ids = session.exec(select(Card.id)).all()
        for id in ids:
            desk.post(f"/moderate/{server.code}/cards/{id}/approval", data={"version": 1})
    return open_followup(server, page_at, "Ada")


def open_followup(
    server: Server, page_at: PageAt, name: str, width: int = 1440, height: int = 900, **options: str
) -> Page:
    link = server.ask("planner add", name=name)["link"]
    with closing(server.client()) as client:
        client.post(urlsplit(link).path, data={"password": PLANNERS_PASSWORD})
        cookies = [
            {"name": cookie, "value": value, "url": server.address}
            for cookie, value in client.cookies.items()
        ]
    page = page_at(width, height, locale="de-DE", expected="409", **options)
    page.context.add_cookies(cookies)
    page.goto(f"{server.address}/plan/events/{server.event}/follow-up")
    page.wait_for_load_state()
    return page


def card(page: Page, text: str):
    return page.get_by_role("checkbox", name=text)


def grouped(server: Server) -> dict[str, set[str]]:
    with server.reading() as session:
        rows = session.exec(
            select(CardGroup.title, Card.text)
            .join(GroupedCard, GroupedCard.group_id == CardGroup.id)
            .join(Card, Card.id == GroupedCard.card_id)
        )
        found: dict[str, set[str]] = {}
        for title, text in rows:
            found.setdefault(title, set()).add(text)
        return found


def test_cards_are_grouped_by_keys_alone(server: Server, board: Page) -> None:
    said = board.locator("#said")
    first, second, third, fourth, _ = TEXTS

    card(board, first).focus()
    board.keyboard.press("Space")
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Space")
    expect(board.locator("#picked")).to_have_text("2 ausgewählt")
    board.keyboard.press("n")
    board.keyboard.type("Sichtbar")
    board.keyboard.press("Enter")
    expect(board.locator(".group h3")).to_have_text("1 Sichtbar")
    expect(said).to_have_text("Karten verschoben")
    expect(card(board, third)).to_be_focused()

    board.keyboard.press("1")
    expect(card(board, fourth)).to_be_focused()
    assert grouped(server) == {"Sichtbar": {first, second, third}}
    card(board, third).focus()
    board.keyboard.press("0")
    until(lambda: grouped(server) == {"Sichtbar": {first, second}})
    expect(board.locator("#ungrouped-heading")).to_have_text("3 Karten ohne Gruppe")


def test_cards_are_dragged_into_groups_and_back(server: Server, board: Page) -> None:
    first, second, third, _, _ = TEXTS

    card(board, second).check()
    board.locator(".groupable", has_text=second).drag_to(board.locator(".drop-new"))
    expect(board.locator(".group h3")).to_have_text("1 Gruppe 1")
    board.locator(".groupable", has_text=first).drag_to(board.locator(".group"))
    expect(board.locator(".group .groupable")).to_have_count(2)
    board.locator(".groupable", has_text=second).drag_to(board.locator("#ungrouped-heading"))

    expect(board.locator(".group .groupable")).to_have_count(1)
    assert grouped(server) == {"Gruppe 1": {first}}
    assert board.locator(".is-over, .is-dragging").count() == 0
    expect(card(board, third)).not_to_be_checked()


def test_what_is_typed_for_a_group_stays_while_cards_are_moved(server: Server, board: Page) -> None:
    """W15"""
    first, second, *_ = TEXTS
    card(board, first).check()
    board.get_by_role("button", name="Verschieben").click()
    group = board.locator(".group")
    group.get_by_text("Ergebnis, Zuständigkeit und Stand").click()
    group.get_by_label("Zuständig").fill("Bereich 2-2")

    card(board, second).focus()
    board.keyboard.press("1")
    expect(group.locator(".groupable")).to_have_count(2)
    expect(group.get_by_label("Zuständig")).to_have_value("Bereich 2-2")
    group.get_by_label("Stand").select_option("planned")
    group.get_by_role("button", name="Speichern").click()

    expect(group.locator(".facts")).to_contain_text("geplant Bereich 2-2 2 Karten")


def test_of_two_planners_the_second_sees_where_the_card_is_now(
    server: Server, board: Page, page_at: PageAt
) -> None:
    """C06"""
    first = TEXTS[0]
    other = open_followup(server, page_at, "Bo")
    card(other, first).check()
    other.get_by_role("button", name="Verschieben").click()
    expect(other.locator(".group")).to_have_count(1)

    card(board, first).check()
    board.get_by_role("button", name="Verschieben").click()

    expect(board.locator("#refusal")).to_contain_text("Jemand anderes hat inzwischen")
    expect(board.locator(".group .groupable")).to_have_count(1)
    expect(board.locator("#said")).to_be_empty()
    assert grouped(server) == {"Gruppe 1": {first}}


def test_everybody_can_use_it_on_every_screen(server: Server, board: Page, page_at: PageAt) -> None:
    card(board, TEXTS[0]).check()
    board.get_by_role("button", name="Verschieben").click()
    expect(board.locator(".group")).to_have_count(1)
    for name, width, height, scheme in (("Bo", 320, 640, "dark"), ("Cleo", 1440, 900, "light")):
        page = open_followup(server, page_at, name, width, height, color_scheme=scheme)
        page.get_by_text("Ergebnis, Zuständigkeit und Stand").click()
        card(page, TEXTS[1]).check()
        expect(page.locator("#moving")).to_be_visible()

        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (wide, violations(page)) == (width, {})
        page.goto(f"{server.address}/plan/events/{server.event}/facts")
        assert violations(page) == {}
