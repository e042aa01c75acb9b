"""A spreadsheet's bytes into rows of values: a program of its own, run by `cells`.

Whatever a file does to its reader (a zip bomb, one cell at XFD1048576), it does to this process, which
may use little memory and time, and never to the server. It imports nothing of ours.
"""

import datetime
import io
import json
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError

MAX_UNPACKED = 60_000_000  # bytes
MAX_MEMORY = 1_000_000_000
MAX_CPU_S = 20
MAX_SHEETS = 40
MAX_ROWS = 5_000
MAX_COLUMNS = 100

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
Span = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


def read(content: bytes) -> dict[str, Any]:
    """{"sheets": [{"name", "origin": [row, column], "rows", "merged": [Span]}]}, counted from 0, or
    {"problem": name of a message}. Dates are {"date": "2023-08-16"}."""
    try:
        return {"sheets": _sheets(content)}
    except PasswordError:
        return {"problem": "old_or_locked"}
    except MemoryError:
        return {"problem": "unpacked_size"}
    except Exception:  # noqa: BLE001  calamine, zipfile and expat have their own ways to say it
        return {"problem": "no_spreadsheet"}


def _sheets(content: bytes) -> list[dict[str, Any]]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise PasswordError  # or from before 2007: the beginning is the same
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
            raise MemoryError
        if parts.testzip() is not None:  # a part that is larger than it says fails here, too
            raise zipfile.BadZipFile
        spans = _ods_spans(parts) if "content.xml" in parts.namelist() else None
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = book.sheet_names[:MAX_SHEETS]
    return [_sheet(name, book.get_sheet_by_name(name), spans) for name in names]


def _sheet(name: str, sheet: CalamineSheet, spans: dict[str, list[Span]] | None) -> dict[str, Any]:
    row, column = sheet.start or (0, 0)
    if spans is None:
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    else:
        merged = spans.get(name, [])
    is_small = sheet.height <= MAX_ROWS and sheet.width <= MAX_COLUMNS
    return {
        "name": name,
        "origin": [row, column],
        "height": sheet.height,
        "width": sheet.width,
        "rows": [[_value(cell) for cell in cells] for cells in sheet.to_python()]
        if is_small
        else [],
        "merged": merged[:MAX_ROWS],
    }


def _value(cell: object) -> object:
    if isinstance(cell, datetime.date):  # a datetime is one
        return {"date": cell.isoformat()[:10]}
    return cell if isinstance(cell, str | int | float) else str(cell)


def _ods_spans(parts: zipfile.ZipFile) -> dict[str, list[Span]]:
    """The merged cells of an .ods by sheet, which calamine does not tell."""
    spans: dict[str, list[Span]] = {}
    sheet, row, column = "", 0, 0
    content = parts.open("content.xml")
    for event, element in ElementTree.iterparse(content, ("start", "end")):  # noqa: S314  bounded
        if event == "start" and element.tag == TABLE + "table":
            sheet, row = element.get(TABLE + "name", ""), 0
        elif event == "start" and element.tag == TABLE + "table-row":
            column = 0
        elif event == "end" and element.tag == TABLE + "table-row":
            row += int(element.get(TABLE + "number-rows-repeated", 1))
            element.clear()
        elif event == "end" and element.tag in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            rows = int(element.get(TABLE + "number-rows-spanned", 1))
            columns = int(element.get(TABLE + "number-columns-spanned", 1))
            if rows > 1 or columns > 1:
                spans.setdefault(sheet, []).append(
                    (row, column, row + rows - 1, column + columns - 1)
                )
            column += int(element.get(TABLE + "number-columns-repeated", 1))
    return spans


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the reader's patience bounds the time there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bound()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
