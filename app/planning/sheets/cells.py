"""The cells of a spreadsheet by row and column, whatever the file is like."""

import datetime
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from app.planning.plan_errors import Cell, whole_file

PATIENCE_S = 40
MAX_BYTES = 2_000_000
MAX_ROWS = 5_000

Value = str | int | float | bool | datetime.date
_at_once = BoundedSemaphore(2)  # one reader may take much memory; planners are few


@dataclass(frozen=True)
class Sheet:
    """`rows` has every cell that is not blank, by row and column, from 0. A merged area has its value
    in all its cells."""

    name: str
    rows: dict[int, dict[int, Value]]
    is_too_large: bool = False

    def cell(self, row: int, column: int) -> Cell:
        return Cell(self.name, row, column)


def sheets_in(content: bytes) -> list[Sheet]:
    """The sheets of an .xlsx or .ods file in their order. Raises PlanErrors for any other file."""
    if len(content) > MAX_BYTES:
        raise whole_file("size")
    if not content:
        raise whole_file("empty_file")
    with _at_once:
        try:
            done = subprocess.run(  # noqa: S603  our own program
                [sys.executable, "-I", str(Path(__file__).with_name("file.py"))],
                input=content,
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise whole_file("unpacked_size") from error
    if done.returncode:  # it took too much memory or time
        raise whole_file("unpacked_size")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problem" in answer:
        raise whole_file(answer["problem"])
    return [_sheet(found) for found in answer["sheets"]]


def _sheet(found: dict[str, Any]) -> Sheet:
    top, left = found["origin"]
    rows: dict[int, dict[int, Value]] = {}
    for row, values in enumerate(found["rows"], start=top):
        cells = {
            column: _value(value)
            for column, value in enumerate(values, start=left)
            if not (isinstance(value, str) and not value.strip())
        }
        if cells:
            rows[row] = cells
    for first_row, first_column, last_row, last_column in found["merged"]:
        _spread(rows, (first_row, first_column), (last_row, last_column))
    return Sheet(found["name"], rows, is_too_large=bool(found["height"] and not found["rows"]))


def _spread(
    rows: dict[int, dict[int, Value]], first: tuple[int, int], last: tuple[int, int]
) -> None:
    """Downwards only: the rows beside an area merged over several belong to it."""
    value = rows.get(first[0], {}).get(first[1])
    if value is None:
        return
    for row in range(first[0] + 1, min(last[0], first[0] + MAX_ROWS) + 1):
        if row in rows:  # a row that has nothing of its own stays blank
            rows[row].setdefault(first[1], value)


def _value(value: Any) -> Value:
    return datetime.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
