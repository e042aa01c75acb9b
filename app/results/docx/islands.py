"""The islands in the Word file: contacts, offers with their numbers, suggestions, photos."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document

from app.results.docx.chapters import add_chapter
from app.results.docx.elements import Line
from app.results.docx.fields import add_link
from app.results.docx.pictures import put_bars
from app.results.docx.said import add_paragraphs, add_photos, turn
from app.results.docx.tables import Cell, Column, add_table

Content = dict[str, Any]


def add_islands(document: Document, content: Content, pictures: Mapping[str, bytes]) -> None:
    for at, island in enumerate(content["islands"]):
        if at == 0:
            add_chapter(document, content["words"]["islands"])
        _add_island(document, content["words"], island, pictures, breaks=at > 0)


def _add_island(
    document: Document,
    words: dict[str, str],
    island: Content,
    pictures: Mapping[str, bytes],
    *,
    breaks: bool,
) -> None:
    """`breaks`: on a page of its own."""
    heading = document.add_heading(f"{island['number']} {island['title']}", 2)
    heading.paragraph_format.page_break_before = breaks
    add_paragraphs(document, island["text"])
    if island["contacts"]:
        document.add_heading(words["contact"], 3)
        for contact in island["contacts"]:
            _add_contact(document, contact)
    if island["key_sentence"]:
        document.add_heading(words["key_sentence"], 3)
        document.add_paragraph(island["key_sentence"], style="Key Sentence")
    document.add_heading(words["offers"], 3)
    if island["offers"]:
        _add_offers(document, words, island)
    else:
        document.add_paragraph(words["no_offers"])
    _add_cards(document, words, island)
    if island["note"]:
        document.add_heading(words["note"], 3)
        add_paragraphs(document, island["note"])
    if island["photos"]:
        document.add_heading(words["photos"], 3)
        add_photos(document, island["photos"], pictures)


def _add_contact(document: Document, contact: Content) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(contact["name"]).bold = True
    if contact["url"]:
        paragraph.add_run(" · ")
        add_link(paragraph, contact["url"].partition("://")[2].removesuffix("/"), contact["url"])
    if contact["mail"]:
        paragraph.add_run(" · ")
        add_link(paragraph, contact["mail"], f"mailto:{contact['mail']}")
    if contact["phone"]:
        paragraph.add_run(f" · {contact['phone']}")


def _add_offers(document: Document, words: dict[str, str], island: Content) -> None:
    columns = [
        Column(words["offer"], 9.5),
        Column(words["yes"], 1.5, is_number=True),
        Column(words["no"], 1.5, is_number=True),
        Column("n", 1.5, is_number=True),
        Column(words["awareness"], 3),
    ]
    rows: list[list[Cell]] = [
        [
            [
                Line(offer["title"], is_bold=True),
                *(
                    Line(text, is_small=True)
                    for text in (offer["description"], offer["notes"], offer["parts"])
                    if text
                ),
            ],
            offer["yes"],
            offer["no"],
            offer["total"],
            [
                Line(offer["awareness"], is_bold=offer["share"] is not None),
                *([Line(offer["interval"], is_small=True)] if offer["interval"] else []),
            ],
        ]
        for offer in island["offers"]
    ]
    table = add_table(document, columns, rows, f"{words['offers']}: {island['title']}")
    said = f"{words['yes']}: %(yes)s, {words['no']}: %(no)s"
    put_bars(
        table,
        document,
        [
            None if offer["yes_part"] is None else (offer["yes_part"], said % offer)
            for offer in island["offers"]
        ],
    )


def _add_cards(document: Document, words: dict[str, str], island: Content) -> None:
    document.add_heading(words["cards"], 3)
    if not island["groups"]:
        document.add_paragraph(words["no_cards"])
    for group in island["groups"]:
        if group["title"]:
            document.add_heading(group["title"], 4)
        if group["follow_up"]:
            document.add_paragraph(group["follow_up"], style="Group Note")
        for card in group["cards"]:
            paragraph = document.add_paragraph(card["text"], style="Card")
            if card["is_from_right"]:
                turn(paragraph)
            below = " · ".join(filter(None, [card["offer"], card["said_supports"]]))
            if below:
                paragraph.add_run(f"\n{below}", style="Card Note")
    if island["more"]:
        document.add_paragraph(island["more"])
