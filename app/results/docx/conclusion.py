"""The end of the Word file: what becomes of the suggestions, the conclusion, the word cloud."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document

from app.results.docx.chapters import add_chapter
from app.results.docx.cloud import cloud_picture
from app.results.docx.elements import Line
from app.results.docx.pictures import add_picture
from app.results.docx.said import add_paragraphs, add_photos
from app.results.docx.styles import WIDTH_CM
from app.results.docx.tables import Cell, Column, add_table, without

Content = dict[str, Any]
WORDS_IN_A_ROW = 3


def add_conclusion(document: Document, content: Content, pictures: Mapping[str, bytes]) -> None:
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
        columns, rows = without(columns, rows, 2)
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
