"""A real Caddy with the Caddyfile that is shipped: only its ports, addresses and own files are the test's."""

import asyncio
import os
import ssl
import subprocess
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.phones import Socket, shake_hands
from tests.running import ROOT, Server, free_port, until

CADDY = next(
    (
        file
        for file in (Path("/usr/bin/caddy"), ROOT / ".venv/caddy/usr/bin/caddy")
        if file.exists()
    ),
    None,
)
"""Installed, or only unpacked: its package would start a service of its own on port 80."""
CADDYFILE = ROOT / "app" / "operations" / "deployment" / "Caddyfile"
STOP_S = 20


class Proxy:
    """TLS at https://127.0.0.1:PORT, with a certificate of an authority of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"https://127.0.0.1:{self.port}"
        self.log = folder / "caddy.log"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, server: Server) -> None:
        """Returns once it answers, whether the server does or not."""
        ours = f"{{\n\tadmin off\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n\thttp_port {free_port()}\n"
        text = CADDYFILE.read_text("utf-8")
        assert text.count("\n{\n") == 1
        file = self._folder / "Caddyfile"
        file.write_text(text.replace("\n{\n", f"\n{ours}", 1), "utf-8")
        home = {name: str(self._folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        names = {
            "WORLDCAFE_DOMAIN": self.address,
            "WORLDCAFE_BEHIND": f"127.0.0.1:{server.port}",
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(CADDY), "run", "--config", str(file), "--adapter", "caddyfile"],
                cwd=self._folder,
                env=os.environ | home | names,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(self._answers, within_s=60)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text("utf-8")
        try:
            with self.client() as client:
                return client.get("/livez").status_code in (200, 502)
        except (httpx.TransportError, FileNotFoundError):  # no authority yet
            return False

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    @property
    def trust(self) -> ssl.SSLContext:
        """Its own authority, and nobody else's."""
        root = self._folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        return ssl.create_default_context(cafile=root)

    def client(self, **options: object) -> httpx.Client:
        """A browser without anything, that checks the certificate."""
        return httpx.Client(
            base_url=self.address,
            verify=self.trust,
            trust_env=False,
            timeout=30,
            **options,  # type: ignore[arg-type]
        )

    @asynccontextmanager
    async def socket(self, path: str, **headers: str) -> AsyncIterator[Socket]:
        """Refused when the handshake is."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, ssl=self.trust)
        try:
            yield await shake_hands(reader, writer, self.port, path, **headers)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


def needs_caddy() -> None:
    """Missing, it fails the run on CI and is skipped elsewhere, loudly."""
    if CADDY is None:
        message = "There is no caddy: no test behind a real proxy"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        warnings.warn(message, stacklevel=2)
        pytest.skip(message)
