"""What sheets, columns and fields of a planning spreadsheet are called, in German and in English."""

from dataclasses import dataclass
from typing import Literal

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
COLUMNS: dict[str, tuple[Column, ...]] = {
    "series": SERIES_FIELDS,
    "event": EVENT_FIELDS,
    **{name: SHEETS[name].columns for name in ("dates", "islands", "contacts", "offers")},
}
NOTES = ("Notiz", "Notizen", "Bemerkung", "Bemerkungen", "Erklärung", "Hinweis", "Note", "Notes")

SCOPES = {
    "city": ("Stadt", "City", "ganze Stadt", "Gesamtstadt", "stadtweit", "whole city"),
    "district": ("Stadtteil", "District", "Sozialraum", "Bezirk", "Quartier"),
}
LOCALES = {"de": ("Deutsch", "German"), "en": ("Englisch", "English")}
SIMPLE = ("einfach", "simple", "Leichte Sprache", "Einfache Sprache", "leicht", "plain")
