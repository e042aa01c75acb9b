"""A real server in its own process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

READY_S = 20


class Server:
    """`start` and `kill` it as often as you like: port, data and code stay the same."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "WORLDCAFE_DATA": str(data),
            "WORLDCAFE_PORT": str(port),
            "LANG": "de_DE.UTF-8",
        }
        self._process: subprocess.Popen[str] | None = None

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """A command of the command line, in its own process."""
        return subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """A command of the command line to its end: exit code, standard output, standard error."""
        command = self.begin(*arguments)
        output, error = command.communicate(timeout=120)
        return command.returncode, output, error

    def start(self) -> None:
        self._process = self.begin("serve")
        for _ in range(READY_S * 20):
            try:
                if httpx.get(f"{self.address}/readyz", trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError(f"not ready after {READY_S} s")

    def state(self, code: str) -> Any:
        return httpx.get(f"{self.address}/e/{code}/live.json", trust_env=False).json()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.kill()
