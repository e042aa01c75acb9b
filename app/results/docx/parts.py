"""What a Word file is made of that python-docx has no word for: tables that readers understand, alt texts,
links, fields."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

from app.results.docx.styles import BOARD, MUTED

YES, NO = "#00655f", "#b8320f"
BAR_CM = 8.0


@dataclass(frozen=True)
class Line:
    """A paragraph of a cell."""

    text: str
    is_bold: bool = False
    is_small: bool = False
    is_from_right: bool = False


@dataclass(frozen=True)
class Column:
    """`width` in cm; numbers stand on the right."""

    header: str
    width: float
    is_number: bool = False


Cell = str | Sequence[Line]


def add_table(
    document: Document, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], about: str
) -> Any:
    """The `w:tbl` element; `about` is what a screen reader says of it. The header is repeated on every
    page, and no row is divided."""
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")._tbl  # noqa: SLF001
    _describe(table, columns, about)
    header = [[Line(column.header, is_bold=True)] for column in columns]
    table.append(_row(columns, header, is_header=True))
    for cells in rows:
        table.append(_row(columns, cells))
    between = document.add_paragraph()  # two tables in a row would become one
    between.paragraph_format.space_after = 0
    return table


def add_picture(document: Document, content: bytes, width_cm: float, alt: str) -> Paragraph:
    paragraph = document.add_paragraph()
    put_picture(paragraph, content, width_cm, alt)
    return paragraph


def put_picture(paragraph: Paragraph, content: bytes, width_cm: float, alt: str) -> None:
    # Not `add_picture`: it looks through the whole file for a free id. `number_pictures` gives them.
    part = paragraph.part
    relation, image = part.get_or_add_image(io.BytesIO(content))
    width, height = image.scaled_dimensions(Cm(width_cm), None)
    inline = CT_Inline.new_pic_inline(0, relation, image.filename, width, height)
    inline.docPr.set("descr", alt)
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # else some leave a space of their own
    paragraph.add_run()._r.add_drawing(inline)  # noqa: SLF001


def number_pictures(document: Document) -> None:
    for number, properties in enumerate(document.element.iter(qn("wp:docPr")), start=1):
        properties.set("id", str(number))
        properties.set("name", f"Picture {number}")


def add_link(paragraph: Paragraph, text: str, target: str) -> None:
    """To an address, or with "#" to a bookmark of this file."""
    link = OxmlElement("w:hyperlink")
    if target.startswith("#"):
        link.set(qn("w:anchor"), target[1:])
    else:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
        link.set(qn("w:tooltip"), target)
    run = _run(Line(text))
    if not target.startswith("#"):
        properties = run.get_or_add_rPr()
        properties.append(_element("w:color", val="1D4F91"))
        properties.append(_element("w:u", val="single"))
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start = _element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def add_page_number(paragraph: Paragraph) -> None:
    field = _element("w:fldSimple", instr=" PAGE ")
    field.append(_run(Line("1")))
    paragraph._p.append(field)  # noqa: SLF001


def wrap_in_field(first: Paragraph, last: Paragraph, code: str) -> None:
    """What stands from one paragraph to the other is what a field shows until Word works it out anew."""
    begin, instruction, separate, end = (OxmlElement("w:r") for _ in range(4))
    begin.append(_element("w:fldChar", fldCharType="begin"))
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    instruction.append(text)
    separate.append(_element("w:fldChar", fldCharType="separate"))
    end.append(_element("w:fldChar", fldCharType="end"))
    at = 1 if first._p.pPr is not None else 0  # noqa: SLF001
    for run in (separate, instruction, begin):
        first._p.insert(at, run)  # noqa: SLF001
    last._p.append(end)  # noqa: SLF001


def put_bars(table: Any, document: Document, bars: Sequence[tuple[float, str] | None]) -> None:
    """Into the first cell of every row below the header: a share of yes, and what a reader says of it."""
    rows = Table(table, document).rows[1:]
    for row, drawn in zip(rows, bars, strict=True):
        if drawn is not None:
            share, alt = drawn
            put_picture(row.cells[0].add_paragraph(), bar(share), BAR_CM, alt)


def turn(paragraph: Paragraph) -> Paragraph:
    """The same paragraph, running from right to left."""
    paragraph._p.get_or_add_pPr().append(_element("w:bidi"))  # noqa: SLF001
    for run in paragraph.runs:
        run.font.rtl = True
    return paragraph


def bar(part: float, width: int = 600, height: int = 16) -> bytes:
    """A PNG: the share of yes filled, of no as an outline."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width - 1, height - 1), outline=NO, width=2)
    if part > 0:
        pen.rectangle((0, 0, round(part * (width - 1)), height - 1), fill=YES)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _describe(table: Any, columns: Sequence[Column], about: str) -> None:
    properties = table.tblPr
    for found in properties.findall(qn("w:tblLook")):
        properties.remove(found)
    layout = _element("w:tblLayout", type="fixed")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        is_line = side in {"bottom", "insideH"}
        value = "single" if is_line else "nil"
        borders.append(_element(f"w:{side}", val=value, sz="4", color="B5A88F"))
    for found in properties.findall(qn("w:tblLayout")):
        properties.remove(found)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="100", type="dxa"))
    properties.extend([_element("w:tblInd", w="100", type="dxa"), borders, layout, margins])
    properties.append(_element("w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"))
    properties.append(_element("w:tblCaption", val=about))
    for grid, column in zip(table.tblGrid.findall(qn("w:gridCol")), columns, strict=True):
        grid.set(qn("w:w"), str(Cm(column.width).twips))


def _row(columns: Sequence[Column], cells: Sequence[Cell], *, is_header: bool = False) -> Any:
    row, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for column, cell in zip(columns, cells, strict=True):
        lines = [Line(cell)] if isinstance(cell, str) else cell
        row.append(_cell(column, lines, is_header=is_header))
    return row


def _cell(column: Column, lines: Sequence[Line], *, is_header: bool) -> Any:
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=str(Cm(column.width).twips), type="dxa"))
    if is_header:
        properties.append(_element("w:shd", val="clear", color="auto", fill=BOARD))
    cell.append(properties)
    for line in lines:
        cell.append(_paragraph(line, is_number=column.is_number, is_header=is_header))
    return cell


def _paragraph(line: Line, *, is_number: bool, is_header: bool) -> Any:
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    if is_header:
        properties.append(OxmlElement("w:keepNext"))
    if line.is_from_right:
        properties.append(OxmlElement("w:bidi"))
    properties.append(_element("w:spacing", before="20", after="20"))
    if is_number:
        properties.append(_element("w:jc", val="right"))
    paragraph.append(properties)
    paragraph.append(_run(line))
    return paragraph


def _run(line: Line) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if line.is_bold:
        properties.append(OxmlElement("w:b"))
    if line.is_small:
        properties.append(_element("w:color", val=MUTED))
        properties.append(_element("w:sz", val="17"))  # half points
    if line.is_from_right:
        properties.append(OxmlElement("w:rtl"))
    if len(properties):
        run.append(properties)
    run.text = line.text
    return run


def _element(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element
