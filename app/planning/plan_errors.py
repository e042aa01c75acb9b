"""What is wrong with a plan, in the words of the person who wrote the file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.errors import N_
from app.planning.lines import Location

SIBLINGS = "\0texts"  # where a plan's `title_en` are collected; no file has this key by accident

MESSAGES = {
    "missing": N_("Diese Angabe fehlt."),
    "extra_forbidden": N_("Diese Angabe kennen wir nicht."),
    "misspelt": N_("Diese Angabe kennen wir nicht. Meinten Sie „%(suggestion)s“?"),
    "string_type": N_("Hier muss ein Text in Anführungszeichen stehen."),
    "string_too_long": N_("Der Text ist zu lang: höchstens %(max_length)s Zeichen."),
    "string_too_short": N_("Der Text darf nicht leer sein."),
    "string_pattern_mismatch": N_(
        "Ein Schlüssel besteht aus Kleinbuchstaben (a–z), Ziffern und Bindestrichen, beginnt mit "
        "einem Buchstaben oder einer Ziffer und hat höchstens 80 Zeichen."
    ),
    "control_character": N_("Der Text enthält unsichtbare Steuerzeichen. Bitte entfernen Sie sie."),
    "line_break": N_("Der Text muss in einer Zeile stehen."),
    "int_type": N_("Hier muss eine ganze Zahl ohne Anführungszeichen stehen."),
    "greater_than_equal": N_("Die Zahl ist zu klein: mindestens %(ge)s."),
    "less_than_equal": N_("Die Zahl ist zu groß: höchstens %(le)s."),
    "date_type": N_("Hier muss ein Datum ohne Anführungszeichen stehen, zum Beispiel 2023-08-16."),
    "literal_error": N_("Möglich ist „city“ (ganze Stadt) oder „district“ (nur der Stadtteil)."),
    "locale": N_("Diese Sprache kennen wir nicht. Deutsch ist „de“, Englisch ist „en“."),
    "web_address": N_(
        "Eine Webadresse beginnt mit http:// oder https:// und enthält keine Leerzeichen."
    ),
    "mail_address": N_("Das ist keine E-Mail-Adresse."),
    "list_type": N_("Hier muss eine Liste stehen; Themeninseln stehen unter [[islands]]."),
    "model_type": N_("Hier muss eine Tabelle stehen."),
    "too_short": N_("Hier fehlt mindestens ein Eintrag."),
    "too_long": N_("Das sind zu viele Einträge: höchstens %(max_length)s."),
    "too_many_offers": N_("Der Plan hat zu viele Angebote: höchstens %(max_length)s."),
    "duplicate": N_("„%(value)s“ ist schon vergeben: %(first)s."),
    "duplicate_title": N_(
        "Dieses Angebot heißt wie das in %(first)s. Bitte geben Sie ihm einen eigenen Schlüssel."
    ),
    "unknown_island": N_("Eine Insel mit dieser Nummer steht nicht im Blatt „%(sheet)s“."),
    "unknown_heading": N_(
        "Diese Überschrift kennen wir nicht. Möglich sind: %(headings)s. Eigene Notizen dürfen in einer"
        " Spalte „Notiz“ stehen."
    ),
    "unknown_field": N_("Dieses Feld kennen wir nicht. Möglich sind: %(headings)s."),
    "repeated_heading": N_("Diese Überschrift steht schon in %(first)s."),
    "repeated_field": N_("Dieses Feld steht schon in %(first)s."),
    "no_heading": N_("Über dieser Spalte fehlt die Überschrift."),
    "no_number": N_("Hier muss eine ganze Zahl stehen."),
    "missing_heading": N_("Hier fehlt die Spalte „%(heading)s“."),
    "missing_headings": N_("Hier fehlt die Zeile mit den Überschriften: %(headings)s."),
    "missing_field": N_("Hier fehlt das Feld „%(heading)s“."),
    "missing_sheet": N_("Das Blatt „%(sheet)s“ fehlt."),
    "repeated_sheet": N_("Dieses Blatt gibt es zweimal: auch als „%(first)s“."),
    "too_many_rows": N_("Das Blatt ist zu groß: höchstens 5.000 Zeilen und 100 Spalten."),
    "no_spreadsheet": N_(
        "Das ist keine Tabelle von Excel oder LibreOffice. Bitte als .xlsx oder .ods speichern; eine"
        " CSV-Datei dafür zuerst in Excel öffnen."
    ),
    "old_or_locked": N_(
        "Die Datei hat ein Passwort oder das alte Format .xls. Bitte ohne Passwort als .xlsx speichern."
    ),
    "unpacked_size": N_("Die Datei ist ausgepackt zu groß oder beschädigt."),
    "empty_file": N_("Die Datei ist leer."),
    "no_file": N_("Bitte wählen Sie eine Datei."),
    "unknown_kind": N_("Bitte eine Datei mit der Endung .xlsx, .ods oder .toml wählen."),
    "syntax": N_("Das ist kein gültiges TOML: %(reason)s."),
    "syntax_column": N_("Das ist kein gültiges TOML: %(reason)s (Spalte %(column)s)."),
    "encoding": N_("Die Datei ist nicht in UTF-8 gespeichert. Bitte speichern Sie sie als UTF-8."),
    "size": N_("Die Datei ist zu groß: höchstens 2 MB."),
}
OTHER = N_("Diese Angabe passt nicht.")

IN_CELLS = {  # where a spreadsheet's or a form's words are others than the TOML file's
    "string_type": N_("Hier muss ein Text stehen."),
    "int_type": MESSAGES["no_number"],
    "date_type": N_("Hier muss ein Datum stehen, zum Beispiel 16.08.2023."),
    "literal_error": N_("Möglich ist „Stadt“ (ganze Stadt) oder „Stadtteil“."),
    "too_short": N_("Hier fehlt mindestens eine Zeile."),
    "locale": N_("Diese Sprache kennen wir nicht. Möglich sind „Deutsch“ und „Englisch“."),
}

PLACE_AND_LINE = N_("%(place)s (Zeile %(line)s): %(problem)s")
ONLY_PLACE = N_("%(place)s: %(problem)s")
ONLY_LINE = N_("Zeile %(line)s: %(problem)s")


@dataclass(frozen=True)
class Cell:
    """Of a spreadsheet; `row` and `column` count from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        letters, left = "", self.column + 1
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{printable(self.sheet)}!{letters}{self.row + 1}"


Where = int | Cell
"""A line, from 1, of a TOML file, or a cell."""


@dataclass(frozen=True)
class PlanError:
    """`place` is a path such as `islands[3] „Ehrenamt“ / offers[2] / title`, counted from 1.

    It is "" for the file as a whole. `message` is a catalogue entry. `location` is the path in the data,
    counted from 0, for a form to find the field.
    """

    place: str
    where: Where | None
    message: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    location: Location = ()

    def text(self, translate: Callable[[str], str] = lambda message: message) -> str:
        """One line for people: `event / title (Zeile 12): Diese Angabe fehlt.`, `Angebote!C7: …`"""
        problem = self.problem(translate)
        if isinstance(self.where, Cell):
            return f"{self.where}: {problem}"
        if self.place:
            frame = ONLY_PLACE if self.where is None else PLACE_AND_LINE
        elif self.where is not None:
            frame = ONLY_LINE
        else:
            return problem
        return translate(frame) % {"place": self.place, "line": self.where, "problem": problem}

    def problem(self, translate: Callable[[str], str] = lambda message: message) -> str:
        """What is wrong, without saying where."""
        return translate(self.message) % self.parameters


class PlanErrors(Exception):
    """Everything that is wrong with a plan, in the order of the file. Nothing of it was used."""

    def __init__(self, errors: list[PlanError]) -> None:
        self.errors = sorted(errors, key=_order)
        super().__init__("\n".join(error.text() for error in self.errors))


def _order(error: PlanError) -> tuple[bool, int]:
    """By lines, the whole file at last. Cells come in their order already: only sheets know it."""
    return (error.where is None, error.where if isinstance(error.where, int) else 0)


def whole_file(kind: str, line: int | None = None, **parameters: object) -> PlanErrors:
    """The one error of a file that can't be read at all."""
    return PlanErrors([PlanError("", line, MESSAGES[kind], parameters)])


def plan_error(
    kind: str,
    location: Location,
    data: object,
    places: Mapping[Location, Where],
    parameters: Mapping[str, object],
) -> PlanError:
    """An error at `location` in `data`; without its own line it gets that of what is around it.

    A location among the parameters is told as the reader finds it.
    """
    around = (location[:length] for length in range(len(location), 0, -1))
    where = next((places[part] for part in around if part in places), None)
    told = {
        name: _told(value, data, places) if isinstance(value, tuple) else value
        for name, value in parameters.items()
    }
    messages = MESSAGES if isinstance(where, int) else MESSAGES | IN_CELLS
    return PlanError(place(location, data), where, messages.get(kind, OTHER), told, location)


def _told(location: Location, data: object, places: Mapping[Location, Where]) -> str:
    where = places.get(location)
    return str(where) if isinstance(where, Cell) else place(location, data)


def explained(
    error: ErrorDetails, model: type[BaseModel], data: object, places: Mapping[Location, Where]
) -> PlanError:
    """One of pydantic's errors about `data` as a `model`."""
    kind, location = error["type"], error["loc"]
    parameters: Mapping[str, object] = error.get("ctx", {})
    if SIBLINGS in location:
        at = location.index(SIBLINGS)
        language, name = location[at + 1 : at + 3]
        location = (*location[:at], f"{name}_{language}")
    if kind == "extra_forbidden" and (suggestion := _meant(location, model)):
        kind, parameters = "misspelt", {"suggestion": suggestion}
    return plan_error(kind, location, data, places, parameters)


def place(location: Location, data: Any) -> str:
    """`("islands", 2, "title")` as `islands[3] „Ehrenamt“ / title`."""
    parts: list[str] = []
    for step in location:
        try:
            data = data[step]
        except (LookupError, TypeError):
            data = None
        if isinstance(step, str):
            parts.append(printable(step))
            continue
        parts[-1] += f"[{step + 1}]"
        title = data.get("title") if isinstance(data, dict) else None
        if (
            location[0] == "islands"
            and len(parts) == 1
            and isinstance(title, str)
            and title.strip()
        ):
            parts[-1] += f" „{printable(title)}“"
    return " / ".join(parts)


def printable(text: object, *, most: int = 60) -> str:
    """Short, and without anything that a terminal would obey."""
    short = str(text) if len(str(text)) <= most else f"{str(text)[: most - 1]}…"
    return "".join(character if character.isprintable() else "�" for character in short)


def _meant(location: Location, model: type[BaseModel]) -> str | None:
    for step in location[:-1]:
        if isinstance(step, str):
            annotation = model.model_fields[step].annotation
            tables = [
                kind for kind in (annotation, *get_args(annotation)) if isinstance(kind, type)
            ]
            model = next(kind for kind in tables if issubclass(kind, BaseModel))
    key = str(location[-1])
    fields = [field for field in model.model_fields if field != "texts"]
    if "texts" in model.model_fields and (
        sibling := re.fullmatch(r"(.+)(_[a-z]{2,3}|_simple)", key)
    ):
        for name in get_close_matches(sibling[1], fields, n=1):
            if name != sibling[1]:  # else it is the language that we don't know
                return name + sibling[2]
    return next(iter(get_close_matches(key, fields, n=1)), None)
