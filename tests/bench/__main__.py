"""`make bench`: everything that was to be reached, in one run; prints the tables for the README, the one with
what was to be reached last. Each part also runs alone: `python -m tests.bench load`, `sockets`, `start`."""

import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import uvicorn

from tests.bench import sockets, start
from tests.bench.dots import tapped
from tests.bench.load import CONNECTIONS, ROUNDS, SECONDS, load, told
from tests.bench.pages import visited

Row = tuple[str, str, str, str]
"""What, what was to be reached, what was measured, the share of a core that the generator took."""


def main(parts: list[str]) -> None:
    began = time.monotonic()
    print(f"{_machine()}\n", flush=True)
    rows: list[Row] = []
    for name in parts or PARTS:
        rows += PARTS[name]()
        print(flush=True)
    print("| | to reach | measured | generator's share of a core |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(f"\nIn {(time.monotonic() - began) / 60:.1f} min.")


def _load() -> list[Row]:
    print(f"{CONNECTIONS} connections, closed loop, {ROUNDS} rounds of {SECONDS} s in turns.\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        tapped(Path(folder)) as dots,
        visited(Path(folder)) as pages,
    ):
        load([*dots, *pages])
    print(f"{told(dots, 'a dot')}\n\n{told(pages, 'a page')}")
    bare, ours, shared, usual = dots
    empty, island = pages
    compared = [
        ("durable dot with all its checks, SQLite FULL : bare ASGI", "≥ 0.25", ours, bare),
        ("durable dot : the usual way", "≥ 25", ours, usual),
        ("durable dot on PostgreSQL : bare ASGI", "≥ 0.15", shared, bare),
        ("island page : empty FastAPI answer", "≥ 0.8", island, empty),
    ]
    return [
        (what, reach, f"{one.ratio(other):.3g}", f"{one.generators_core} : {other.generators_core}")
        for what, reach, one, other in compared
    ]


def _sockets() -> list[Row]:
    of = sockets.main()
    amid = f"{of['generator']:.0%}"
    to_wall = f"{of['to wall p50 ms']:.0f} / {of['to wall p95 ms']:.0f} ms"
    of_many = f"{of['5000 p50 ms']:.0f} ms, {of['5000 stall ms']:.0f} ms"
    memory = f"{of['1000 KiB']:.1f}, with 5,000 {of['5000 KiB']:.1f} KiB"
    few, many = f"{of['1000 generator']:.0%}", f"{of['5000 generator']:.0%}"
    return [
        ("dot at 500/s with 1,000 sockets, p99", "≤ 10 ms", f"{of['dot p99 ms']:.1f} ms", amid),
        ("dot to wall, p50 / p95, same load", "≤ 60 / ≤ 120 ms", to_wall, amid),
        ("last of 1,000 : raw transport writes", "≤ 1.3", f"{of['1000 ratio']:.2f}", few),
        ("last of 5,000 p50, longest block", "≤ 130 ms, ≤ 10 ms", of_many, many),
        ("memory a socket", "≤ 35 KiB", memory, "–"),
    ]


def _start() -> list[Row]:
    return [("start to ready with 100,000 dots", "< 2 s", f"{start.main():.2f} s", "–")]


PARTS: dict[str, Callable[[], list[Row]]] = {"load": _load, "sockets": _sockets, "start": _start}


def _machine() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return (
        f"{os.cpu_count()} cores ({[*models, platform.machine()][0]}), {platform.platform()}, "
        f"Python {platform.python_version()}, uvicorn {uvicorn.__version__}, "
        f"SQLite {sqlite3.sqlite_version}, psycopg {psycopg.__version__}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
