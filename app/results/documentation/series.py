"""The joint documentation of a series as plain content: the comparison, then each event in its own words."""

from typing import Any

from app.results.compared.values import Comparison
from app.results.documentation.comparison import documented_comparison
from app.results.documentation.event import documentation
from app.results.documentation.frame import dates, frame, logo
from app.results.documentation.labels import Translate
from app.results.documentation.spoken import Spoken
from app.results.documentation.texts import how_to_read, method
from app.results.report import Report

Content = dict[str, Any]


def series_documentation(
    comparison: Comparison, reports: tuple[Report, ...], _: Translate
) -> Content:
    """Like `documentation`, whose content stands in "events"; in the language of the comparison.

    `reports` are those of its events, in the same order and language; one at least.
    """
    series, events = comparison.series, comparison.events
    spoken = Spoken(comparison.locale)
    told = [documentation(report, _) for report in reports]
    offers = [offer for report in reports for island in report.islands for offer in island.offers]
    photo = next((one["cover"]["photo"] for one in told if one["cover"]["photo"]), None)
    return {
        **frame(series, series.title, comparison.changed_at, spoken, _),
        "marks": _marks(comparison, _),
        "cover": {
            "series": _("Veranstaltungsreihe"),
            "title": series.title,
            "district": "",
            "date": _span(comparison, spoken),
            "place": ", ".join(dict.fromkeys(event.name for event in events)),
            "organiser": series.organiser,
            "logo": logo(series, _),
            "photo": photo,
        },
        "introduction": _introduction(comparison, spoken, _),
        "reading": how_to_read(offers, spoken, _),
        "comparison": documented_comparison(comparison, spoken, _),
        "events": [
            {**one, "heading": f"{event.name}, {spoken.date(event.date)}"}
            for event, one in zip(events, told, strict=True)
        ],
        "dates": dates(series, {(event.date, event.district) for event in events}, spoken),
        "method": method(_),
    }


def _marks(comparison: Comparison, _: Translate) -> list[str]:
    """One at most: it stands on every page."""
    open_ones = ", ".join(event.name for event in comparison.events if event.is_interim)
    said = _("Zwischenstand, noch nicht geschlossen: %(events)s.") % {"events": open_ones}
    return [said] if open_ones else []


def _span(comparison: Comparison, spoken: Spoken) -> str:
    first, last = comparison.events[0].date, comparison.events[-1].date
    return spoken.date(first) if first == last else f"{spoken.date(first)} – {spoken.date(last)}"


def _introduction(comparison: Comparison, spoken: Spoken, _: Translate) -> list[str]:
    said = {
        "n": spoken.number(len(comparison.events)),
        "title": comparison.series.title,
        "span": _span(comparison, spoken),
    }
    first = (
        _("Diese Dokumentation zeigt eine Veranstaltung der Reihe „%(title)s“ (%(span)s).")
        if len(comparison.events) == 1
        else _("Diese Dokumentation zeigt %(n)s Veranstaltungen der Reihe „%(title)s“ (%(span)s).")
    )
    return [
        first % said,
        _(
            "Am Anfang stehen alle Veranstaltungen nebeneinander: wie bekannt die Angebote jeweils sind,"
            " wo sie sich am meisten unterscheiden und welche Wörter gefallen sind. Danach folgt die"
            " Dokumentation jeder Veranstaltung."
        ),
    ]
