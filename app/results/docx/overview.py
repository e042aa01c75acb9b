"""The overview in the Word file: the evening in a few numbers, and how well every offer is known."""

from typing import Any

from docx.document import Document

from app.results.docx.chapters import add_chapter
from app.results.docx.elements import Line
from app.results.docx.tables import Cell, Column, add_table

Content = dict[str, Any]


def add_overview(document: Document, content: Content) -> None:
    words, overview = content["words"], content["overview"]
    add_chapter(document, words["overview"])
    figures = [Column(words["fact"], 6), Column(words["value"], 3, is_number=True)]
    add_table(
        document,
        figures,
        [[figure["name"], [Line(figure["value"], is_bold=True)]] for figure in overview["figures"]],
        words["overview"],
    )
    if not overview["best"]:
        document.add_paragraph(overview["too_few"])
    for name, offers in (("best", overview["best"]), ("least", overview["least"])):
        if offers:
            document.add_heading(words[name], 2)
            _add_offers(document, words, offers, words[name])
    if overview["offers"]:
        document.add_heading(words["all_offers"], 2)
        _add_offers(document, words, overview["offers"], words["all_offers"])


def _add_offers(
    document: Document, words: dict[str, str], offers: list[Content], about: str
) -> None:
    columns = [
        Column(words["island"], 1.4, is_number=True),
        Column(words["offer"], 7.6),
        Column(words["yes"], 1.3, is_number=True),
        Column(words["no"], 1.4, is_number=True),
        Column("n", 1.3, is_number=True),
        Column(words["awareness"], 4),
    ]
    rows: list[list[Cell]] = [
        [
            str(offer["island"]),
            offer["title"],
            offer["yes"],
            offer["no"],
            offer["total"],
            f"{offer['awareness']} ({offer['interval']})"
            if offer["interval"]
            else offer["awareness"],
        ]
        for offer in offers
    ]
    add_table(document, columns, rows, about)
