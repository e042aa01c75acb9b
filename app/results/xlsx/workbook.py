"""What an XLSX file is made of: sheets that print well, tables, charts; no text in it runs."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xlsxwriter.workbook import Format, Workbook, Worksheet

Cell = str | int | float | None

LONGEST_CELL = 32_767  # characters; Excel calls a file with a longer one damaged
LONGEST_NAME = 31  # of a sheet, in UTF-16 units
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Column(NamedTuple):
    header: str
    width: float  # characters
    kind: str = "text"


class Bars(NamedTuple):
    """A chart of the table rows `first` to `last`, named by the column `names`.

    `title` must be ours: xlsxwriter takes one that begins with = for a reference to a cell.
    """

    title: str
    first: int
    last: int
    names: int


class Series(NamedTuple):
    name: str
    column: int
    colour: str


class Book:
    """A workbook, its formats, and the two things its sheets are made of: tables and charts."""

    def __init__(self, created: datetime, title: str) -> None:
        self._bytes = io.BytesIO()
        self.file = Workbook(
            self._bytes,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self.file.set_properties({"created": created, "title": title})
        styles: dict[str, dict[str, object]] = {
            "title": {"bold": True, "font_size": 16},
            "label": {"bold": True, "valign": "top"},
            "text": {"text_wrap": True, "valign": "top"},
            "number": {"num_format": "#,##0", "valign": "top"},
            "percent": {"num_format": "0 %", "valign": "top"},
            # 14: the day as the reader's own country writes it
            "date": {"num_format": 14, "align": "left", "valign": "top"},
        }
        self.formats: dict[str, Format] = {
            name: self.file.add_format(style) for name, style in styles.items()
        }

    def sheet(self, name: str) -> Worksheet:
        sheet = self.file.add_worksheet(sheet_name(name))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell, kind: str) -> None:
        if cell is None:
            sheet.write_blank(row, column, None, self.formats[kind])
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell[:LONGEST_CELL], self.formats[kind])
        else:
            sheet.write_number(row, column, cell, self.formats[kind])

    def table(
        self,
        sheet: Worksheet,
        top: int,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
    ) -> int:
        """Writes rows below a header at row `top`; returns the first free row."""
        for row, cells in enumerate(rows, top + 1):
            for column, cell in enumerate(cells):
                self.write(sheet, row, column, cell, columns[column].kind)
        bottom = top + max(len(rows), 1)  # a table without rows is a damaged one
        sheet.add_table(
            top,
            0,
            bottom,
            len(columns) - 1,
            {
                "columns": [{"header": column.header} for column in columns],
                "style": "Table Style Light 1",
            },
        )
        return bottom + 1

    def set_widths(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)

    def tally_chart(
        self, sheet: Worksheet, at: tuple[int, int], bars: Bars, series: Sequence[Series]
    ) -> None:
        """Puts stacked bars, in the order of the table, with their upper left corner at a cell."""
        chart = self.file.add_chart({"type": "bar", "subtype": "stacked"})
        for name, column, colour in series:
            chart.add_series(
                {
                    "name": name,
                    "categories": [sheet.name, bars.first, bars.names, bars.last, bars.names],
                    "values": [sheet.name, bars.first, column, bars.last, column],
                    "fill": {"color": colour},
                    "data_labels": {
                        "value": True,
                        "num_format": "#,##0;;",  # no label on an empty bar
                        "font": {"color": "white", "bold": True},
                    },
                    "gap": 40,
                }
            )
        chart.set_title({"name": bars.title})
        chart.set_y_axis({"reverse": True})  # else the first row is the lowest bar
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 720, "height": 140 + 34 * (bars.last - bars.first + 1)})
        sheet.insert_chart(*at, chart, {"description": bars.title})

    def finished(self) -> bytes:
        self.file.close()
        return self._bytes.getvalue()


def sheet_name(title: str) -> str:
    """At most 31 UTF-16 units without what Excel forbids; unique if the beginnings are."""
    name = " ".join(title.translate(FORBIDDEN_IN_NAMES).split())
    while len(name.encode("utf-16-le")) > 2 * LONGEST_NAME:
        name = name[:-1]
    return name.strip(" '")
