"""The chapters of the Word file, in the order of the documentation."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from docx.document import Document

from app.results.docx_islands import add_island
from app.results.docx_parts import Cell, Column, Line, add_picture, add_table
from app.results.docx_said import add_paragraphs, add_photos
from app.results.docx_styles import WIDTH_CM
from app.results.docx_words import cloud_picture

Content = dict[str, Any]
Pictures = Mapping[str, bytes]

WORDS_IN_A_ROW = 3


def add_beginning(document: Document, content: Content) -> None:
    add_introduction(document, content)
    add_reading(document, content)


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


def add_islands(document: Document, content: Content, pictures: Pictures) -> None:
    for at, island in enumerate(content["islands"]):
        if at == 0:
            add_chapter(document, content["words"]["islands"])
        add_island(document, content["words"], island, pictures, breaks=at > 0)


def add_end(document: Document, content: Content, pictures: Pictures) -> None:
    """What becomes of the suggestions, the conclusion, the words, the dates."""
    add_conclusion(document, content, pictures)
    add_dates(document, content)


def add_conclusion(document: Document, content: Content, pictures: Pictures) -> None:
    words = content["words"]
    if content["follow_up"]:
        add_chapter(document, words["follow_up"])
        _add_follow_up(document, content)
    add_chapter(document, words["conclusion"])
    add_paragraphs(document, content["conclusion"])
    document.add_heading(words["cloud"], 2)
    document.add_paragraph(content["word_question"])
    if content["cloud"] is None:
        document.add_paragraph(words["no_words"])
    else:
        cloud = content["cloud"]
        add_picture(document, cloud_picture(cloud), WIDTH_CM, cloud["alt"])
        _add_words(document, words, content["cloud_words"])
    if content["photos"]:
        document.add_heading(words["photos"], 2)
        add_photos(document, content["photos"], pictures)


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


def add_annex(document: Document, content: Content) -> None:
    add_method(document, content)
    document.add_heading(content["words"]["all_cards"], 2)
    add_all_cards(document, content)


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
        _drop(3, columns, rows)
    add_table(document, columns, rows, words["all_cards"])


def add_chapter(document: Document, title: str, *, breaks: bool = True) -> None:
    """`breaks`: on a page of its own."""
    heading = document.add_heading(title, 1)
    heading.paragraph_format.page_break_before = breaks


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


def _drop(at: int, columns: list[Column], rows: list[list[Cell]]) -> None:
    """A column in which everything is 0; its width goes to those with text."""
    freed = columns.pop(at).width / sum(not column.is_number for column in columns)
    columns[:] = [
        column if column.is_number else replace(column, width=column.width + freed)
        for column in columns
    ]
    for row in rows:
        del row[at]


def _add_follow_up(document: Document, content: Content) -> None:
    words = content["words"]
    columns = [
        Column(words["group"], 2.8),
        Column(words["cards"], 2.5, is_number=True),
        Column(words["supports"], 3, is_number=True),
        Column(words["outcome"], 3.5),
        Column(words["department"], 2.7),
        Column(words["progress"], 2.5),
    ]
    rows: list[list[Cell]] = [
        [
            [Line(group["title"], is_bold=True)],
            group["cards"],
            group["supports"],
            group["outcome"],
            group["department"],
            [
                Line(group["progress"]),
                *([Line(group["reason"], is_small=True)] if group["reason"] else []),
            ],
        ]
        for group in content["follow_up"]
    ]
    if not content["has_supports"]:
        _drop(2, columns, rows)
    add_table(document, columns, rows, words["follow_up"])


def _add_words(document: Document, words: dict[str, str], sent: list[Content]) -> None:
    """Several side by side: the most frequent stand in the first row."""
    across = min(WORDS_IN_A_ROW, len(sent))
    width = WIDTH_CM / WORDS_IN_A_ROW
    pair = [Column(words["word"], width - 1.8), Column(words["count"], 1.8, is_number=True)]
    cells = [cell for word in sent for cell in (word["word"], word["count"])]
    cells += [""] * (-len(cells) % (2 * across))
    rows = [cells[at : at + 2 * across] for at in range(0, len(cells), 2 * across)]
    add_table(document, pair * across, rows, words["cloud"])
