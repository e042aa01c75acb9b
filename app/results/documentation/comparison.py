"""The comparison of a series as plain content: what the page, the picture and all files say of it."""

from typing import Any

from app.results.awareness import LEAST_SHOWN
from app.results.compared.values import ComparedCell, ComparedEvent, Comparison, Difference
from app.results.documentation.labels import Translate
from app.results.documentation.spoken import Spoken

MOST_DIFFERENCES = 12  # on a page; the workbook has all
MOST_COMMON = 20
LEVELS = 5

Content = dict[str, Any]


def level_words(_: Translate) -> list[str]:
    """What a cell's colour says, from the least to the best known."""
    return [
        _("kaum bekannt"),
        _("wenig bekannt"),
        _("teils bekannt"),
        _("gut bekannt"),
        _("sehr bekannt"),
    ]


def comparison_words(_: Translate) -> dict[str, str]:
    """By the names that the layouts call them."""
    return {
        "comparison": _("Vergleich der Veranstaltungen"),
        "at_a_glance": _("Die Veranstaltungen auf einen Blick"),
        "heat_map": _("Bekanntheit nach Veranstaltung"),
        "legend": _("Legende"),
        "offer": _("Angebot"),
        "event": _("Veranstaltung"),
        "differences": _("Die größten Unterschiede"),
        "certain": _("Deutlich verschieden"),
        "chance": _("Vielleicht nur Zufall"),
        "best": _("Am bekanntesten in"),
        "least": _("Am wenigsten bekannt in"),
        "points": _("Abstand"),
        "words": _("Die Wörter"),
        "common": _("Überall genannt"),
        "typical": _("Typisch für eine Veranstaltung"),
        "word": _("Wort"),
        "count": _("Geräte"),
        "share": _("Anteil hier"),
        "elsewhere": _("Anteil sonst"),
    }


def documented_comparison(comparison: Comparison, spoken: Spoken, _: Translate) -> Content:
    """Texts and numbers as they are to be read; JSON can carry it."""
    events = comparison.events
    certain = [one for one in comparison.differences if not one.may_be_chance]
    chance = [one for one in comparison.differences if one.may_be_chance]
    said = [_difference(one, events, spoken, _) for one in (certain + chance)[:MOST_DIFFERENCES]]
    return {
        "words": comparison_words(_),
        "events": [
            {
                "key": event.key,
                "name": event.name,
                "date": spoken.short_date(event.date),
                "mark": _("Zwischenstand") if event.is_interim else "",
            }
            for event in events
        ],
        "figures": _figures(events, spoken, _),
        "offers": [
            {
                "title": offer.title,
                "island": offer.island,
                "cells": [_cell(cell, spoken, _) for cell in offer.cells],
            }
            for offer in comparison.offers
        ],
        "legend": [
            {
                "level": level,
                "word": word,
                "range": f"{20 * (level - 1)}–{spoken.percent((20 * level - (level < LEVELS)) / 100)}",
            }
            for level, word in enumerate(level_words(_), start=1)
        ],
        "certain": said[: len(certain)],
        "chance": said[len(certain) :],
        "common": [
            {"word": word.word, "count": spoken.number(word.total)}
            for word in comparison.common[:MOST_COMMON]
        ],
        "typical": [
            {
                "event": events[word.at].name,
                "word": word.word,
                "count": spoken.number(word.count),
                "share": spoken.percent(word.share),
                "elsewhere": spoken.percent(word.elsewhere),
            }
            for word in comparison.typical
        ],
        "notes": _notes(_),
        "none": _nothing(_),
    }


def heatmap_content(comparison: Comparison, _: Translate) -> Content:
    """For the picture, in the language of the latest event."""
    spoken = Spoken(comparison.locale)
    said = documented_comparison(comparison, spoken, _)
    title = f"{comparison.series.title}: {said['words']['heat_map']}"
    return said | {"language": spoken.language, "title": title}


def _figures(events: tuple[ComparedEvent, ...], spoken: Spoken, _: Translate) -> Content:
    """A table: its header, and a row an event."""

    def number(value: int | None) -> str:
        return "–" if value is None else spoken.number(value)

    header = [_("Veranstaltung"), _("Teilnehmende"), _("Institutionen"), _("Geräte"), _("Punkte")]
    return {
        "header": [*header, _("Vorschläge"), _("Wörter")],
        "rows": [
            [
                f"{event.name}, {spoken.short_date(event.date)}",
                number(event.attendees),
                number(event.institutions),
                number(event.devices),
                number(event.yes + event.no),
                number(event.cards),
                number(event.words),
            ]
            for event in events
        ],
    }


def _cell(cell: ComparedCell | None, spoken: Spoken, _: Translate) -> Content:
    """`level` is 1-5, 0 where nothing is said; `share` and `interval` are "" then."""
    if cell is None:
        return {"level": 0, "share": "", "word": _("nicht dabei"), "n": "", "interval": ""}
    said = {"n": f"n\u00a0=\u00a0{spoken.number(cell.total)}"}
    if cell.level is None or cell.awareness is None or cell.interval is None:
        word = _("zu wenige Punkte") if cell.total else _("keine Punkte")
        return said | {"level": 0, "share": "", "word": word, "interval": ""}
    return said | {
        "level": cell.level,
        "share": spoken.percent(cell.awareness),
        "word": level_words(_)[cell.level - 1],
        "interval": spoken.interval(cell.interval),
    }


def _difference(
    one: Difference, events: tuple[ComparedEvent, ...], spoken: Spoken, _: Translate
) -> Content:
    def place(at: int) -> Content:
        return {"event": events[at].name, **_cell(one.offer.cells[at], spoken, _)}

    points = _("%(n)s Prozentpunkte") % {"n": spoken.number(round(100 * one.share))}
    return {
        "offer": one.offer.title,
        "best": place(one.best),
        "least": place(one.least),
        "points": points,
    }


def _notes(_: Translate) -> list[str]:
    return [
        _(
            "Jede Zelle nennt die Bekanntheit eines Angebots bei einer Veranstaltung: den Anteil der"
            " Ja-Punkte; n ist die Zahl aller Punkte. Bei weniger als %(n)s Punkten nennen wir keine."
        )
        % {"n": LEAST_SHOWN},
        _(
            "Verschieden nennen wir zwei Veranstaltungen nur, wenn sich ihre 95-%-Bereiche nicht"
            " überlappen. Unter so vielen Vergleichen ist auch dann mancher nur durch Zufall groß."
        ),
        _(
            "Zu den Veranstaltungen kamen verschiedene Menschen: Ein Unterschied sagt etwas über den"
            " Saal und nicht unbedingt etwas über den ganzen Sozialraum."
        ),
    ]


def _nothing(_: Translate) -> dict[str, str]:
    """What stands where there is nothing to show."""
    return {
        "offers": _("Keine Veranstaltung der Reihe hat Angebote."),
        "differences": _("Noch gibt es kein Angebot, das sich vergleichen ließe."),
        "certain": _("Bei keinem Angebot ist der Unterschied größer, als Zufall ihn machen kann."),
        "common": _("Noch gibt es kein Wort, das überall genannt wurde."),
        "typical": _("Noch fällt bei keiner Veranstaltung ein Wort besonders auf."),
    }
