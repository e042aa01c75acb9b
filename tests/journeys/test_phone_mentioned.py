"""While somebody writes, what was said already is offered to be supported."""

import secrets
import sqlite3
from contextlib import closing

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from app.feedback.models import Card
from tests.conftest import PageAt
from tests.running import Server, until

SETTLED_MS = 550  # a tap on what has just appeared does not count


def hang(server: Server, island: int, *texts: str) -> None:
    """Cards of somebody else, approved."""
    with closing(server.phone()) as phone, closing(server.desk()) as desk:
        for text in texts:
            fields = {"island": island, "text": text, "submission": secrets.token_hex(8)}
            phone.post(f"/e/{server.code}/cards", json=fields).raise_for_status()
        with server.reading() as session:
            ids = session.exec(select(Card.id).where(col(Card.text).in_(texts))).all()
        for id in ids:
            path = f"/moderate/{server.code}/cards/{id}/approval"
            assert desk.post(path, data={"version": "1"}).status_code == 303


def at_island(page_at: PageAt, server: Server, number: int) -> Page:
    page = page_at(locale="de-DE")
    page.goto(f"{server.address}/e/{server.code}/{number}")
    return page


def supports(server: Server, text: str) -> int:
    return next(card["supports"] for card in server.live()["cards"] if card["text"] == text)


def test_a_similar_card_is_supported_with_one_tap_and_let_go_and_the_text_stays(
    hall: Server, page_at: PageAt
) -> None:
    """W15"""
    hang(hall, 5, "Mehr Aushänge in Arztpraxen", "Ein Sommerfest im Park")
    page = at_island(page_at, hall, 5)
    field = page.locator("#card-text")
    expect(page.locator("#similar")).to_be_empty()

    field.press_sequentially("Aush")
    page.wait_for_timeout(SETTLED_MS)
    expect(page.locator("#similar li")).to_have_count(0)  # too little to tell
    field.press_sequentially("ang beim Arzt")
    expect(page.locator("#similar .words")).to_have_text(["Mehr Aushänge in Arztpraxen"])
    expect(page.locator("#announcer")).to_have_text(
        "Schon genannt: 1 ähnliche Karte. Sie können sie unterstützen."
    )
    expect(field).to_be_focused()
    assert page.evaluate("document.activeElement.selectionStart") == len("Aushang beim Arzt")

    page.wait_for_timeout(SETTLED_MS)
    page.locator("#similar button").click()
    expect(page.locator("#similar .counted")).to_have_text("Sie finden das auch")
    expect(page.locator("#announcer")).to_have_text("Unterstützt: Mehr Aushänge in Arztpraxen")
    until(lambda: supports(hall, "Mehr Aushänge in Arztpraxen") == 1)
    expect(field).to_have_value("Aushang beim Arzt")

    page.get_by_role("link", name="Schon genannt (2)").click()
    listed = page.locator("#mentioned .support")
    expect(listed.first).to_contain_text("Sie finden das auch")
    page.locator("#similar button").click()  # the same card in both places
    expect(listed.first).to_contain_text("Finde ich auch")
    expect(page.locator("#similar .support")).to_contain_text("Finde ich auch")
    until(lambda: supports(hall, "Mehr Aushänge in Arztpraxen") == 0)
    expect(field).to_have_value("Aushang beim Arzt")


def test_a_double_tap_supports_once_and_the_curtain_takes_the_texts_away_at_once(
    hall: Server, page_at: PageAt
) -> None:
    """C01"""
    text = f"Plakate an Haltestelle {secrets.token_hex(2)}"
    island = next(each for each in hall.live()["islands"][5:] if not each["cards"])["number"]
    hang(hall, island, text)
    page = at_island(page_at, hall, island)
    page.get_by_role("link", name="Schon genannt (1)").click()
    expect(page.locator("#mentioned .words")).to_have_text([text])

    page.locator("#mentioned button").dblclick()

    expect(page.locator("#mentioned .counted")).to_have_text("Sie finden das auch")
    assert supports(hall, text) == 1
    with closing(hall.desk()) as desk:
        desk.post(f"/moderate/{hall.code}/curtain", data={"curtain": "yes"})
        expect(page.locator("#mentioned")).to_be_hidden()
        desk.post(f"/moderate/{hall.code}/curtain", data={"curtain": "no"})
        expect(page.locator("#mentioned")).to_be_visible()


def test_with_rounds_the_phone_shows_which_it_is_and_what_is_left_of_it(
    server: Server, page_at: PageAt
) -> None:
    server.stop()
    rows = sqlite3.connect(server.data / "worldcafe.db")
    rows.execute("UPDATE event SET clock_round_s = 1500, clock_remaining_s = 2254")
    rows.commit()
    rows.close()
    server.start()

    page = at_island(page_at, server, 1)

    expect(page.locator("#clock .time")).to_have_text("Runde 2 von 3noch 12:34")
