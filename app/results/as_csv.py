"""The results for spreadsheets: opened by a double click, and nothing in them runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from app.results.report import Report

Cell = str | int | float | None

DOTS = [
    "island",
    "island_title",
    "offer",
    "offer_title",
    "scope",
    "yes",
    "no",
    "tablet_yes",
    "tablet_no",
    "paper_yes",
    "paper_no",
    "total",
    "awareness",
]
CARDS = ["island", "island_title", "offer", "text", "supports", "group", "outcome", "department"]
WORDS = ["word", "count", "variants"]


def dots_csv(report: Report) -> bytes:
    """A row an offer, islands and offers in the order of the plan."""
    return _csv(
        report,
        DOTS,
        (
            [
                island.number,
                island.title,
                offer.key,
                offer.title,
                offer.scope,
                offer.yes,
                offer.no,
                offer.tablet_yes,
                offer.tablet_no,
                offer.paper_yes,
                offer.paper_no,
                offer.total,
                offer.awareness,
            ]
            for island in report.islands
            for offer in island.offers
        ),
    )


def cards_csv(report: Report) -> bytes:
    """A row an approved card, by island, oldest first. The last three cells are those of its group,
    empty for a card in none."""
    of_group: dict[str | None, tuple[Cell, Cell, Cell]] = {
        group.id: (group.title, group.outcome, group.department) for group in report.groups
    }
    ungrouped = (None, None, None)
    return _csv(
        report,
        CARDS,
        (
            [
                island.number,
                island.title,
                card.offer,
                card.text,
                card.supports,
                *of_group.get(card.group, ungrouped),
            ]
            for island in report.islands
            for card in island.cards
        ),
    )


def words_csv(report: Report) -> bytes:
    """A row an approved word, most frequent first; `variants` reads "toll (3), Toll! (1)"."""
    return _csv(
        report,
        WORDS,
        (
            [
                word.word,
                word.count,
                ", ".join(f"{variant.text} ({variant.count})" for variant in word.variants),
            ]
            for word in report.words
        ),
    )


def neutralised(text: str) -> str:
    """Puts a ' before what a spreadsheet would run: = + - @, their full-width and small forms, also
    behind white space, and a leading tab or line break (OWASP, "CSV Injection")."""
    first = normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if text[:1] in {"\t", "\r", "\n"} or first in {"=", "+", "-", "@"} else text


def written_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, is_german: bool) -> bytes:
    """As CONTRACT.md has all CSV files: UTF-8 with BOM, `;`, a decimal comma in German, nothing runs."""
    decimal = "," if is_german else "."
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_written(cell, decimal) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv(report: Report, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    return written_csv(header, rows, is_german=report.event.is_german)


def _written(cell: Cell, decimal: str) -> str:
    if isinstance(cell, str):
        return neutralised(cell)
    return "" if cell is None else str(cell).replace(".", decimal)
