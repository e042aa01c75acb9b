"""A child process that is killed while its files lie about, as one is that takes too much memory."""

import os
import signal
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app.planning.child import Data, answer


def die(argument: str, data: Data, pictures: Mapping[str, bytes]) -> bytes:
    folder = tempfile.mkdtemp()
    for name, content in pictures.items():
        Path(folder, name).write_bytes(content)
    if argument == "waiting":
        signal.pause()
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


if __name__ == "__main__":
    answer(die)
