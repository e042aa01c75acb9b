"""The chapters of the Word file that say what an event or a series of them says in the same way."""

from typing import Any

from docx.document import Document

from app.results.docx.elements import Line
from app.results.docx.said import add_paragraphs
from app.results.docx.styles import WIDTH_CM
from app.results.docx.tables import Cell, Column, add_table, without

Content = dict[str, Any]


def add_chapter(document: Document, title: str, *, breaks: bool = True) -> None:
    """`breaks`: on a page of its own."""
    heading = document.add_heading(title, 1)
    heading.paragraph_format.page_break_before = breaks


def add_introduction(document: Document, content: Content, *, breaks: bool = True) -> None:
    words = content["words"]
    add_chapter(document, words["introduction"], breaks=breaks)
    add_paragraphs(document, content["introduction"])
    document.add_heading(words["set_up"], 2)
    add_paragraphs(document, content["set_up"])
    columns = [Column(words["fact"], 6), Column(words["value"], WIDTH_CM - 6)]
    rows: list[list[Cell]] = [
        [fact["name"], [Line(fact["value"], is_bold=True)]] for fact in content["facts"]
    ]
    add_table(document, columns, rows, words["set_up"])


def add_reading(document: Document, content: Content) -> None:
    document.add_heading(content["words"]["reading"], 1)
    add_paragraphs(document, content["reading"], style="List Bullet")


def add_dates(document: Document, content: Content) -> None:
    words = content["words"]
    if content["dates"]:
        document.add_heading(words["dates"], 1)
        columns = [Column(words["date"], 6), Column(words["district"], WIDTH_CM - 6)]
        rows: list[list[Cell]] = [
            [[Line(day[name], is_bold=day["is_this"])] for name in ("date", "district")]
            for day in content["dates"]
        ]
        add_table(document, columns, rows, words["dates"])


def add_method(document: Document, content: Content) -> None:
    words = content["words"]
    add_chapter(document, words["annex"])
    document.add_heading(words["method"], 2)
    add_paragraphs(document, content["method"], style="List Bullet")


def add_all_cards(document: Document, content: Content) -> None:
    words = content["words"]
    if not content["cards"]:
        document.add_paragraph(words["no_cards_at_all"])
        return
    columns = [
        Column(words["island"], 1.4, is_number=True),
        Column(words["card"], 6.2),
        Column(words["offer"], 3.6),
        Column(words["supports"], 3, is_number=True),
        Column(words["group"], 2.8),
    ]
    rows: list[list[Cell]] = [
        [
            str(card["island"]),
            [Line(card["text"], is_from_right=card["is_from_right"])],
            card["offer"],
            card["supports"],
            card["group"],
        ]
        for card in content["cards"]
    ]
    if not content["has_supports"]:
        columns, rows = without(columns, rows, 3)
    add_table(document, columns, rows, words["all_cards"])
