"""Pictures of the Word file, each with its alt text, and the bars in a table's cells."""

import io
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.package import ImageParts
from docx.parts.image import ImagePart
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image as Canvas
from PIL import ImageDraw

YES, NO = "#00655f", "#b8320f"
BAR_CM = 8.0


def add_picture(document: Document, content: bytes, width_cm: float, alt: str) -> Paragraph:
    paragraph = document.add_paragraph()
    put_picture(paragraph, content, width_cm, alt)
    return paragraph


def put_picture(paragraph: Paragraph, content: bytes, width_cm: float, alt: str) -> None:
    # Not `add_picture`: it looks through the whole file for a free id. `number_pictures` gives them.
    image = Image.from_blob(content)
    relation = paragraph.part.relate_to(_part_of(paragraph, image), RELATIONSHIP_TYPE.IMAGE)
    width, height = image.scaled_dimensions(Cm(width_cm), None)
    inline = CT_Inline.new_pic_inline(0, relation, image.filename, width, height)
    inline.docPr.set("descr", alt)
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # else some leave a space of their own
    paragraph.add_run()._r.add_drawing(inline)  # noqa: SLF001


def _part_of(paragraph: Paragraph, image: Image) -> ImagePart:
    """Each picture is in the file once. Not `get_or_add_image`: for every one it hashes all others anew."""
    parts: ImageParts = paragraph.part.package.image_parts
    part: ImagePart
    for part in parts:
        if part.blob == image.blob:
            return part
    name = PackURI(f"/word/media/image{len(parts) + 1}.{image.ext}")
    part = ImagePart.from_image(image, name)
    parts.append(part)
    return part


def number_pictures(document: Document) -> None:
    for number, properties in enumerate(document.element.iter(qn("wp:docPr")), start=1):
        properties.set("id", str(number))
        properties.set("name", f"Picture {number}")


def put_bars(table: Any, document: Document, bars: Sequence[tuple[float, str] | None]) -> None:
    """Into the first cell of every row below the header: a share of yes, and what a reader says of it."""
    rows = Table(table, document).rows[1:]
    for row, drawn in zip(rows, bars, strict=True):
        if drawn is not None:
            share, alt = drawn
            put_picture(row.cells[0].add_paragraph(), bar(share), BAR_CM, alt)


def bar(part: float, width: int = 600, height: int = 16) -> bytes:
    """A PNG: the share of yes filled, of no as an outline."""
    picture = Canvas.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width - 1, height - 1), outline=NO, width=2)
    if part > 0:
        pen.rectangle((0, 0, round(part * (width - 1)), height - 1), fill=YES)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
