"""What is wrong with a plan, in the words of the person who wrote the file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.planning.lines import Location
from app.planning.plan_messages import (
    IN_CELLS,
    MESSAGES,
    ONLY_LINE,
    ONLY_PLACE,
    OTHER,
    PLACE_AND_LINE,
)

SIBLINGS = "\0texts"  # where a plan's `title_en` are collected; no file has this key by accident


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
