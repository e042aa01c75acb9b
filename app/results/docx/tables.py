"""Tables that screen readers understand, written without python-docx, which takes seconds for large ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from app.results.docx.elements import Line, element, run_of
from app.results.docx.styles import BOARD


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


def without(
    columns: Sequence[Column], rows: Sequence[list[Cell]], at: int
) -> tuple[list[Column], list[list[Cell]]]:
    """The table but for a column in which everything is 0; its width goes to those with text."""
    kept = [*columns[:at], *columns[at + 1 :]]
    freed = columns[at].width / sum(not column.is_number for column in kept)
    return [
        column if column.is_number else replace(column, width=column.width + freed)
        for column in kept
    ], [[*row[:at], *row[at + 1 :]] for row in rows]


def _describe(table: Any, columns: Sequence[Column], about: str) -> None:
    properties = table.tblPr
    for found in properties.findall(qn("w:tblLook")):
        properties.remove(found)
    layout = element("w:tblLayout", type="fixed")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        is_line = side in {"bottom", "insideH"}
        value = "single" if is_line else "nil"
        borders.append(element(f"w:{side}", val=value, sz="4", color="B5A88F"))
    for found in properties.findall(qn("w:tblLayout")):
        properties.remove(found)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="100", type="dxa"))
    properties.extend([element("w:tblInd", w="100", type="dxa"), borders, layout, margins])
    properties.append(element("w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"))
    properties.append(element("w:tblCaption", val=about))
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
    properties.append(element("w:tcW", w=str(Cm(column.width).twips), type="dxa"))
    if is_header:
        properties.append(element("w:shd", val="clear", color="auto", fill=BOARD))
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
    properties.append(element("w:spacing", before="20", after="20"))
    if is_number:
        properties.append(element("w:jc", val="right"))
    paragraph.append(properties)
    paragraph.append(run_of(line))
    return paragraph
