"""Headings of a planning spreadsheet, recognised however they are written, and as we write them."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from babel import Locale

from app.planning.lines import Location
from app.planning.plan_fields import is_language
from app.planning.sheets.columns import COLUMNS, NOTES, SHEETS, SIMPLE, Column

LISTS = {"dates", "contacts"}  # fields that are sheets of their own


def folded(text: object) -> str:
    """Without case, spaces and signs, umlauts spelt out: how names are compared."""
    small = unicodedata.normalize("NFKC", str(text)).casefold()
    for letter, spelt in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        small = small.replace(letter, spelt)
    return re.sub(r"[\W_]+", "", small)


def column_called(heading: object, columns: Iterable[Column]) -> str | None:
    """The field of a heading such as `Titel`, or with its language of one such as `Titel (en)`:
    `title_en`. None for one that isn't any of these."""
    name, language = _parted(str(heading))
    for column in columns:
        names = {folded(each) for each in (column.german, column.english, *column.others)}
        if language is None and folded(heading) in names:
            return column.field
        if language and column.has_siblings and folded(name) in names:
            return f"{column.field}_{language}"
    return None


def column_of(field: str, columns: Iterable[Column]) -> Column:
    """The column of a field, or of its sibling in another language."""
    name = field.rpartition("_")[0]
    return next(
        column
        for column in columns
        if field == column.field or (column.has_siblings and name == column.field)
    )


def meant(heading: object, columns: Iterable[Column], language: str) -> str | None:
    """The heading that looks most like this one."""
    names = {folded(column.name(language)): column.name(language) for column in columns}
    return next((names[name] for name in get_close_matches(folded(heading), names, n=1)), None)


def is_note(heading: object) -> bool:
    return folded(heading) in {folded(note) for note in NOTES}


def heading_for(column: Column, sibling: str, language: str) -> str:
    """`Titel`, or for the sibling `en` `Titel (en)`, as we write it."""
    if sibling == "simple" and language != "en":
        sibling = "einfach"
    return column.name(language) + (f" ({sibling})" if sibling else "")


def name_of(part: str, field: str, language: str) -> str:
    """What a value of a plan is called on screen: as in the spreadsheet, so that she finds it there.
    `title_en` of "offers" is „Titel (en)“."""
    if field in LISTS:
        return SHEETS[field].name(language)
    for column in COLUMNS[part]:
        if field == column.field:
            return heading_for(column, "", language)
        if field.rpartition("_")[0] == column.field and column.has_siblings:
            return heading_for(column, field.rpartition("_")[2], language)
    return field


def _parted(heading: str) -> tuple[str, str | None]:
    found = re.fullmatch(r"\s*(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*", heading, re.DOTALL)
    if found is None:
        return heading, None
    return found[1], _language(found[2])


def _language(name: str) -> str:
    """A code; "" for a language nobody knows."""
    if folded(name) in {folded(each) for each in SIMPLE}:
        return "simple"
    code = name.strip().lower()
    return code if is_language(code) else _named_languages().get(folded(name), "")


@cache
def _named_languages() -> dict[str, str]:
    return {
        folded(name): code
        for spoken in ("en", "de")
        for code, name in Locale(spoken).languages.items()
        if is_language(code)
    }


def label_at(location: Location, language: str) -> str:
    """What the value at this place of the plan is called: „Telefon“; "" where that is not known."""
    parts = [part for part in location if part in COLUMNS]
    if not parts or not isinstance(location[-1], str) or location[-1] in COLUMNS:
        return ""
    field = location[-1]
    name = name_of(str(parts[-1]), field, language)
    return "" if name == field else name
