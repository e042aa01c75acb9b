"""The documentation's overview: the evening in a few numbers, and how well every offer is known."""

from typing import Any

from app.results.awareness import LEAST_SHOWN
from app.results.documentation.islands import documented_offer
from app.results.documentation.labels import Translate
from app.results.documentation.spoken import Spoken
from app.results.report import Report
from app.results.reported.islands import ReportedIsland, ReportedOffer

MOST_NAMED = 5  # offers that are called best known, or least

_Placed = tuple[ReportedIsland, ReportedOffer]


def documented_overview(report: Report, spoken: Spoken, _: Translate) -> dict[str, Any]:
    """`best` and `least` never name the same offer, and none with less than LEAST_SHOWN dots."""
    offers = [(island, offer) for island in report.islands for offer in island.offers]
    ranked = sorted(
        (placed for placed in offers if placed[1].total >= LEAST_SHOWN),
        key=lambda placed: (-(placed[1].awareness or 0.0), -placed[1].total),
    )
    most = min(MOST_NAMED, (len(ranked) + 1) // 2)
    least = ranked[most:][::-1][:MOST_NAMED]

    def placed(offer: _Placed) -> dict[str, Any]:
        return {"island": offer[0].number, **documented_offer(offer[1], spoken, _)}

    return {
        "figures": _figures(report, spoken, _),
        "best": [placed(offer) for offer in ranked[:most]],
        "least": [placed(offer) for offer in least],
        "offers": [placed(offer) for offer in offers],
        "too_few": _("Noch hat kein Angebot mindestens %(n)s Punkte.") % {"n": LEAST_SHOWN},
    }


def _figures(report: Report, spoken: Spoken, _: Translate) -> list[dict[str, str]]:
    event, totals = report.event, report.totals
    numbers = [
        (_("Teilnehmende"), event.attendees),
        (_("Institutionen"), event.institutions),
        (_("Geräte"), report.devices),
        (_("Punkte"), totals.yes + totals.no),
        (_("Vorschläge"), totals.cards),
        (_("Wörter"), totals.words),
    ]
    return [
        {"name": name, "value": spoken.number(number)}
        for name, number in numbers
        if number is not None
    ]
