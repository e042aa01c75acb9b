"""What others wrote at an island is supported instead of being written once more."""

import secrets
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from app.feedback.mentioned import LISTED
from app.feedback.models import Card, Support
from tests.forms import Page
from tests.running import Server

HTMX = {"HX-Request": "true"}


def hang(server: Server, island: int, *texts: str, phone: httpx.Client | None = None) -> list[str]:
    """Cards of somebody, approved; their ids."""
    phone, desk = phone or server.phone(), server.desk()
    for text in texts:
        fields = {"island": island, "text": text, "submission": secrets.token_hex(8)}
        phone.post(f"/e/{server.code}/cards", json=fields).raise_for_status()
    with server.reading() as session:
        ids = [
            session.exec(select(Card.id).where(Card.text == text).order_by(col(Card.arrival).desc())).first()
            for text in texts
        ]  # fmt: skip
    for id in ids:
        decide(server, desk, str(id), "approval", 1)
    return [str(id) for id in ids]


def decide(server: Server, desk: httpx.Client, id: str, act: str, version: int) -> None:
    path = f"/moderate/{server.code}/cards/{id}/{act}"
    assert desk.post(path, data={"version": str(version)}).status_code == 303


def steer(server: Server, **fields: str) -> None:
    (name,) = fields
    path = {"curtain": "curtain", "revealed": "reveal", "paused": "pause"}[name]
    answer = server.desk().post(f"/moderate/{server.code}/{path}", data=fields)
    assert answer.status_code == 303


def island(server: Server, phone: httpx.Client, number: int, query: str = "?from=0") -> Page:
    return Page(phone.get(f"/e/{server.code}/{number}{query}"))


def listed(page: Page) -> list[str]:
    """The ids of the cards of others, in their order."""
    return [form.action.split("/")[-2] for form in page.all("/support")]


def similar(server: Server, phone: httpx.Client, number: int, text: str) -> httpx.Response:
    return phone.post(f"/e/{server.code}/{number}/similar", data={"text": text})


def supporters(server: Server, id: str) -> int:
    with server.reading() as session:
        return len(session.exec(select(Support).where(Support.card_id == id)).all())


def test_without_scripts_a_card_of_somebody_else_is_supported_and_let_go(hall: Server) -> None:
    (id,) = hang(hall, 1, "Mehr Aushänge")
    phone = hall.phone(follow_redirects=True)
    page = island(hall, phone, 1, "")
    assert "Schon genannt (1)" in page.text
    (more,) = [link for link in page.links if "from=" in link]

    page = Page(phone.get(more))
    answer = page.form(f"/{id}/support").submit(phone, "yes")
    assert str(answer.url).endswith(f"/e/{hall.code}/1?from=0#mentioned-{id}")
    assert "Sie finden das auch" in Page(answer).text
    assert supporters(hall, id) == 1

    answer = Page(answer).form(f"/{id}/support").submit(phone, "no")
    assert "Sie finden das auch" not in Page(answer).text
    assert supporters(hall, id) == 0


def test_own_cards_and_what_does_not_hang_are_not_listed(hall: Server) -> None:
    phone = hall.phone()
    hang(hall, 2, "Meine eigene", phone=phone)
    theirs, hidden = hang(hall, 2, "Von anderen", "Verborgen")
    decide(hall, hall.desk(), hidden, "hiding", 2)

    assert listed(island(hall, phone, 2)) == [theirs]
    assert listed(island(hall, phone, 3)) == []
    assert "Schon genannt" not in island(hall, phone, 3).text


def test_the_most_supported_stand_first_then_the_newest_and_the_rest_on_further_pages(
    hall: Server,
) -> None:
    ids = hang(hall, 4, *(f"Karte {number}" for number in range(LISTED + 2)))
    hall.phone().post(f"/e/{hall.code}/cards/{ids[0]}/support", json={"support": "yes"})
    phone = hall.phone()

    first, second = island(hall, phone, 4), island(hall, phone, 4, f"?from={LISTED}")

    order = [ids[0], *reversed(ids[1:])]
    assert listed(first) == order[:LISTED]
    assert listed(second) == order[LISTED:]
    assert f"/e/{hall.code}/4?from={LISTED}#mentioned" in first.links
    assert f"/e/{hall.code}/4?from={2 * LISTED}#mentioned" not in second.links


@pytest.mark.parametrize("query", ["?from=-1", "?from=x", "?from=9999999999999999999"])
def test_a_page_that_can_not_be_is_not_acceptable(hall: Server, query: str) -> None:
    assert hall.phone().get(f"/e/{hall.code}/4{query}").status_code == 422


def test_the_answer_to_htmx_is_the_card_s_support_and_counts_are_shown_when_revealed(
    server: Server,
) -> None:
    (id,) = hang(server, 1, "Mehr Aushänge")
    path = f"/e/{server.code}/cards/{id}/support"
    phone = server.phone(headers=HTMX)

    def text(support: str) -> str:
        answer = phone.post(path, data={"support": support})
        assert answer.status_code == 200
        return " ".join(Page(answer).text.split())

    assert text("yes") == "Sie finden das auch Zurücknehmen"
    server.phone().post(path, json={"support": "yes"}).raise_for_status()
    assert text("yes") == "Sie und 1 weitere Person finden das auch Zurücknehmen"
    assert text("no") == "Finde ich auch 1 Person findet das auch"
    steer(server, revealed="no")
    assert text("no") == "Finde ich auch"
    assert text("yes") == "Sie finden das auch Zurücknehmen"


def test_an_own_or_hidden_card_is_not_supported_and_the_reason_is_told(hall: Server) -> None:
    phone = hall.phone(headers=HTMX)
    (own,) = hang(hall, 5, "Meine eigene", phone=phone)
    (hidden,) = hang(hall, 5, "Gleich verborgen")
    decide(hall, hall.desk(), hidden, "hiding", 2)

    answers = [
        phone.post(f"/e/{hall.code}/cards/{id}/support", data={"support": "yes"})
        for id in (own, hidden)
    ]

    assert [(answer.status_code, Page(answer).text.strip()) for answer in answers] == [
        (422, "Ihre eigene Karte können Sie nicht unterstützen."),
        (404, "Diese Karte hängt nicht mehr."),
    ]
    assert (supporters(hall, own), supporters(hall, hidden)) == (0, 0)


def test_similar_cards_of_the_island_are_found_but_not_one_s_own(hall: Server) -> None:
    (bus,) = hang(hall, 6, "Plakate an jeder Bushaltestelle")
    hang(hall, 7, "Plakate an jeder Haltestelle")
    author = hall.phone()
    hang(hall, 6, "Plakate an Haltestellen", phone=author)

    answer = similar(hall, author, 6, "Ein Plakat an der Haltestelle")

    assert answer.status_code == 200
    posts = [tag["hx-post"] for name, tag in Page(answer).tags if name == "button"]
    assert posts == [f"/e/{hall.code}/cards/{bus}/support"]
    assert similar(hall, author, 6, "Pl").text.strip() == ""
    assert similar(hall, author, 6, "Sommerfest im Park").text.strip() == ""


@pytest.mark.parametrize(
    ("number", "fields", "status"),
    [(99, {"text": "Plakate"}, 404), (6, {"text": "x" * 60_000}, 200), (6, {}, 200)],
)
def test_odd_questions_for_similar_cards_are_answered(
    hall: Server, number: int, fields: dict[str, Any], status: int
) -> None:
    """I01"""
    answer = hall.phone().post(f"/e/{hall.code}/{number}/similar", data=fields)

    assert answer.status_code == status


def test_similar_cards_are_shown_to_no_one_without_a_cookie(hall: Server) -> None:
    assert similar(hall, hall.client(), 6, "Plakate").status_code == 403


def test_who_asks_too_fast_waits_and_can_still_send_dots(server: Server) -> None:
    phone = server.phone()

    statuses = {similar(server, phone, 1, "Plakate").status_code for _ in range(60)}

    assert statuses == {200, 429}
    dot = {"offer": "umweltberatung", "knows": "yes"}
    assert phone.post(f"/e/{server.code}/dots", json=dot).status_code == 200


def test_while_the_curtain_is_down_no_text_of_others_is_on_a_phone(server: Server) -> None:
    hang(server, 1, "Mehr Aushänge")
    phone = server.phone()
    assert similar(server, phone, 1, "Aushänge").text.strip() != ""

    steer(server, curtain="yes")

    assert "Mehr Aushänge" not in island(server, phone, 1).text
    assert similar(server, phone, 1, "Aushänge").text.strip() == ""


def test_when_nothing_is_taken_the_cards_can_be_read_but_not_supported(server: Server) -> None:
    hang(server, 1, "Mehr Aushänge")
    steer(server, paused="yes")

    page = island(server, server.phone(), 1)

    assert "Mehr Aushänge" in page.text
    assert page.form("/support").buttons == []
