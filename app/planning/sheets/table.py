"""Finds the table in a sheet: its headings, wherever they stand, and its rows below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.planning.plan_errors import Cell, PlanError, printable
from app.planning.plan_messages import MESSAGES
from app.planning.sheets.cells import Sheet, Value
from app.planning.sheets.columns import Column, SheetWords
from app.planning.sheets.headings import column_called, heading_for, is_note, meant

ROWS_TO_THE_HEADINGS = 30


@dataclass(frozen=True)
class Row:
    """`values` by field, those that are filled; `cells` has a cell for every column there is."""

    values: Mapping[str, Value]
    cells: Mapping[str, Cell]


@dataclass
class Table:
    sheet: Sheet
    words: SheetWords
    language: str
    columns: dict[str, int] = field(default_factory=dict)
    errors: list[PlanError] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)  # names that are there, misspelt
    top: int | None = None

    @property
    def is_found(self) -> bool:
        return self.top is not None

    @property
    def start(self) -> Cell:
        """Where the table begins: its first heading."""
        return self.sheet.cell(self.top or 0, min(self.columns.values(), default=0))

    def rows(self) -> Iterator[Row]:
        """Those that say anything, from above."""
        if self.top is None:
            return
        for row, filled in sorted(self.sheet.rows.items()):
            if row <= self.top:
                continue
            values = {name: filled[at] for name, at in self.columns.items() if at in filled}
            if values:
                cells = {name: self.sheet.cell(row, at) for name, at in self.columns.items()}
                yield Row(values, cells)

    def is_without(self, name: str) -> bool:
        """Whether a column is missing as a whole, which is one error and not one a row."""
        return self.top is not None and name not in self.columns

    def wrong(self, cell: Cell, kind: str, **parameters: object) -> None:
        self.errors.append(PlanError("", cell, MESSAGES[kind], parameters))


def table_in(sheet: Sheet, words: SheetWords, language: str) -> Table:
    """The table, with what is wrong about its headings."""
    table = Table(sheet, words, language)
    if sheet.is_too_large:
        table.wrong(sheet.cell(0, 0), "too_many_rows")
        return table
    top = _heading_row(sheet, words.columns)
    if top is None:
        table.wrong(sheet.cell(0, 0), "missing_headings", headings=_names(words.columns, language))
        return table
    table.top = top
    _read_headings(table, top)
    return table


def _heading_row(sheet: Sheet, columns: tuple[Column, ...]) -> int | None:
    """The upmost of those rows that have the most headings: two at least."""
    known = [
        (sum(column_called(value, columns) is not None for value in cells.values()), -row)
        for row, cells in sheet.rows.items()
        if row < min(sheet.rows) + ROWS_TO_THE_HEADINGS
    ]
    count, row = max(known, default=(0, 0))
    return -row if count >= 2 else None


def _read_headings(table: Table, top: int) -> None:
    sheet, columns = table.sheet, table.words.columns
    headings = sheet.rows[top]
    for at, heading in sorted(headings.items()):
        name = column_called(heading, columns)
        if name in table.columns:
            table.wrong(
                sheet.cell(top, at),
                "repeated_heading",
                first=str(sheet.cell(top, table.columns[name])),
            )
        elif name is not None:
            table.columns[name] = at
        elif not is_note(heading):
            _wrong_heading(table, sheet.cell(top, at), heading)
    for column in columns:
        name = column.name(table.language)
        if column.is_needed and column.field not in table.columns and name not in table.meant:
            table.wrong(table.start, "missing_heading", heading=name)
    _refuse_nameless(table, top)


def _wrong_heading(table: Table, cell: Cell, heading: Value) -> None:
    columns = table.words.columns
    suggestion = meant(heading, columns, table.language)
    if suggestion:
        table.meant.add(suggestion)
        table.wrong(cell, "misspelt", suggestion=suggestion)
    else:
        table.wrong(cell, "unknown_heading", headings=_names(columns, table.language))


def _refuse_nameless(table: Table, top: int) -> None:
    """Values below no heading: they'd be lost without a word."""
    headed = table.sheet.rows[top].keys()
    below = {
        at: row
        for row, cells in sorted(table.sheet.rows.items(), reverse=True)
        for at in cells
        if row > top and at not in headed
    }
    for at, row in sorted(below.items()):
        table.wrong(table.sheet.cell(row, at), "no_heading")


def _names(columns: tuple[Column, ...], language: str) -> str:
    return printable(", ".join(heading_for(column, "", language) for column in columns), most=200)
