"""`python -m tests.bench.start`: from the command to /readyz, with an empty café and with 100,000 dots,
against an interpreter that only imports what the server stands on."""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.running import Server, load_event

DOTS, ROUNDS = 100_000, 5
Row = tuple[int, str, str, bool, int, str]


def main() -> None:
    imports: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        starts = {dots: _server(Path(folder) / str(dots), dots) for dots in (0, DOTS)}
        took: dict[int, list[float]] = {dots: [] for dots in starts}
        for _ in range(ROUNDS):
            imports.append(_imports_s())
            for dots, server in starts.items():
                try:
                    server.start(is_cold=True)
                    took[dots].append(server.ready_s)
                finally:
                    server.give_up()
    bare = statistics.median(imports)
    print("| start to ready | s | : bare imports |\n| --- | --- | --- |")
    print(f"| python -c 'import fastapi, sqlmodel, uvicorn' | {bare:.2f} | 1 |")
    for dots, each in took.items():
        ready = statistics.median(each)
        print(f"| with {dots:,} dots | {ready:.2f} | {ready / bare:.1f} |")


def fill_with_dots(file: Path, dots: int) -> list[Row]:
    """Writes at least `dots` dots, at all offers of the only event, past the closed server; the rows."""
    rows = sqlite3.connect(file)
    offers = [key for (key,) in rows.execute("SELECT key FROM offer ORDER BY key")]
    made = [
        (1, f"{device:022}", offer, (device + index) % 3 == 0, device, "phone")
        for device in range(dots // len(offers) + 1 if dots else 0)
        for index, offer in enumerate(offers)
    ]
    rows.executemany("INSERT INTO dot VALUES (?, ?, ?, ?, ?, ?)", made)
    rows.commit()
    rows.close()
    return made


def _server(data: Path, dots: int) -> Server:
    load_event(data)
    fill_with_dots(data / "worldcafe.db", dots)
    return Server(data)


def _imports_s() -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import fastapi, sqlmodel, uvicorn"], check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
