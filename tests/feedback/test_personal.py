"""What on a card may be about a person, and how its writer is asked."""

import secrets

import pytest
from sqlmodel import select

from app.feedback.models import Card
from app.feedback.personal import Personal, personal_in
from tests.forms import Page
from tests.running import Server

MAIL, PHONE, NAME = Personal.mail, Personal.phone, Personal.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Meier fragen", (NAME,)),
        ("bei Herrn Dr. Özdemir", (NAME,)),
        ("Ask Mrs Miller", (NAME,)),
        ("Frau Meier, 0208 825-1234, a@b.de", (MAIL, PHONE, NAME)),
        ("Jede Frau und jeder Mann", ()),
        ("Herr und Frau", ()),
        ("Mehr für Frauen und Herren", ()),
        ("Am 12.11.2023 um 18 Uhr", ()),
    ],
)
def test_names_addresses_and_numbers_are_seen(text: str, found: tuple[Personal, ...]) -> None:
    assert personal_in(text) == found


def stored(server: Server, text: str) -> int:
    with server.reading() as session:
        return len(session.exec(select(Card).where(Card.text == text)).all())


def test_without_scripts_the_page_asks_once_and_keeps_text_and_offer(hall: Server) -> None:
    phone = hall.phone()
    text = "Frau Meier kennt alle"
    form = Page(phone.get(f"/e/{hall.code}/5")).form("/cards")

    asked = form.submit(phone, text=text, offer="rucksack-kita")
    page = Page(asked)

    assert (asked.status_code, stored(hall, text)) == (200, 0)
    assert "Möchten Sie das wirklich so senden?" in page.text
    again = page.form("/cards")
    assert again.fields == {
        "island": "5",
        "submission": form.fields["submission"],
        "text": text,
        "offer": "rucksack-kita",
    }
    assert again.submit(phone).status_code == 303
    assert stored(hall, text) == 1


def test_who_writes_nothing_personal_or_sends_by_script_is_not_asked(hall: Server) -> None:
    phone = hall.phone()
    form = Page(phone.get(f"/e/{hall.code}/5")).form("/cards")

    assert form.submit(phone, text="Mehr Aushänge").status_code == 303
    fields = form.fields | {"text": "Herr Kurz", "submission": secrets.token_hex(8)}
    taken = phone.post(f"/e/{hall.code}/cards", data=fields, headers={"HX-Request": "true"})
    assert (taken.status_code, stored(hall, "Herr Kurz")) == (200, 1)


def test_nobody_is_asked_whether_to_send_what_nobody_takes(hall: Server) -> None:
    phone = hall.phone()
    form = Page(phone.get(f"/e/{hall.code}/5")).form("/cards")
    hall.enter("closed")
    try:
        assert form.submit(phone, text="Frau Meier").status_code == 409
    finally:
        hall.enter("cafe")


def test_while_somebody_writes_the_answer_says_so_and_keeps_nothing(hall: Server) -> None:
    phone = hall.phone()

    def said(text: str) -> str:
        return phone.post(f"/e/{hall.code}/5/similar", data={"text": text}).text.strip()

    assert said("Mehr Aushänge") == ""
    assert "Da steht vielleicht eine Telefonnummer. Alle können" in said("0208 825-1234")
    assert stored(hall, "0208 825-1234") == 0
