"""The table of contents of the Word file: a field, and links that work before anybody has updated it."""

from typing import NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from app.results.docx.fields import add_bookmark, add_link, wrap_in_field
from app.results.docx.styles import style_id

LEVELS = {"Heading1": 1, "Heading2": 2}  # ids of styles: asking for their names takes seconds


class Entry(NamedTuple):
    level: int
    text: str
    bookmark: str


def mark_headings(document: Document) -> list[Entry]:
    """Puts a bookmark at every heading that the contents name."""
    entries: list[Entry] = []
    for paragraph in document.paragraphs:
        level = LEVELS.get(style_id(paragraph) or "")
        if level is not None:
            entry = Entry(level, paragraph.text, f"_Toc{len(entries) + 1:06}")
            add_bookmark(paragraph, entry.bookmark, len(entries) + 1)
            entries.append(entry)
    return entries


def add_contents(heading: Paragraph, entries: list[Entry]) -> None:
    """Below their heading."""
    lines: list[Paragraph] = []
    for entry in entries:
        line = OxmlElement("w:p")
        (lines[-1] if lines else heading)._p.addnext(line)  # noqa: SLF001
        paragraph = Paragraph(line, heading._parent)  # noqa: SLF001
        paragraph.style = f"toc {entry.level}"
        add_link(paragraph, entry.text, f"#{entry.bookmark}")
        lines.append(paragraph)
    if lines:
        wrap_in_field(lines[0], lines[-1], r'TOC \o "1-2" \h \z \u')
