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
    "syntax": N_("Das ist kein gültiges TOML: %(reason)s."),
    "syntax_column": N_("Das ist kein gültiges TOML: %(reason)s (Spalte %(column)s)."),
    "encoding": N_("Die Datei ist nicht in UTF-8 gespeichert. Bitte speichern Sie sie als UTF-8."),
    "size": N_("Die Datei ist zu groß: höchstens 2 MB."),
}
OTHER = N_("Diese Angabe passt nicht.")

PLACE_AND_LINE = N_("%(place)s (Zeile %(line)s): %(problem)s")
ONLY_PLACE = N_("%(place)s: %(problem)s")
ONLY_LINE = N_("Zeile %(line)s: %(problem)s")


@dataclass(frozen=True)
class PlanError:
    """`place` is a path such as `islands[3] „Ehrenamt“ / offers[2] / title`, counted from 1.

    It is "" for the file as a whole. `line` counts from 1, `message` is a catalogue entry.
    """

    place: str
    line: int | None
    message: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = lambda message: message) -> str:
        """One line for people, e.g. `event / title (Zeile 12): Diese Angabe fehlt.`"""
        problem = translate(self.message) % self.parameters
        if self.place:
            frame = ONLY_PLACE if self.line is None else PLACE_AND_LINE
        elif self.line is not None:
            frame = ONLY_LINE
        else:
            return problem
        return translate(frame) % {"place": self.place, "line": self.line, "problem": problem}


class PlanErrors(Exception):
    """Everything that is wrong with a plan, in the order of the file. Nothing of it was used."""

    def __init__(self, errors: list[PlanError]) -> None:
        self.errors = sorted(errors, key=lambda error: (error.line is None, error.line or 0))
        super().__init__("\n".join(error.text() for error in self.errors))


def whole_file(kind: str, line: int | None = None, **parameters: object) -> PlanErrors:
    """The one error of a file that can't be read at all."""
    return PlanErrors([PlanError("", line, MESSAGES[kind], parameters)])


def plan_error(
    kind: str,
    location: Location,
    data: object,
    lines: Mapping[Location, int],
    parameters: Mapping[str, object],
) -> PlanError:
    """An error at `location` in `data`; without its own line it gets that of what is around it."""
    around = (location[:length] for length in range(len(location), 0, -1))
    line = next((lines[part] for part in around if part in lines), None)
    return PlanError(place(location, data), line, MESSAGES.get(kind, OTHER), parameters)


def explained(
    error: ErrorDetails, model: type[BaseModel], data: object, lines: Mapping[Location, int]
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
    return plan_error(kind, location, data, lines, parameters)


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


def printable(text: object) -> str:
    """Short, and without anything that a terminal would obey."""
    short = str(text) if len(str(text)) <= 60 else f"{str(text)[:59]}…"
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
