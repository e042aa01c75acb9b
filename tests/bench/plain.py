"""Programs to be compared with: an ASGI app of this folder under uvicorn."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.running import ROOT, free_port, until


@contextmanager
def plain(app: str, folder: Path) -> Iterator[int]:
    """Its port. `app` is a module here that has an `app`."""
    port = free_port()
    command = ["-m", "uvicorn", f"tests.bench.{app}:app", "--port", str(port), "--no-access-log"]
    process = subprocess.Popen(
        [sys.executable, *command, "--log-level", "warning"],
        cwd=ROOT,
        env=os.environ | {"BENCH_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
    )

    def answers() -> bool:
        try:
            httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
        except httpx.TransportError:
            return False
        return True

    try:
        until(answers)
        yield port
    finally:
        process.terminate()
        process.wait(10)
