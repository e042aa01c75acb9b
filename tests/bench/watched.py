"""`python -m tests.bench.watched serve`: the server, with its loop's stalls written to BENCH_STALLS, a line
with the longest of each half second in ms. Of a stall only what the loop's own thread worked counts: the
machine is busy with the clients, too."""

import asyncio
import os
import time
from pathlib import Path

from app import main as application
from app.__main__ import main
from app.database import Database
from app.live.hub import Hub

LOOKED_S, TOLD_S = 0.002, 0.5


class WatchedHub(Hub):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._watch = asyncio.create_task(_watch(Path(os.environ["BENCH_STALLS"])))


async def _watch(told: Path) -> None:
    longest, since = 0.0, time.monotonic()
    while True:
        began, own = time.perf_counter(), time.thread_time()
        await asyncio.sleep(LOOKED_S)
        passed = time.perf_counter() - began - LOOKED_S
        longest = max(longest, min(passed, time.thread_time() - own))
        if time.monotonic() - since > TOLD_S:
            with told.open("a") as lines:
                lines.write(f"{longest * 1000:.1f}\n")
            longest, since = 0.0, time.monotonic()


if __name__ == "__main__":
    application.Hub = WatchedHub  # type: ignore[misc]
    main()
