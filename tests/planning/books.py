"""Spreadsheets as planners bring them, made with other libraries than the one that reads them."""

import datetime
from io import BytesIO
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Rows = list[list[Any]]
Book = dict[str, Rows]


def small() -> Book:
    """Two islands, two contacts, three offers, one of them without a key."""
    return {
        "Veranstaltung": [
            ["Feld", "Wert"],
            ["Reihe", "Dialoge 2026"],
            ["Titel", "Dialog Mitte"],
            ["Stadtteil", "Mitte"],
            ["Datum", datetime.date(2026, 11, 3)],
            ["Minuten", 60],
        ],
        "Inseln": [
            ["Nummer", "Titel", "Text"],
            [1, "Wohnen", None],
            [2, "Ehrenamt", "Zum Mitmachen"],
        ],
        "Kontakte": [
            ["Insel", "Name", "Web", "Mail", "Telefon"],
            [1, "Wohnungsamt", "https://example.org/", "wohnen@example.org", "0208 1"],
            [2, "Ehrenamtsbüro", None, None, None],
        ],
        "Angebote": [
            ["Insel", "Schlüssel", "Titel", "Reichweite", "Beschreibung"],
            [1, "beratung", "Wohnberatung", "Stadt", "Für alle."],
            [2, "karte", "Ehrenamtskarte", "Stadtteil", None],
            [2, None, "Börse für Freiwillige", None, None],
        ],
    }


def xlsx(book: Book, *, merged: dict[str, list[str]] | None = None) -> bytes:
    file = openpyxl.Workbook()
    file.remove(file.active)
    for name, rows in book.items():
        sheet = file.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in (merged or {}).get(name, []):
            sheet.merge_cells(area)
    return _saved(file.save)


def ods(book: Book, *, merged: dict[str, list[tuple[int, int, int]]] | None = None) -> bytes:
    """`merged` areas are (row, column, rows), counted from 0."""
    file = OpenDocumentSpreadsheet()
    for name, rows in book.items():
        areas = (merged or {}).get(name, [])
        table = Table(name=name)
        for at, row in enumerate(rows):
            line = TableRow()
            for column, value in enumerate(row):
                spans = [rows for top, left, rows in areas if (top, left) == (at, column)]
                is_covered = any(
                    left == column and top < at < top + count for top, left, count in areas
                )
                line.addElement(CoveredTableCell() if is_covered else _cell(value, spans))
            table.addElement(line)
        file.spreadsheet.addElement(table)
    return _saved(file.write)


def _cell(value: Any, spans: list[int]) -> TableCell:
    span = {"numberrowsspanned": spans[0], "numbercolumnsspanned": 1} if spans else {}
    if value is None:
        return TableCell(**span)
    if isinstance(value, datetime.date):
        return TableCell(valuetype="date", datevalue=value.isoformat(), **span)
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value), **span)
    cell = TableCell(valuetype="string", **span)
    cell.addElement(P(text=value))
    return cell


def _saved(save: Any) -> bytes:
    file = BytesIO()
    save(file)
    return file.getvalue()
