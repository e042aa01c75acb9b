"""What the values of a plan are called on screen: as in the spreadsheet, so that she finds them there."""

from app.planning.lines import Location
from app.planning.sheet_words import EVENT_FIELDS, SERIES_FIELDS, SHEETS, Column, heading_for

COLUMNS: dict[str, tuple[Column, ...]] = {
    "series": SERIES_FIELDS,
    "event": EVENT_FIELDS,
    **{name: SHEETS[name].columns for name in ("dates", "islands", "contacts", "offers")},
}
LISTS = {"dates": "dates", "contacts": "contacts"}


def name_of(part: str, field: str, language: str) -> str:
    """`title_en` of "offers" is „Titel (en)“."""
    if field in LISTS:
        return SHEETS[LISTS[field]].name(language)
    for column in COLUMNS[part]:
        if field == column.field:
            return heading_for(column, "", language)
        if field.rpartition("_")[0] == column.field and column.has_siblings:
            return heading_for(column, field.rpartition("_")[2], language)
    return field


def label_at(location: Location, language: str) -> str:
    """What the value at this place of the plan is called: „Telefon“; "" where that is not known."""
    parts = [part for part in location if part in COLUMNS]
    if not parts or not isinstance(location[-1], str) or location[-1] in COLUMNS:
        return ""
    field = location[-1]
    name = name_of(str(parts[-1]), field, language)
    return "" if name == field else name
