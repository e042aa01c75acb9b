"""Processes that are forked from one that has already imported the program: a hundred servers need not
each take a second for that. What a start costs is measured on cold ones."""

import multiprocessing
import os
import sys
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["app.__main__", "app.operations.serving.server", __name__])


class WarmProcess:
    """`python -m app …`, with the methods of subprocess.Popen that servers need."""

    def __init__(
        self, arguments: list[str], *, environment: dict[str, str], cwd: Path, log: Path
    ) -> None:
        self._process = _CONTEXT.Process(target=_become, args=(arguments, environment, cwd, log))
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout: float) -> int:
        """Raises TimeoutError."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise TimeoutError(f"{self.pid} did not end within {timeout} s")
        return code


def _become(arguments: list[str], environment: dict[str, str], cwd: Path, log: Path) -> None:
    from app.cli import main

    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv = ["app", *arguments]
    main()
