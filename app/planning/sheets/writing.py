"""A plan as a spreadsheet to be filled, changed and imported again: the template, and any event."""

import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.workbook import Format, Workbook, Worksheet

from app.planning.plan import MAX_ISLANDS, Plan
from app.planning.plan_data import Data, data_of
from app.planning.plan_reading import read_plan
from app.planning.sheets.columns import EVENT_FIELDS, SCOPES, SERIES_FIELDS, SHEETS, Column
from app.planning.sheets.explained import ENTRIES, FIELDS, GUIDE, GUIDE_SHEET, HINTS
from app.planning.sheets.headings import heading_for

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_TO_FILL = 500
WIDTHS = {
    "title": 38,
    "name": 44,
    "text": 50,
    "description": 60,
    "url": 48,
    "mail": 32,
    "phone": 20,
}
NARROW = 14
LONG_TEXT = 62

Cell = str | int | datetime.date


def template_xlsx(language: str) -> bytes:
    """Filled with an example, to be overwritten."""
    example = Path(__file__).with_name(f"template_{language}.toml")
    made = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return plan_xlsx(read_plan(example.read_bytes()), language, made)


def plan_xlsx(plan: Plan, language: str, created: datetime.datetime) -> bytes:
    """The sheets of the plan in `language` ("de" or "en"); read back, the same plan."""
    return _Workbook(data_of(plan), language, created).finished()


class _Workbook:
    def __init__(self, data: Data, language: str, created: datetime.datetime) -> None:
        self._bytes = io.BytesIO()
        self._language = language
        self._file = Workbook(
            self._bytes,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._file.set_properties({"created": created.replace(tzinfo=None)})
        styles: dict[str, dict[str, object]] = {
            "title": {"bold": True, "font_size": 16},
            "heading": {"bold": True, "bg_color": "#DCEBF8", "bottom": 1, "text_wrap": True},
            "text": {"text_wrap": True, "valign": "top"},
            "label": {"bold": True, "valign": "top"},
            "note": {"text_wrap": True, "valign": "top", "font_color": "#5C5346", "italic": True},
            "number": {"valign": "top", "align": "left"},
            "date": {"num_format": 14, "valign": "top", "align": "left"},
        }
        self._formats: dict[str, Format] = {
            name: self._file.add_format(style) for name, style in styles.items()
        }
        self._event(data)
        self._list("islands", data["islands"])
        self._list("contacts", list(_below(data, "contacts")))
        self._list("offers", list(_below(data, "offers")))
        self._list("dates", data["series"]["dates"])
        self._guide()

    def finished(self) -> bytes:
        self._file.close()
        return self._bytes.getvalue()

    def _event(self, data: Data) -> None:
        """Every field, filled or not, with what it is for."""
        words = SHEETS["event"]
        sheet = self._sheet(words.name(self._language), [24, LONG_TEXT, LONG_TEXT])
        headings = [column.name(self._language) for column in words.columns]
        note = {"de": "Erklärung", "en": "Notes"}[self._language]
        self._headings(sheet, [*headings, note])
        row = 1
        for part, columns in (("series", SERIES_FIELDS), ("event", EVENT_FIELDS)):
            for column in columns:
                for sibling in ("", *_siblings([data[part]], column)):
                    name = column.field + (f"_{sibling}" if sibling else "")
                    label = heading_for(column, sibling, self._language)
                    sheet.write_string(row, 0, label, self._formats["label"])
                    self._write(sheet, row, 1, data[part].get(name))
                    explained = "" if sibling else FIELDS[part, column.field][self._language]
                    sheet.write_string(row, 2, explained, self._formats["note"])
                    self._validate(sheet, column, row, 1, row)
                    row += 1

    def _list(self, name: str, items: Sequence[Data]) -> None:
        words = SHEETS[name]
        columns = [
            (column, sibling)
            for column in words.columns
            for sibling in ("", *_siblings(items, column))
        ]
        widths = [WIDTHS.get(column.field, NARROW) for column, _ in columns]
        sheet = self._sheet(words.name(self._language), widths)
        self._headings(
            sheet, [heading_for(column, sibling, self._language) for column, sibling in columns]
        )
        for row, item in enumerate(items, start=1):
            for at, (column, sibling) in enumerate(columns):
                field = column.field + (f"_{sibling}" if sibling else "")
                value = item.get(field)
                if column.kind == "scope":
                    value = SCOPES[item["scope"]][0 if self._language == "de" else 1]
                self._write(sheet, row, at, value)
        for at, (column, sibling) in enumerate(columns):
            if not sibling:
                self._validate(sheet, column, 1, at, max(ROWS_TO_FILL, 2 * len(items)), name)

    def _guide(self) -> None:
        sheet = self._file.add_worksheet(GUIDE_SHEET[self._language])
        sheet.set_column(0, 0, 100)
        title, *lines = GUIDE[self._language]
        sheet.write_string(0, 0, title, self._formats["title"])
        for row, line in enumerate(lines, start=2):
            sheet.write_string(row, 0, line, self._formats["text"])

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self._file.add_worksheet(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _headings(self, sheet: Worksheet, headings: Sequence[str]) -> None:
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, self._formats["heading"])

    def _write(self, sheet: Worksheet, row: int, at: int, value: Cell | None) -> None:
        if value is None or value == "":
            sheet.write_blank(row, at, None, self._formats["text"])
        elif isinstance(value, datetime.date):
            day = datetime.datetime.combine(value, datetime.time())
            sheet.write_datetime(row, at, day, self._formats["date"])
        elif isinstance(value, int):
            sheet.write_number(row, at, value, self._formats["number"])
        else:
            sheet.write_string(row, at, value, self._formats["text"])

    def _validate(
        self, sheet: Worksheet, column: Column, first: int, at: int, last: int, name: str = "event"
    ) -> None:
        """A list to choose from, or a hint; what Excel lets pass, the import still checks."""
        rule: dict[str, Any] = {"validate": "any"}
        if column.kind == "scope":
            rule = _choice([SCOPES[scope][self._language == "en"] for scope in SCOPES])
        elif column.kind == "locale":
            rule = _choice(["de", "en"])
        elif column.field == "island":
            islands = SHEETS["islands"].name(self._language)
            rule = _choice(f"='{islands}'!$A$2:$A${MAX_ISLANDS + 1}")
        elif column.kind == "number":
            rule = {"validate": "integer", "criteria": ">=", "value": 1}
        elif column.kind == "date":
            rule = {"validate": "date", "criteria": ">=", "value": datetime.date(2000, 1, 1)}
        rule |= {"error_title": ENTRIES[self._language], "error_type": "warning"}
        hint = HINTS.get((name, column.field))
        if hint is not None:
            rule |= {
                "input_title": column.name(self._language),
                "input_message": hint[self._language],
            }
        if rule["validate"] != "any" or hint is not None:
            sheet.data_validation(first, at, last, at, rule)


def _choice(source: str | list[str]) -> dict[str, Any]:
    return {"validate": "list", "source": source}


def _below(data: Data, name: str) -> Iterator[Data]:
    for island in data["islands"]:
        for item in island[name]:
            yield {"island": island["number"], **item}


def _siblings(items: Sequence[Data], column: Column) -> list[str]:
    """The languages in which any of `items` says this, too."""
    if not column.has_siblings:
        return []
    beginning = f"{column.field}_"
    found = {
        name.removeprefix(beginning)
        for item in items
        for name in item
        if name.startswith(beginning) and name.rpartition("_")[0] == column.field
    }
    return sorted(found)
