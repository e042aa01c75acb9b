"""The joint documentation of a series to go on writing in: a Word file that says what its PDF says.

It imports no more than it needs: a child process starts with it.
"""

from collections.abc import Mapping
from typing import Any

from docx.document import Document

from app.planning.child import answer
from app.results.docx.chapters import (
    add_all_cards,
    add_chapter,
    add_conclusion,
    add_dates,
    add_introduction,
    add_islands,
    add_method,
    add_overview,
    add_reading,
)
from app.results.docx.comparison import add_comparison
from app.results.docx.contents import add_contents, mark_headings
from app.results.docx.cover import add_cover, add_margins
from app.results.docx.event import stored
from app.results.docx.parts import add_picture
from app.results.docx.said import add_paragraphs
from app.results.docx.styles import WIDTH_CM, styled_document
from app.results.printed import LONGEST_OF_MANY, printed
from app.results.writable import writable

PHOTO_CM = 7.5  # of an event's first photo: how tall it is at most
Content = dict[str, Any]
Pictures = Mapping[str, bytes]


def as_series_docx(content: Content, pictures: Pictures) -> bytes:
    """`content`: see `series_documentation`; the same bytes for the same content and pictures."""
    content, pictures = writable(content), printed(content, pictures, LONGEST_OF_MANY)
    document = styled_document(content)
    words = content["words"]
    add_cover(document, content, pictures)
    add_margins(document, content)
    contents = document.add_paragraph(words["contents"], style="TOC Heading")
    contents.paragraph_format.page_break_before = True
    add_chapter(document, words["introduction"])
    add_paragraphs(document, content["introduction"])
    add_reading(document, content)
    add_comparison(document, content["comparison"])
    for event in content["events"]:
        _add_event(document, event, pictures)
    add_dates(document, content)
    add_method(document, content)
    document.add_heading(words["all_cards"], 2)
    for event in content["events"]:
        document.add_heading(event["heading"], 3)
        add_all_cards(document, event)
    add_contents(contents, mark_headings(document))
    return stored(document, content["changed"])


def _add_event(document: Document, event: Content, pictures: Pictures) -> None:
    """Its own documentation, one level deeper."""
    add_chapter(document, event["heading"])
    cover = event["cover"]
    for line in filter(None, [cover["title"], cover["place"]]):
        document.add_paragraph(line)
    for mark in event["marks"]:
        document.add_paragraph(mark, style="Mark")
    photo = cover["photo"]
    if photo is not None:
        width = min(WIDTH_CM, PHOTO_CM * photo["width"] / photo["height"])
        add_picture(document, pictures[photo["id"]], width, photo["alt"])
    before = len(document.paragraphs)
    add_introduction(document, event, breaks=False)
    add_overview(document, event)
    add_islands(document, event, pictures)
    add_conclusion(document, event, pictures)
    _deepen(document, before)


def _deepen(document: Document, first: int) -> None:
    """The headings from the paragraph with this place on."""
    deeper = {f"Heading{level}": f"Heading{level + 1}" for level in range(1, 5)}
    for paragraph in document.paragraphs[first:]:
        properties = paragraph._p.pPr  # noqa: SLF001
        style = None if properties is None else properties.pStyle
        if style is not None and style.val in deeper:
            style.val = deeper[style.val]


if __name__ == "__main__":
    answer(lambda _argument, content, pictures: as_series_docx(content, pictures))
