"""The documentation to go on writing in: a Word file that says what the PDF says, chapter by chapter.

It imports no more than it needs: a child process starts with it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from docx.document import Document

from app.planning.child import answer
from app.results.docx.contents import add_contents, mark_headings
from app.results.docx.cover import add_cover, add_margins
from app.results.docx.event import add_event_chapters
from app.results.docx.series import add_series_chapters
from app.results.docx.stored import stored
from app.results.docx.styles import styled_document
from app.results.printed import LONGEST_SIDES, printed
from app.results.writable import writable

Pictures = Mapping[str, bytes]
CHAPTERS: dict[str, Callable[[Document, dict[str, Any], Pictures], None]] = {
    "event": add_event_chapters,
    "series": add_series_chapters,
}


def as_docx(of: str, content: dict[str, Any], pictures: Pictures) -> bytes:
    """`of` an "event" (`content`: see `documentation`) or of a "series" (see `series_documentation`); the
    same bytes for the same content and pictures."""
    content = writable(content)
    pictures = printed(content, pictures, LONGEST_SIDES[of])
    document = styled_document(content)
    add_cover(document, content, pictures)
    add_margins(document, content)
    contents = document.add_paragraph(content["words"]["contents"], style="TOC Heading")
    contents.paragraph_format.page_break_before = True
    CHAPTERS[of](document, content, pictures)
    add_contents(contents, mark_headings(document))
    return stored(document, content["changed"])


if __name__ == "__main__":
    answer(as_docx)
