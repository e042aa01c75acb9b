"""Parts of a plan as fields of a form: named, explained and ordered as in the spreadsheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.planning.plan_data import Data
from app.planning.plan_errors import PlanError
from app.planning.plan_fields import is_language
from app.planning.sheets.columns import COLUMNS, Column
from app.planning.sheets.explained import FIELDS
from app.planning.sheets.headings import heading_for
from app.planning.sheets.values import as_planned

NOT_HERE = {
    "event": {"key"},
    "islands": {"number"},
    "contacts": {"island"},
    "offers": {"island", "key"},
}
LONG = {"introduction", "conclusion", "text", "description"}
USUAL_SIBLINGS = ("en", "simple")


@dataclass(frozen=True)
class Field:
    """`kind` is text, long, number, date, scope or locale; `stored` is what somebody else has saved
    meanwhile, None when it's the same."""

    name: str
    label: str
    kind: str
    value: str
    hint: str = ""
    error: str = ""
    stored: str | None = None
    is_needed: bool = False
    is_sibling: bool = False


def fields_of(
    part: str,
    values: Data,
    language: str,
    errors: Mapping[str, str] | None = None,
    *,
    prefix: str = "",
    stored: Data | None = None,
) -> list[Field]:
    """The fields of a part with their values, those in other languages after all the others."""
    fields: list[Field] = []
    for column in _columns(part):
        for sibling in _siblings(part, column, values):
            name = column.field + (f"_{sibling}" if sibling else "")
            value = _shown(values.get(name, ""))
            other = _shown(stored.get(name, "")) if stored is not None else value
            fields.append(
                Field(
                    prefix + name,
                    heading_for(column, sibling, language),
                    "long" if column.field in LONG else column.kind,
                    value,
                    hint="" if sibling else FIELDS.get((part, column.field), {}).get(language, ""),
                    error=(errors or {}).get(prefix + name, ""),
                    stored=None if other == value else other,
                    is_needed=column.is_needed
                    and not sibling
                    and column.field != "district"
                    and part != "contacts",  # emptied, they go
                    is_sibling=bool(sibling),
                )
            )
    return sorted(fields, key=lambda field: field.is_sibling)


def typed(part: str, form: Mapping[str, Any], prefix: str = "") -> Data:
    """What was typed into these fields; what was left empty is left out."""
    values: Data = {}
    for name, text in form.items():
        if not isinstance(text, str) or not name.startswith(prefix):
            continue
        column = _column(part, name.removeprefix(prefix))
        if column is not None and text.strip():
            values[name.removeprefix(prefix)] = as_planned(text, column.kind)
    if part == "event":
        values.setdefault("district", "")
    return values


def typed_rows(part: str, form: Mapping[str, Any]) -> list[Data]:
    """The rows of a list, fields `contacts-0-name` and so on, without the empty ones."""
    count = sum(name.startswith(f"{part}-") for name in form)
    rows = (typed(part, form, f"{part}-{at}-") for at in range(count))
    return [row for row in rows if row]


def errors_by_name(errors: Iterable[PlanError], depth: int, translate: Any) -> dict[str, str]:
    """Field name → what is wrong; `depth` steps of a location lead to the form's own part."""
    return {
        "-".join(map(str, error.location[depth:])): error.problem(translate) for error in errors
    }


def _columns(part: str) -> list[Column]:
    return [column for column in COLUMNS[part] if column.field not in NOT_HERE.get(part, ())]


def _column(part: str, name: str) -> Column | None:
    for column in _columns(part):
        field, _, language = name.rpartition("_")
        if name == column.field or (
            column.has_siblings and field == column.field and is_language(language)
        ):
            return column
    return None


def _siblings(part: str, column: Column, values: Data) -> list[str]:
    if not column.has_siblings:
        return [""]
    languages = [] if part == "contacts" else list(USUAL_SIBLINGS)
    for name in values:
        field, _, language = name.rpartition("_")
        if field == column.field and language not in languages and is_language(language):
            languages.append(language)
    return ["", *languages]


def _shown(value: object) -> str:
    """As an input takes it: dates in ISO."""
    return str(value)
