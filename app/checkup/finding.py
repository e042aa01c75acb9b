"""What a check found: green, yellow or red, and one sentence on what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.errors import N_

Translate = Callable[[str], str]
LABELS = {
    "disk": N_("Platz auf der Festplatte"),
    "commits": N_("Speichern"),
    "sqlite": N_("SQLite"),
    "database": N_("Datenbank"),
    "folder": N_("Datenordner"),
    "power": N_("Strom"),
    "sleep": N_("Ruhezustand"),
    "port": N_("Port"),
    "address": N_("Adresse für Handys"),
    "networks": N_("Netzwerke"),
    "files": N_("Offene Dateien"),
    "backup": N_("Sicherung"),
    "notices": N_("Rechtliche Angaben"),
    "event": N_("Veranstaltung"),
    "people": N_("Moderation"),
    "date": N_("Termin"),
    "posters": N_("QR-Codes der Plakate"),
    "phones": N_("300 Testhandys"),
    "results": N_("Ergebnisdateien"),
}
"""The checks by name, in the order in which they are told."""


class State(StrEnum):
    green = "green"
    yellow = "yellow"
    red = "red"


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is one of LABELS, `advice` a catalogue entry, `values` its parameters."""

    check: str
    state: State
    advice: str
    values: dict[str, Any]

    def as_dict(self, _: Translate) -> dict[str, str]:
        return {"check": self.check, "state": self.state, "advice": _(self.advice) % self.values}


def green(check: str, advice: str, **values: Any) -> Finding:
    return Finding(check, State.green, advice, values)


def yellow(check: str, advice: str, **values: Any) -> Finding:
    return Finding(check, State.yellow, advice, values)


def red(check: str, advice: str, **values: Any) -> Finding:
    return Finding(check, State.red, advice, values)


def worst(states: list[str]) -> State:
    return max((State(state) for state in states), key=list(State).index, default=State.green)
