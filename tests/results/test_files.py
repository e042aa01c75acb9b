"""All files together: the same numbers, the same bytes, all or none of them."""

import csv
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.results.files import RESULT_FILES, write_all
from app.results.report import Report

NAMES = [
    "archive.zip",
    "cards.csv",
    "cloud.png",
    "cloud.svg",
    "documentation.docx",
    "documentation.pdf",
    "dots.csv",
    "results.json",
    "results.xlsx",
    "words.csv",
]


def german(text: str) -> str:
    return text


def csv_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """A disk that is full after `size` bytes of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_export_writes_every_file_into_a_new_folder(report: Report, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "results"
    written = write_all(report, folder, german, {})
    assert written == [folder / name for name in RESULT_FILES]
    assert sorted(path.name for path in folder.iterdir()) == NAMES


def test_page_and_export_give_the_same_bytes(
    report: Report, read: Callable[[], Report], tmp_path: Path
) -> None:
    """F10."""
    written = {path.name: path.read_bytes() for path in write_all(report, tmp_path, german, {})}
    again = read()
    assert written == {name: file.render(again, german, {}) for name, file in RESULT_FILES.items()}


def test_media_types_are_those_browsers_expect() -> None:
    assert {name: file.media_type for name, file in RESULT_FILES.items()} == {
        "results.json": "application/json",
        "dots.csv": "text/csv; charset=utf-8",
        "cards.csv": "text/csv; charset=utf-8",
        "words.csv": "text/csv; charset=utf-8",
        "results.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "documentation.pdf": "application/pdf",
        "documentation.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "cloud.svg": "image/svg+xml",
        "cloud.png": "image/png",
        "archive.zip": "application/zip",
    }


def test_every_number_is_the_same_in_every_file(report: Report, tmp_path: Path) -> None:
    """C12, for one evening."""
    write_all(report, tmp_path, german, {})
    results = json.loads((tmp_path / "results.json").read_bytes())
    book = load_workbook(tmp_path / "results.xlsx")

    counts = ["yes", "no", "tablet_yes", "tablet_no", "paper_yes", "paper_no"]
    offers = [(island, offer) for island in results["islands"] for offer in island["offers"]]
    in_json = [
        (island["number"], offer["title"], *(offer[name] for name in counts), offer["awareness"])
        for island, offer in offers
    ]
    in_csv = [
        (
            int(row["island"]),
            row["offer_title"],
            *(int(row[name]) for name in counts),
            float(row["awareness"].replace(",", ".")) if row["awareness"] else None,
        )
        for row in csv_rows(tmp_path / "dots.csv")
    ]
    assert in_csv == in_json

    in_xlsx = []
    for island, sheet in zip(results["islands"], book.worksheets[1:-3], strict=True):
        last = 3 + len(island["offers"])
        for row in sheet.iter_rows(min_row=4, max_row=last, max_col=11, values_only=True):
            title, _scope, yes, no, awareness, _low, _high, *sources = row
            in_xlsx.append((island["number"], title, yes, no, *sources, awareness))
    assert [row[:-1] for row in in_xlsx] == [row[:-1] for row in in_json]
    # A workbook keeps 16 digits of a fraction.
    assert [row[-1] is None for row in in_xlsx] == [row[-1] is None for row in in_json]
    assert [row[-1] or 0 for row in in_xlsx] == pytest.approx(
        [row[-1] or 0 for row in in_json], rel=1e-15
    )

    cards = [
        (island["number"], card["text"], card["supports"])
        for island in results["islands"]
        for card in island["cards"]
    ]
    assert cards == [
        (int(row["island"]), row["text"], int(row["supports"]))
        for row in csv_rows(tmp_path / "cards.csv")
    ]
    assert cards == [
        (number, text, supports)
        for number, _title, _offer, text, supports, *_follow_up in book["Karten"].iter_rows(
            min_row=2, values_only=True
        )
    ]

    words = [(word["word"], word["count"]) for word in results["words"]]
    assert words == [(row["word"], int(row["count"])) for row in csv_rows(tmp_path / "words.csv")]
    assert words == [
        (word, count)
        for word, count, _variants in book["Wörter"].iter_rows(min_row=2, values_only=True)
    ]

    assert results["totals"] == {
        "yes": sum(offer["yes"] for _island, offer in offers),
        "no": sum(offer["no"] for _island, offer in offers),
        "cards": len(cards),
        "words": len(words),
    }


def test_a_full_disk_leaves_the_older_files_and_no_part_of_a_new_one(
    report: Report, tmp_path: Path
) -> None:
    """D07, for exports."""
    folder = tmp_path / "results"
    folder.mkdir()
    older = {name: f"older {name}".encode() for name in RESULT_FILES}
    for name, content in older.items():
        (folder / name).write_bytes(content)
    sizes = [len(file.render(report, german, {})) for file in RESULT_FILES.values()]

    with largest_file(max(sizes) - 1), pytest.raises(OSError, match="File too large"):
        write_all(report, folder, german, {})

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == older
    assert sizes.index(max(sizes)) > 0  # so other files had been written by then
