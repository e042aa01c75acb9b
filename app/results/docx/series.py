"""The joint documentation of a series in the Word file: the comparison, then event after event."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document

from app.results.docx.chapters import (
    add_all_cards,
    add_chapter,
    add_dates,
    add_introduction,
    add_method,
    add_reading,
)
from app.results.docx.comparison import add_comparison
from app.results.docx.conclusion import add_conclusion
from app.results.docx.islands import add_islands
from app.results.docx.overview import add_overview
from app.results.docx.pictures import add_picture
from app.results.docx.said import add_paragraphs
from app.results.docx.styles import WIDTH_CM, style_id

PHOTO_CM = 7.5  # of an event's first photo: how tall it is at most
Content = dict[str, Any]
Pictures = Mapping[str, bytes]


def add_series_chapters(document: Document, content: Content, pictures: Pictures) -> None:
    """`content`: see `series_documentation`."""
    words = content["words"]
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
        style = style_id(paragraph)
        if style in deeper:
            paragraph._p.style = deeper[style]  # noqa: SLF001
