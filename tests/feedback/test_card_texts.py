"""A card's text as it comes over the line: cleaned, counted as people count, or refused with a reason."""

import secrets
import unicodedata

import pytest
from sqlmodel import col, select

from app.feedback.models import Card
from tests.running import Server

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
GERMANY = "\U0001f1e9\U0001f1ea"


def send(server: Server, text: str) -> tuple[int, dict[str, object]]:
    fields = {"island": 8, "text": text, "submission": secrets.token_hex(8)}
    answer = server.phone().post(f"/e/{server.code}/cards", json=fields)
    return answer.status_code, answer.json()


def newest(server: Server) -> str:
    with server.reading() as session:
        return session.exec(select(Card.text).order_by(col(Card.arrival).desc())).first() or ""


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("Mehr \u202egnubreW\u202c bitte", "Mehr gnubreW bitte"),
        ("\u2067Mehr\u2069 Wer\u200bbung\ufeff", "Mehr Werbung"),
    ],
)
def test_what_reorders_or_hides_text_is_gone(hall: Server, sent: str, stored: str) -> None:
    """I03"""
    assert send(hall, sent)[0] == 200
    assert newest(hall) == stored


@pytest.mark.parametrize("sent", ["\u200b\u200d\ufeff", "\u202e\u202c", "\u2066 \u2069"])
def test_what_can_not_be_seen_is_refused_and_not_stored(hall: Server, sent: str) -> None:
    """I03"""
    before = newest(hall)

    status, problem = send(hall, sent)

    assert (status, problem["title"], problem["field"]) == (422, "Hier fehlt ein Text.", "text")
    assert newest(hall) == before


@pytest.mark.parametrize("letter", [FAMILY, GERMANY, "a\u0308", "ß"])
def test_280_of_what_people_see_as_a_letter_fit_and_not_one_more(hall: Server, letter: str) -> None:
    """I04"""
    fits, over = send(hall, letter * 280), send(hall, letter * 281)

    assert (fits[0], over[0]) == (200, 422)
    assert newest(hall) == unicodedata.normalize("NFC", letter * 280)
    assert over[1]["title"] == "Der Text ist zu lang: höchstens 280 Zeichen."
