"""Cells as the plan wants them: Excel has `1.0` for 1, a text for a date, and „Stadt“ for `city`."""

import datetime
import re
from collections.abc import Callable, Mapping

from app.planning.sheets.cells import Value
from app.planning.sheets.columns import LOCALES, SCOPES, Column, Kind
from app.planning.sheets.headings import column_of, folded
from app.planning.sheets.table import Row

EXCELS_DAY_ZERO = datetime.date(1899, 12, 30)
PLAUSIBLE_DAYS = (36_526, 73_050)  # 2000 to 2099


def as_planned(value: Value, kind: Kind) -> object:
    """The value; one that doesn't fit stays as it is, for the plan to refuse."""
    return _READERS[kind](value)


def planned(row: Row, columns: tuple[Column, ...]) -> dict[str, object]:
    """A row's filled fields as the plan wants them."""
    return {
        name: as_planned(value, column_of(name, columns).kind) for name, value in row.values.items()
    }


def _text(value: Value) -> object:
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return f"{value:%d.%m.%Y}"
    return str(value)


def _number(value: Value) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}(?:[.,]0*)?\s*", value):
        return int(re.split("[.,]", value)[0])
    return value


def _date(value: Value) -> object:
    first, last = PLAUSIBLE_DAYS
    if isinstance(value, float) and first <= value <= last:  # a date without a date's format
        return EXCELS_DAY_ZERO + datetime.timedelta(days=value)
    if not isinstance(value, str):
        return value
    day = re.fullmatch(r"\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\s*", value)
    iso = re.fullmatch(r"\s*(\d{4})-(\d{2})-(\d{2})\s*", value)
    try:
        if day:
            year = int(day[3]) + (2000 if len(day[3]) == 2 else 0)
            return datetime.date(year, int(day[2]), int(day[1]))
        return datetime.date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else value
    except ValueError:  # the 31st of June
        return value


def _named(names: Mapping[str, tuple[str, ...]]) -> Callable[[Value], object]:
    known = {folded(name): code for code, said in names.items() for name in (code, *said)}
    return lambda value: known.get(folded(value), str(value))


_READERS: dict[Kind, Callable[[Value], object]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "scope": _named(SCOPES),
    "locale": _named(LOCALES),
}
