"""Texts and photos of the Word file, as several chapters have them."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.text.paragraph import Paragraph

from app.results.docx.elements import element
from app.results.docx.pictures import add_picture

LARGEST_CM = (10.0, 7.5)  # of a photo


def add_paragraphs(document: Document, texts: Sequence[str], style: str | None = None) -> None:
    for text in texts:
        document.add_paragraph(text, style=style)


def add_photos(
    document: Document, photos: list[dict[str, Any]], pictures: Mapping[str, bytes]
) -> None:
    """Each with its caption below it, on the same page."""
    for photo in photos:
        width = min(LARGEST_CM[0], LARGEST_CM[1] * photo["width"] / photo["height"])
        shown = add_picture(document, pictures[photo["id"]], width, photo["alt"])
        if photo["caption"]:
            shown.paragraph_format.keep_with_next = True
            document.add_paragraph(photo["caption"], style="Caption")


def turn(paragraph: Paragraph) -> Paragraph:
    """The same paragraph, running from right to left."""
    paragraph._p.get_or_add_pPr().append(element("w:bidi"))  # noqa: SLF001
    for run in paragraph.runs:
        run.font.rtl = True
    return paragraph
