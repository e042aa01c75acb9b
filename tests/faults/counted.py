"""`python -m tests.faults.counted FILE serve`: the program, which on SIGUSR1 writes into FILE how many
asyncio tasks it has. Nothing else is different."""

import asyncio
import gc
import signal
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    file = Path(sys.argv.pop(1))

    def count(*_: Any) -> None:
        tasks = [each for each in gc.get_objects() if isinstance(each, asyncio.Task)]
        file.write_text(str(sum(not each.done() for each in tasks)))

    signal.signal(signal.SIGUSR1, count)
    from app.cli import main as program

    program()


if __name__ == "__main__":
    main()
