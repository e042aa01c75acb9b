"""What the values of a plan are called on screen: as in the spreadsheet, so that she finds them there."""

from app.planning.sheets.words import EVENT_FIELDS, SERIES_FIELDS, SHEETS, Column, heading_for

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
