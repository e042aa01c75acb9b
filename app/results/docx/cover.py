"""The first page of the Word file, and what stands in the margins of all others."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm

from app.results.docx.fields import add_page_number
from app.results.docx.pictures import add_picture
from app.results.docx.styles import WIDTH_CM

TALLEST_CM = 11.0  # of the photo
LOGO_CM = 5.0


def add_cover(document: Document, content: dict[str, Any], pictures: Mapping[str, bytes]) -> None:
    cover = content["cover"]
    if cover["logo"] is not None:
        add_picture(document, pictures["logo"], LOGO_CM, cover["logo"])
    document.add_paragraph(cover["series"], style="Subtitle")
    document.add_paragraph(cover["title"], style="Title")
    where = " · ".join(filter(None, [cover["date"], cover["place"]]))
    document.add_paragraph(f"{content['words']['documentation']}, {where}", style="Subtitle")
    for mark in content["marks"]:
        document.add_paragraph(mark, style="Mark")
    photo = cover["photo"]
    if photo is not None:
        width = min(WIDTH_CM, TALLEST_CM * photo["width"] / photo["height"])
        add_picture(document, pictures[photo["id"]], width, photo["alt"])
    document.add_paragraph(cover["organiser"])


def add_margins(document: Document, content: dict[str, Any]) -> None:
    """Not on the first page."""
    section = document.sections[0]
    said = [content["cover"]["title"], " ".join(content["marks"])]
    section.header.paragraphs[0].text = " · ".join(filter(None, said))
    footer = section.footer.paragraphs[0]
    for stop in list(footer.style.paragraph_format.tab_stops):
        footer.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    footer.text = f"{content['author']}\t{content['words']['page']} "
    add_page_number(footer)
