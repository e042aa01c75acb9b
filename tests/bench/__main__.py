"""`make bench`: starts the programs, loads them in turns with wrk, prints the table for the README."""

import os
import platform
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CONNECTIONS = 64
DEVICES = 64
ROUNDS = 3
SECONDS = 4


@dataclass
class Subject:
    name: str
    port: int
    path: str
    cookies: list[str]
    offers: list[str]
    rates: list[float] = field(default_factory=list)  # a second
    medians_ms: list[float] = field(default_factory=list)
    tails_ms: list[float] = field(default_factory=list)
    cpu_s: float = 0.0  # of the generator


def main() -> None:
    wrk = _wrk()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        subjects = [
            _plain("bare ASGI, answers 204", "tests.bench.bare:app", folder, running),
            _ours(Path(folder), running),
            _plain(
                "the usual way: SQLModel session and commit a request",
                "tests.bench.usual:app",
                folder,
                running,
            ),
        ]
        for _ in range(ROUNDS):
            for subject in subjects:
                _load(wrk, subject)
    _print(subjects)


def _plain(name: str, app: str, folder: str, running: ExitStack) -> Subject:
    port = _free_port()
    command = ["-m", "uvicorn", app, "--port", str(port), "--no-access-log"]
    _start([*command, "--log-level", "warning"], running, BENCH_DATA=folder)
    _wait(port, "/")
    cookies = [f"device{number}" for number in range(DEVICES)]
    return Subject(name, port, "/dots", cookies, _offers())


def _ours(folder: Path, running: ExitStack) -> Subject:
    port = _free_port()
    _start(
        ["-m", "app", "serve", "--example"],
        running,
        WORLDCAFE_DATA=str(folder),
        WORLDCAFE_PORT=str(port),
        WORLDCAFE_LIMITS="off",
    )
    _wait(port, "/readyz")
    with sqlite3.connect(f"file:{folder / 'worldcafe.db'}?mode=ro", uri=True) as database:
        code = database.execute("SELECT code FROM event").fetchone()[0]
    address = f"http://127.0.0.1:{port}/e/{code}"
    cookies = [httpx.get(address, trust_env=False).cookies["device"] for _ in range(DEVICES)]
    name = "our durable dot with all its checks"
    return Subject(name, port, f"/e/{code}/dots", cookies, _offers())


def _start(arguments: list[str], running: ExitStack, **environment: str) -> None:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    running.callback(process.wait, 10)
    running.callback(process.terminate)


def _offers() -> list[str]:
    import tomllib

    plan = tomllib.loads((ROOT / "app/planning/example.toml").read_text("utf-8"))
    return [offer["key"] for island in plan["islands"] for offer in island["offers"]]


def _load(wrk: str, subject: Subject) -> None:
    before = os.times()
    done = subprocess.run(
        [
            wrk,
            "-t1",
            "--timeout",
            "10s",
            f"-c{CONNECTIONS}",
            f"-d{SECONDS}s",
            "-s",
            str(HERE / "dots.lua"),
            f"http://127.0.0.1:{subject.port}",
        ],
        env=os.environ
        | {
            "BENCH_COOKIES": " ".join(subject.cookies),
            "BENCH_OFFERS": " ".join(subject.offers),
            "BENCH_PATH": subject.path,
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    after = os.times()
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT")).split()
    requests, duration_us, bad = (int(value) for value in result[1:4])
    if bad:
        sys.exit(f"{subject.name}: {bad} requests failed\n{done.stdout}")
    subject.rates.append(requests / (duration_us / 1e6))
    subject.medians_ms.append(float(result[4]))
    subject.tails_ms.append(float(result[5]))
    spent = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    subject.cpu_s += spent / (SECONDS * ROUNDS)


def _print(subjects: list[Subject]) -> None:
    limit = statistics.median(subjects[0].rates)
    usual = statistics.median(subjects[-1].rates)
    print(
        f"{CONNECTIONS} connections, closed loop, {ROUNDS} rounds of {SECONDS} s in turns; {_machine()}\n"
    )
    print("| a dot | a second | of bare | × usual | p50 / p99 ms | generator's core |")
    print("|---|---|---|---|---|---|")
    for subject in subjects:
        rate = statistics.median(subject.rates)
        print(
            f"| {subject.name} | {rate:,.0f} | {rate / limit:.3f} | {rate / usual:.1f} "
            f"| {statistics.median(subject.medians_ms):.1f} / {statistics.median(subject.tails_ms):.1f} "
            f"| {subject.cpu_s:.0%} |"
        )


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"uvicorn {uvicorn.__version__}"
    )


def _wrk() -> str:
    if not shutil.which("wrk") and os.getuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "wrk"], check=False, stdout=subprocess.DEVNULL
        )
    return shutil.which("wrk") or sys.exit(
        "wrk is needed to make the load: install it, then try again."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, path: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"nothing answers on port {port}")


if __name__ == "__main__":
    main()
