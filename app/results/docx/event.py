"""The documentation of an event in the Word file, chapter by chapter."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document

from app.results.docx.chapters import (
    add_all_cards,
    add_dates,
    add_introduction,
    add_method,
    add_reading,
)
from app.results.docx.conclusion import add_conclusion
from app.results.docx.islands import add_islands
from app.results.docx.overview import add_overview


def add_event_chapters(
    document: Document, content: dict[str, Any], pictures: Mapping[str, bytes]
) -> None:
    """`content`: see `documentation`."""
    add_introduction(document, content)
    add_reading(document, content)
    add_overview(document, content)
    add_islands(document, content, pictures)
    add_conclusion(document, content, pictures)
    add_dates(document, content)
    add_method(document, content)
    document.add_heading(content["words"]["all_cards"], 2)
    add_all_cards(document, content)
