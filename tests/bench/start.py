"""`python -m tests.bench.start`: from the command to /readyz, with an empty café and with 100,000 dots,
against an interpreter that only imports what the server stands on."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.running import Server, fill_with_dots, load_event

DOTS, ROUNDS = 100_000, 5


def main() -> float:
    """Prints all and returns the median seconds with DOTS."""
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
    return statistics.median(took[DOTS])


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
