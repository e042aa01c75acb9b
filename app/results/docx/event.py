"""The documentation to go on writing in: a Word file that says what the PDF says, chapter by chapter.

It imports no more than it needs: a child process starts with it.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.document import Document

from app.planning.child import answer
from app.results.docx.chapters import (
    add_annex,
    add_beginning,
    add_end,
    add_islands,
    add_overview,
)
from app.results.docx.contents import add_contents, mark_headings
from app.results.docx.cover import add_cover, add_margins
from app.results.docx.parts import number_pictures
from app.results.docx.styles import styled_document
from app.results.printed import printed
from app.results.writable import writable


def as_docx(content: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """`content`: see `documentation`; the same bytes for the same content and pictures."""
    content, pictures = writable(content), printed(content, pictures)
    document = styled_document(content)
    add_cover(document, content, pictures)
    add_margins(document, content)
    contents = document.add_paragraph(content["words"]["contents"], style="TOC Heading")
    contents.paragraph_format.page_break_before = True
    add_beginning(document, content)
    add_overview(document, content)
    add_islands(document, content, pictures)
    add_end(document, content, pictures)
    add_annex(document, content)
    add_contents(contents, mark_headings(document))
    return stored(document, content["changed"])


def stored(document: Document, changed: list[int]) -> bytes:
    """With the date of the event's last change on every part, and the parts in the order of their names."""
    number_pictures(document)
    saved, file = io.BytesIO(), io.BytesIO()
    document.save(saved)
    year, month, day, hour, minute = changed
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(file, "w") as written:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, (max(year, 1980), month, day, hour, minute, 0))
            is_compressed = name.endswith((".jpg", ".jpeg", ".png"))
            part.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
            part.create_system = 0  # the same on every system
            written.writestr(part, parts.read(name))
    return file.getvalue()


if __name__ == "__main__":
    answer(lambda _argument, content, pictures: as_docx(content, pictures))
