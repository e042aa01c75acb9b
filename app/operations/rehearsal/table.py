"""The outcome of a rehearsal as a table for people."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.errors import N_
from app.operations.rehearsal.operation import Kind

if TYPE_CHECKING:  # it prints itself through this module
    from app.operations.rehearsal.outcome import Latency, Outcome

NAMES = {
    Kind.page: N_("Seiten"),
    Kind.dot: N_("Punkte"),
    Kind.card: N_("Karten"),
    Kind.card_withdrawal: N_("Karten zurück"),
    Kind.word: N_("Wörter"),
    Kind.word_withdrawal: N_("Wörter zurück"),
}
PLACES = {
    "wall": N_("Leinwand"),
    "live.json": "live.json",
    "results.json": N_("Export"),
    "database": N_("Datenbank"),
}
MOST_SHOWN = 20


def print_table(outcome: "Outcome", console: Console, _: Callable[[str], str]) -> None:
    """What was acknowledged and refused, how long it took, and whether all places agree."""
    table = Table(
        title=_("Probe: {n} Teilnehmende in {s} s (Zeiten in ms)").format(
            n=outcome.attendees, s=f"{outcome.seconds:g}"
        ),
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column("", no_wrap=True)
    headings = (
        N_("gesendet"),
        N_("bestätigt"),
        N_("abgelehnt"),
        N_("offen"),
        N_("erneut"),
        "p50",
        "p95",
        "p99",
    )
    for heading in headings:
        table.add_column(_(heading), justify="right", no_wrap=True)
    for kind, tally in outcome.tallies.items():
        counts = (tally.sent, tally.acknowledged, tally.refused, tally.unanswered, tally.repeated)
        table.add_row(_(NAMES[kind]), *map(str, counts), *_percentiles(tally.latency))
    wall = outcome.dot_to_wall
    table.add_section()
    table.add_row(_("bis Leinwand"), str(wall.count), "", "", "", "", *_percentiles(wall))
    console.print(table)
    console.print(
        _("Antworten: {list}").format(
            list=", ".join(f"{status} × {count}" for status, count in outcome.statuses.items())
        )
    )
    _print_agreement(outcome, console, _)


def _percentiles(latency: "Latency") -> list[str]:
    return [
        "–" if value is None else f"{value:.0f}"
        for value in (latency.p50_ms, latency.p95_ms, latency.p99_ms)
    ]


def _print_agreement(outcome: "Outcome", console: Console, _: Callable[[str], str]) -> None:
    wrong = [disagreement.where for disagreement in outcome.disagreements]
    for place, name in PLACES.items():
        number = wrong.count(place)
        verdict = (
            _("✖ Abweichungen: {n}").format(n=number)
            if number
            else _("✔ stimmt mit allem Bestätigten überein")
        )
        console.print(f"{_(name)}: {verdict}")
    for found in outcome.disagreements[:MOST_SHOWN]:
        console.print(
            "  "
            + escape(
                _("{where}, {what}: erwartet {expected}, gefunden {found}").format(
                    where=_(PLACES.get(found.where, found.where)),
                    what=found.what,
                    expected=found.expected,
                    found=found.found,
                )
            )
        )
    if len(wrong) > MOST_SHOWN:
        console.print(_("  … und {n} weitere").format(n=len(wrong) - MOST_SHOWN))
