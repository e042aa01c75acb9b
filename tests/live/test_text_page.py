"""The wall as text: the same state, and no more of it than a wall may show."""

import secrets
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from tests.running import Server, until


class Said(HTMLParser):
    """The texts of a page's main part, headings with their level, a table's row as one text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._is_main, self._text = False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._is_main = self._is_main or tag == "main"
        if tag in {"h1", "h2", "h3", "p", "li", "tr"}:
            self._end()
            self._text = f"{tag}: " if tag.startswith("h") else ""
        elif tag in {"th", "td"}:
            self._text += " | "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h1", "h2", "h3", "p", "li", "tr"}:
            self._end()
        if tag == "main":
            self._is_main = False

    def handle_data(self, data: str) -> None:
        if self._is_main:
            self._text += data

    def _end(self) -> None:
        text = " ".join(self._text.split()).removeprefix("| ")
        if text:
            self.blocks.append(text)
        self._text = ""


@pytest.fixture(scope="module")
def desk(hall: Server) -> httpx.Client:
    """After a phone has said yes to one offer, and sent a card that hangs."""
    desk, phone = hall.desk(), hall.phone()
    send(hall, phone, "dots", offer="umweltberatung", knows="yes")
    card = send(hall, phone, "cards", island=1, text="Mehr <Plakate>", submission="card-1")
    assert card["state"] == "waiting"
    with hall.reading() as session:
        id, version = session.connection().exec_driver_sql("SELECT id, version FROM card").one()
    steer(hall, desk, f"cards/{id}/approval", version=version)
    return desk


def send(hall: Server, phone: httpx.Client, noun: str, **fields: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (
        phone.post(f"/e/{hall.code}/{noun}", json=fields, headers={"accept": "application/json"})
        .raise_for_status()
        .json()
    )
    return answer


def steer(hall: Server, desk: httpx.Client, path: str, **fields: Any) -> None:
    answer = desk.post(f"/moderate/{hall.code}/{path}", data=fields)
    assert answer.status_code == 303, answer.text


def said(hall: Server, **cookies: str) -> list[str]:
    """The page, once it is as new as what is stored."""
    hall.live()
    with hall.client(cookies=cookies, headers={"accept-language": "de"}) as reader:
        answer = reader.get(f"/e/{hall.code}/live/text").raise_for_status()
    assert "set-cookie" not in answer.headers
    return Said(answer.text).blocks


def test_it_says_what_the_wall_shows(hall: Server, desk: httpx.Client) -> None:
    blocks = said(hall)

    assert blocks[0] == "h1: Vorlese-Ansicht der Leinwand"
    assert [block for block in blocks if block.startswith("h2")] == [
        "h2: Zahlen im Überblick",
        "h2: Themeninseln",
        "h2: Karten",
        "h2: Wörter, die häufigsten zuerst",
    ]
    numbers = blocks.index("h2: Zahlen im Überblick")
    assert blocks[numbers + 1 : numbers + 6] == [
        "Geräte | 1",
        "Ja | 1",
        "Nein | 0",
        "Karten | 1",
        "Wörter | 0",
    ]
    island = blocks.index("h3: 1 Wohnumfeld")
    assert blocks[island + 1 : island + 4] == [
        "1 Gerät war hier. 1 Karte.",
        "Angebot | Ja | Nein",
        "Umwelt- und Abfallberatung | 1 | 0",
    ]
    assert "Mehr <Plakate>" in blocks


def test_it_speaks_the_readers_language(hall: Server, desk: httpx.Client) -> None:
    assert said(hall, language="en")[0] == "h1: Reading view of the wall"
    assert said(hall, language="simple")[0] == "h1: Die Leinwand zum Vorlesen"


def test_the_curtain_is_before_it_too(hall: Server, desk: httpx.Client) -> None:
    steer(hall, desk, "curtain", curtain="yes")
    try:
        blocks = said(hall)
    finally:
        steer(hall, desk, "curtain", curtain="no")

    assert "Mehr <Plakate>" not in blocks
    assert blocks.count("Karten und Wörter sind gerade verdeckt.") == 3
    assert "Mehr <Plakate>" in said(hall), "else there was nothing to hide"


def test_numbers_that_are_hidden_are_not_read_out(hall: Server, desk: httpx.Client) -> None:
    steer(hall, desk, "reveal", revealed="no")
    try:
        blocks = said(hall)
    finally:
        steer(hall, desk, "reveal", revealed="yes")

    assert "Die Zahlen sind noch verdeckt" in blocks
    assert [block for block in blocks if "|" in block] == ["Geräte | 1"]
    assert [block for block in blocks if "war hier" in block or "waren hier" in block] == []


def test_before_the_start_there_is_only_the_way_in(hall: Server, desk: httpx.Client) -> None:
    hall.enter("setup")
    try:
        blocks = said(hall)
    finally:
        hall.enter("cafe")

    assert [block for block in blocks if block.startswith("h")] == [
        "h1: Vorlese-Ansicht der Leinwand"
    ]
    assert f"Zum Mitmachen: Code {hall.code}" in blocks


def test_words_are_listed_with_how_often_they_came(hall: Server, desk: httpx.Client) -> None:
    hall.enter("cloud")
    try:
        for text in ("spannend", "spannend", "bunt"):
            submission = secrets.token_hex(8)
            send(hall, hall.phone(), "words", text=text, submission=submission)
        until(
            lambda: said(hall)[-3:-1] == ["spannend, 2-mal", "bunt, einmal"]
        )  # once they are placed
    finally:
        hall.enter("cafe")


def test_an_unknown_code_is_unknown_here_too(hall: Server) -> None:
    assert hall.client().get("/e/ZZZZZZ/live/text").status_code == 404
