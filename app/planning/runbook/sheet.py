"""The page for one event, as the data its template draws."""

from string import Formatter
from typing import Any

from babel.dates import format_date
from sqlmodel import Session

from app.planning.accent import accent_of, ink_on
from app.planning.models import Event, Series, localized
from app.planning.qr import as_svg, island_address
from app.planning.runbook.chapters import Chapters, Translate, course, troubles
from app.planning.runbook.quoted import COMMANDS, LABELS

TEMPLATE = "planning/runbook.typ"
TEXTS_A_MINUTE = 6  # a device; feedback/limits.py, which is above us: a test holds them equal


def runbook(
    session: Session,
    event: Event,
    *,
    address: str,
    is_local: bool,
    translate: Translate,
    language: str,
) -> dict[str, Any]:
    """The data of TEMPLATE; `address` is the server's, `language` the catalogue's that `translate` speaks.

    A line is a list of {"kind": "text" | "label" | "command" | "fact", "text"}.
    """
    _ = translate
    series = session.get_one(Series, event.series_id)
    host = address.split("://", 1)[1]
    facts = {
        "host": host,
        "code": event.code,
        "wall": f"{host}/e/{event.code}/live",
        "minutes": str(event.cafe_minutes),
        "texts": str(TEXTS_A_MINUTE),
    }
    day = format_date(event.date, "full", locale="en_GB" if language == "en" else language)
    accent = accent_of(series.accent)
    title = localized(event, "title", language)
    code = island_address(address, event.code, None)
    return {
        "language": language,
        "is_local": is_local,
        "local": _("Nur zur Ansicht: Diese Adresse gilt nur auf diesem Computer."),
        "document": f"{_('Leitfaden für den Tag')} – {title}",
        "organiser": localized(series, "organiser", language),
        "title": _("Leitfaden für den Tag"),
        "event_title": title,
        "about": " · ".join(filter(None, [day, localized(event, "place", language)])),
        "accent": {"fill": accent, "text": ink_on(accent)},
        "qr": {"svg": as_svg(code), "alt": f"{_('QR-Code:')} {code}"},
        "facts": [
            [_("Handys"), host, f"{_('Code')} {event.code}"],
            [_("Leinwand"), facts["wall"], _("am Beamer, F für das ganze Bild")],
            [_("Moderation"), f"{host}/moderate/{event.code}", _("mit der gedruckten Einladung")],
            [_("Planung"), f"{host}/plan", _("mit Name und Passwort")],
            *_wifi(event, _),
        ],
        "by_hand": _("Technik im Saal: Name, Telefon"),
        "course": {
            "title": _("So läuft der Tag"),
            "chapters": _chapters(course(_), facts, _),
        },
        "troubles": {
            "title": _("Wenn etwas nicht geht"),
            "chapters": _chapters(troubles(_), facts, _),
        },
        "footer": _(
            "Hell unterlegt: Knöpfe und Links. Schwarz: Befehle, im Terminal im Ordner des Programms;"
            " STICK ist der Ordner des USB-Sticks, DATEI die genannte Sicherung."
        ),
    }


def _wifi(event: Event, _: Translate) -> list[list[str]]:
    if not event.wifi_name:
        return []
    password = event.wifi_password
    return [[_("WLAN"), event.wifi_name, password and f"{_('Passwort')} {password}"]]


def _chapters(chapters: Chapters, facts: dict[str, str], _: Translate) -> list[dict[str, Any]]:
    return [
        {"title": title, "lines": [_parts(line, facts, _) for line in lines]}
        for title, lines in chapters
    ]


def _parts(line: str, facts: dict[str, str], _: Translate) -> list[dict[str, str]]:
    """The line cut at its {names}; what they stand for is never read as anything but text."""
    parts = []
    for text, name, _format, _conversion in Formatter().parse(line):
        if text:
            parts.append({"kind": "text", "text": text})
        if name in LABELS:
            parts.append({"kind": "label", "text": _(LABELS[name])})
        elif name in COMMANDS:
            parts.append({"kind": "command", "text": COMMANDS[name]})
        elif name:
            parts.append({"kind": "fact", "text": facts[name]})
    return parts
