"""What an evening comes to, in one shape, wherever it is read: from the model, a wall, JSON, CSV, XLSX.

Who or what comes first is no part of it where only the program knows (cards of one transaction).
"""

import csv
import io
import json
from typing import Any

from openpyxl import load_workbook

from app.results.as_csv import cards_csv, dots_csv, words_csv
from app.results.as_json import results_json
from app.results.report import Report
from app.results.xlsx.event import results_xlsx
from tests.exactness.model import Evening

COUNTS = ["yes", "no", "tablet_yes", "tablet_no", "paper_yes", "paper_no"]
Shown = dict[str, Any]


# --- walls ----------------------------------------------------------------------------------------


def on_the_model_s_wall(evening: Evening) -> Shown:
    def number(value: int) -> int | None:
        return value if evening.is_revealed else None

    islands = {}
    for island in sorted(evening.open_islands):
        offers = {
            key: evening.counted(key)[:2]
            for key in sorted(evening.open_offers)
            if evening.homes[key] == island
        }
        devices = (
            len(evening.devices_at(island))
            if evening.sealed_devices is None
            else evening.sealed_devices[1][island]
        )
        islands[island] = (
            evening.titles[island],
            number(sum(yes for yes, _ in offers.values())),
            number(sum(no for _, no in offers.values())),
            number(len(evening.approved(island))),
            number(devices),
            {key: (number(yes), number(no)) for key, (yes, no) in offers.items()},
        )
    cards = [
        (island, card.offer or "", card.text, number(len(card.supporters)), card.is_highlighted)
        for island in islands
        for _, card in evening.approved(island)
    ]
    words = evening.words.shown(on_wall=True)
    offers_shown = [evening.counted(key)[:2] for key in evening.open_offers]
    return {
        "phase": evening.phase,
        "rehearsal": evening.is_rehearsal,
        "paused": evening.is_paused,
        "revealed": evening.is_revealed,
        "curtain": evening.has_curtain,
        "frozen": evening.words.frozen_after is not None,
        "devices": _devices(evening),
        "yes": number(sum(yes for yes, _ in offers_shown)),
        "no": number(sum(no for _, no in offers_shown)),
        "card count": number(len(cards)),
        "word count": number(len(words)),
        "islands": islands,
        "cards": [] if evening.has_curtain else sorted(cards, key=str),
        "cloud": []
        if evening.has_curtain
        else sorted((word, number(count)) for word, count, _ in words),
    }


def on_a_wall(state: dict[str, Any]) -> Shown:
    totals = state["totals"]
    return {
        **{
            name: state[name]
            for name in ("phase", "rehearsal", "paused", "revealed", "curtain", "frozen", "devices")
        },
        "yes": totals["yes"],
        "no": totals["no"],
        "card count": totals["cards"],
        "word count": totals["words"],
        "islands": {
            island["number"]: (
                *(island[name] for name in ("title", "yes", "no", "cards", "devices")),
                {offer["key"]: (offer["yes"], offer["no"]) for offer in island["offers"]},
            )
            for island in state["islands"]
        },
        "cards": sorted(
            (
                (
                    card["island"],
                    card["offer"] or "",
                    card["text"],
                    card["supports"],
                    card["highlighted"],
                )
                for card in state["cards"]
            ),
            key=str,
        ),
        "cloud": sorted((word["word"], word["count"]) for word in state["cloud"]),
    }


def _devices(evening: Evening) -> int:
    return len(evening.devices) if evening.sealed_devices is None else evening.sealed_devices[0]


# --- results --------------------------------------------------------------------------------------


def in_the_model_s_results(evening: Evening) -> Shown:
    """What was retired, too, if anybody said anything of it."""
    cards = {
        island: sorted(
            (card.offer or "", card.text, len(card.supporters))
            for _, card in evening.approved(island)
        )
        for island in evening.titles
    }
    named = {offer for of_island in cards.values() for offer, _, _ in of_island}
    offers = {
        (evening.homes[key], key): evening.counted(key)
        for key in sorted(evening.homes, key=lambda key: (evening.homes[key], key))
        if key in evening.open_offers or sum(evening.counted(key)[:2]) or key in named
    }
    words = evening.words.shown(on_wall=False)
    return {
        "devices": _devices(evening),
        "yes": sum(counts[0] for counts in offers.values()),
        "no": sum(counts[1] for counts in offers.values()),
        "offers": offers,
        "cards": {island: of_island for island, of_island in cards.items() if of_island},
        "words": words,
    }


def in_files(report: Report) -> Shown:
    """As results.json has it, once the CSV files and the workbook have said the same in the same order."""
    results = json.loads(results_json(report))
    in_json = _rows_of_json(results)
    assert _rows_of_csv(report) == in_json
    assert _rows_of_workbook(report, results) == in_json
    assert results["totals"]["cards"] == len(in_json["cards"])
    assert results["totals"]["words"] == len(in_json["words"])
    cards: dict[int, list[tuple[str, str, int]]] = {}
    for island in results["islands"]:
        for card in island["cards"]:
            one = (card["offer"] or "", card["text"], card["supports"])
            cards.setdefault(island["number"], []).append(one)
    return {
        "devices": results["devices"],
        "yes": results["totals"]["yes"],
        "no": results["totals"]["no"],
        "offers": {
            (island["number"], offer["key"]): tuple(offer[name] for name in COUNTS)
            for island in results["islands"]
            for offer in island["offers"]
        },
        "cards": {island: sorted(of_island) for island, of_island in cards.items()},
        "words": sorted(
            (
                word["word"],
                word["count"],
                sorted((variant["text"], variant["count"]) for variant in word["variants"]),
            )
            for word in results["words"]
        ),
    }


def _rows_of_json(results: dict[str, Any]) -> Shown:
    titles = {
        offer["key"]: offer["title"] for island in results["islands"] for offer in island["offers"]
    }
    return {
        "dots": [
            [island["number"], island["title"], offer["title"], *(offer[name] for name in COUNTS)]
            for island in results["islands"]
            for offer in island["offers"]
        ],
        "cards": [
            [island["number"], titles.get(card["offer"]) or "", card["text"], card["supports"]]
            for island in results["islands"]
            for card in island["cards"]
        ],
        "words": [
            [
                word["word"],
                word["count"],
                ", ".join(
                    f"{variant['text']} ({variant['count']})" for variant in word["variants"]
                ),
            ]
            for word in results["words"]
        ],
    }


def _rows_of_csv(report: Report) -> Shown:
    dots = _csv(dots_csv(report))
    titles = {row["offer"]: row["offer_title"] for row in dots} | {"": ""}
    for row in dots:
        assert int(row["total"]) == int(row["yes"]) + int(row["no"])
    return {
        "dots": [
            [
                int(row["island"]),
                row["island_title"],
                row["offer_title"],
                *(int(row[name]) for name in COUNTS),
            ]
            for row in dots
        ],
        "cards": [
            [
                int(row["island"]),
                titles[row["offer"]],
                row["text"].removeprefix("'"),  # no spreadsheet runs it
                int(row["supports"]),
            ]
            for row in _csv(cards_csv(report))
        ],
        "words": [
            [row["word"], int(row["count"]), row["variants"]] for row in _csv(words_csv(report))
        ],
    }


def _csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def _rows_of_workbook(report: Report, results: dict[str, Any]) -> Shown:
    book = load_workbook(io.BytesIO(results_xlsx(report, lambda text: text)))
    dots = []
    for island, sheet in zip(results["islands"], book.worksheets[1:-3], strict=True):
        rows = sheet.iter_rows(
            min_row=4, max_row=3 + len(island["offers"]), max_col=11, values_only=True
        )
        if island["offers"]:
            for title, _scope, yes, no, _awareness, _low, _high, *sources in rows:
                dots.append([island["number"], island["title"], title, yes, no, *sources])
    cards = book["Karten"].iter_rows(min_row=2, max_col=5, values_only=True)
    words = book["Wörter"].iter_rows(min_row=2, max_col=3, values_only=True)
    return {
        "dots": dots,
        "cards": [
            [number, offer or "", text, supports] for number, _title, offer, text, supports in cards
        ],
        "words": [list(row) for row in words],
    }
