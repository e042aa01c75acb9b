"""The evening once over: simulated phones at a throw-away server with data of its own, and every result
file of what they sent. The real data is never opened."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import httpx
from rich.console import Console

from app.checkup.finding import Finding, green, red, yellow
from app.database import FILE
from app.errors import N_, Failed, Refusal
from app.operations.files.exporting import export_event
from app.operations.rehearsal.operation import Kind
from app.operations.rehearsal.outcome import Outcome
from app.operations.trying.rehearsing import rehearse_event
from app.results.files import MODERATION, RESULT_FILES
from app.settings import Settings

PHONES = 300
SECONDS = 12.0
START_S = 20
PHONES_S, RESULTS_S = 32.0, 15.0  # how long each check may take
SLOW_MS, TOO_SLOW_MS = 1500, 6000
"""Of a whole evening in SECONDS: some forty times what a hall sends."""
ROOT = Path(__file__).parents[3]


@contextmanager
def throw_away_server(data: Path, start_s: float = START_S) -> Iterator[Settings]:
    """With the example as a rehearsal, on this machine only, and nothing of it anywhere but in `data`.
    Raises Failed when it does not start."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        data=data,
        host="127.0.0.1",
        port=port,
        public_url="",
        database_url="",
        backup_folder="",  # whose newest backup must stay one of the evening
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--example"],
        cwd=ROOT,
        env=os.environ | settings.as_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, settings.address, start_s)
        yield settings
    finally:
        server.terminate()
        try:
            server.wait(timeout=8)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], address: str, within_s: float) -> None:
    until = time.monotonic() + within_s
    while server.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise Failed(N_("Der Server startet nicht."))


def phones(settings: Settings, count: int = PHONES, seconds: float = SECONDS) -> Finding:
    """At a throw-away server."""
    try:
        code, console = _code(settings.data), Console(file=StringIO())
        return judged(rehearse_event(settings, code, count, seconds, console, str))
    except (Failed, Refusal):
        return not_begun()


def not_begun() -> Finding:
    return red(
        "phones",
        N_("Der Probelauf kam nicht zustande: Bitte „make run“ in einem leeren Ordner versuchen."),
    )


def judged(outcome: Outcome) -> Finding:
    dots = outcome.tallies.get(Kind.dot)
    p95_ms = dots.latency.p95_ms if dots else None
    if not outcome.agrees or p95_ms is None:
        return red(
            "phones",
            N_(
                "Nicht alles, was %(n)s Testhandys sandten, kam richtig an: Bitte einen anderen"
                " Computer nehmen."
            ),
            n=outcome.attendees,
        )
    said = {
        "n": outcome.attendees,
        "ms": round(p95_ms),
        "s": round(outcome.seconds),
        "dots": dots.acknowledged if dots else 0,
    }
    if p95_ms >= TOO_SLOW_MS:
        return red(
            "phones",
            N_(
                "Ein ganzer Abend mit %(n)s Testhandys in %(s)s Sekunden war zu viel (%(ms)s ms):"
                " Bitte andere Programme schließen oder einen schnelleren Computer nehmen."
            ),
            **said,
        )
    if p95_ms >= SLOW_MS:
        return yellow(
            "phones",
            N_(
                "Bei einem ganzen Abend mit %(n)s Testhandys in %(s)s Sekunden wurde es eng (%(ms)s"
                " ms): Bitte andere Programme schließen."
            ),
            **said,
        )
    return green(
        "phones",
        N_(
            "Ein ganzer Abend mit %(n)s Testhandys in %(s)s Sekunden: alle %(dots)s Punkte kamen"
            " an, 19 von 20 in %(ms)s ms."
        ),
        **said,
    )


def results(data: Path) -> Finding:
    """Of what the phones sent."""
    folder = data / "results"
    try:
        files = export_event(Settings(data=data, database_url=""), _code(data), folder)
        wrong = sorted(
            {*RESULT_FILES, MODERATION} - {file.name for file in files if is_whole(file)}
        )
    except Exception:  # noqa: BLE001  whatever it is: no files
        wrong = sorted({*RESULT_FILES, MODERATION})
    if wrong:
        return red(
            "results",
            N_(
                "Diese Dateien lassen sich nicht erstellen: %(names)s. Bitte das Programm neu"
                " installieren."
            ),
            names=", ".join(wrong),
        )
    return green(
        "results", N_("Alle %(n)s Ergebnisdateien ließen sich erstellen und öffnen."), n=len(files)
    )


def is_whole(file: Path) -> bool:
    """Whether a result file is of the kind that its name says, from its beginning to its end."""
    content = file.read_bytes()
    kind = file.suffix
    if kind in (".zip", ".xlsx", ".docx"):
        if not is_zipfile(file):
            return False
        with ZipFile(file) as zipped:
            return zipped.testzip() is None
    if kind == ".json":
        return isinstance(json.loads(content), dict)
    beginnings = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b"\xef\xbb\xbf"}
    endings = {".pdf": b"%%EOF", ".svg": b"</svg>", ".png": b"IEND\xaeB`\x82"}
    return content.startswith(beginnings[kind]) and content.rstrip().endswith(
        endings.get(kind, b"")
    )


def _code(data: Path) -> str:
    with closing(sqlite3.connect(data / FILE)) as rows:
        (code,) = rows.execute("SELECT code FROM event").fetchone()
    return str(code)
