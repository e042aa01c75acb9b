"""What sheets, headings and fields of a planning spreadsheet are called, in German and in English."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from babel import Locale

from app.planning.plan_fields import is_language

Kind = Literal["text", "number", "date", "scope", "locale"]


@dataclass(frozen=True)
class Column:
    """A column, or a field of the first sheet. `is_needed`: a plan without it is none."""

    field: str
    german: str
    english: str
    kind: Kind = "text"
    is_needed: bool = False
    has_siblings: bool = False
    others: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.english if language == "en" else self.german


@dataclass(frozen=True)
class SheetWords:
    german: str
    english: str
    columns: tuple[Column, ...]
    others: tuple[str, ...] = ()
    is_needed: bool = True

    def name(self, language: str) -> str:
        return self.english if language == "en" else self.german


_ISLAND = Column(
    "island", "Insel", "Island", "number", is_needed=True, others=("Themeninsel", "Inselnummer")
)

SHEETS: dict[str, SheetWords] = {
    "event": SheetWords(
        "Veranstaltung",
        "Event",
        (
            Column("field", "Feld", "Field", is_needed=True),
            Column("value", "Wert", "Value", is_needed=True),
        ),
    ),
    "dates": SheetWords(
        "Termine",
        "Dates",
        (
            Column("date", "Datum", "Date", "date", is_needed=True),
            Column(
                "district",
                "Stadtteil",
                "District",
                is_needed=True,
                others=("Sozialraum", "Bezirk"),
            ),
        ),
        is_needed=False,
    ),
    "islands": SheetWords(
        "Inseln",
        "Islands",
        (
            Column("number", "Nummer", "Number", "number", is_needed=True, others=("Nr", "No")),
            Column("title", "Titel", "Title", is_needed=True, has_siblings=True, others=("Thema",)),
            Column("text", "Text", "Text", has_siblings=True),
        ),
        others=("Themeninseln",),
    ),
    "contacts": SheetWords(
        "Kontakte",
        "Contacts",
        (
            _ISLAND,
            Column("name", "Name", "Name", is_needed=True, has_siblings=True),
            Column("url", "Web", "Web", others=("Webadresse", "Website", "Internet", "URL")),
            Column("mail", "Mail", "Mail", others=("E-Mail", "Mailadresse")),
            Column("phone", "Telefon", "Phone", others=("Telefonnummer", "Telephone")),
        ),
        is_needed=False,
    ),
    "offers": SheetWords(
        "Angebote",
        "Offers",
        (
            _ISLAND,
            Column("key", "Schlüssel", "Key"),
            Column(
                "title", "Titel", "Title", is_needed=True, has_siblings=True, others=("Angebot",)
            ),
            Column("scope", "Reichweite", "Scope", "scope"),
            Column("description", "Beschreibung", "Description", has_siblings=True),
        ),
    ),
}

SERIES_FIELDS = (
    Column(
        "title",
        "Reihe",
        "Series",
        is_needed=True,
        has_siblings=True,
        others=("Veranstaltungsreihe",),
    ),
    Column("key", "Schlüssel der Reihe", "Series key"),
    Column(
        "organiser",
        "Veranstaltet von",
        "Organiser",
        has_siblings=True,
        others=("Veranstalter", "Veranstalterin", "Veranstalter*in"),
    ),
)
EVENT_FIELDS = (
    Column("title", "Titel", "Title", is_needed=True, has_siblings=True),
    Column("key", "Schlüssel", "Key"),
    Column(
        "district",
        "Stadtteil",
        "District",
        is_needed=True,
        has_siblings=True,
        others=("Sozialraum", "Bezirk"),
    ),
    Column("date", "Datum", "Date", "date", is_needed=True),
    Column("place", "Ort", "Place", has_siblings=True),
    Column("locale", "Sprache", "Language", "locale"),
    Column("cafe_minutes", "Minuten", "Minutes", "number", others=("Dauer", "Dauer in Minuten")),
    Column(
        "expected_attendees",
        "Erwartete Teilnehmende",
        "Expected attendees",
        "number",
        others=("Teilnehmende",),
    ),
    Column("know_question", "Frage zu den Punkten", "Question about the dots", has_siblings=True),
    Column("card_question", "Frage zu den Karten", "Question about the cards", has_siblings=True),
    Column("word_question", "Frage zu den Wörtern", "Question about the words", has_siblings=True),
    Column("wifi_name", "WLAN-Name", "Wi-Fi name"),
    Column("wifi_password", "WLAN-Passwort", "Wi-Fi password"),
    Column("introduction", "Einleitung", "Introduction", has_siblings=True),
    Column("conclusion", "Fazit", "Conclusion", has_siblings=True, others=("Schluss",)),
)
NOTES = ("Notiz", "Notizen", "Bemerkung", "Bemerkungen", "Erklärung", "Hinweis", "Note", "Notes")

SCOPES = {
    "city": ("Stadt", "City", "ganze Stadt", "Gesamtstadt", "stadtweit", "whole city"),
    "district": ("Stadtteil", "District", "Sozialraum", "Bezirk", "Quartier"),
}
LOCALES = {"de": ("Deutsch", "German"), "en": ("Englisch", "English")}
SIMPLE = ("einfach", "simple", "Leichte Sprache", "Einfache Sprache", "leicht", "plain")


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
    shown = {"de": "einfach", "en": "simple"}[language] if sibling == "simple" else sibling
    return column.name(language) + (f" ({shown})" if sibling else "")


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
