"""wrk asks several programs in turns, so that what else the machine does meets all of them alike."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SCRIPT = Path(__file__).with_name("asked.lua")
CONNECTIONS = 64
ROUNDS = 5
SECONDS = 3
ANSWERS_TO_TRUST = 0.9  # of the bytes that checked answers had


class Request(NamedTuple):
    method: str
    path: str
    cookie: str
    form: str = ""


@dataclass
class Subject:
    """A running program, what it is asked, and what came of it: a figure a round."""

    name: str
    port: int
    asked: list[Request]
    answer_bytes: float = 0.0  # on average, when they were checked one by one
    rates: list[float] = field(default_factory=list)  # a second
    medians_ms: list[float] = field(default_factory=list)
    tails_ms: list[float] = field(default_factory=list)
    generator: list[float] = field(default_factory=list)  # its share of a core

    def ratio(self, other: "Subject") -> float:
        """Of the same rounds, the median."""
        return statistics.median(
            mine / theirs for mine, theirs in zip(self.rates, other.rates, strict=True)
        )

    @property
    def generators_core(self) -> str:
        return f"{statistics.median(self.generator):.0%}"


def load(subjects: list[Subject]) -> None:
    wrk = _wrk()
    for _ in range(ROUNDS):
        for subject in subjects:
            _load(wrk, subject)


def _load(wrk: str, subject: Subject) -> None:
    """Ends the run when an answer was none, or shorter than those that were checked."""
    with tempfile.NamedTemporaryFile("w", suffix=".asked") as asked:
        asked.writelines("\t".join(request) + "\n" for request in subject.asked)
        asked.flush()
        command = [
            *(wrk, "-t1", "--timeout", "10s", f"-c{CONNECTIONS}", f"-d{SECONDS}s"),
            *("-s", str(SCRIPT), f"http://127.0.0.1:{subject.port}"),
        ]
        began, spent = time.monotonic(), _spent_by_children_s()
        done = subprocess.run(
            command,
            env=os.environ | {"BENCH_ASKED": asked.name},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        took_s, spent = time.monotonic() - began, _spent_by_children_s() - spent
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT")).split()
    requests, duration_us, bad, size = (int(value) for value in result[1:5])
    if bad or size < ANSWERS_TO_TRUST * subject.answer_bytes * requests:
        sys.exit(f"{subject.name}: not all were answered as they should\n{done.stdout}")
    subject.rates.append(requests / (duration_us / 1e6))
    subject.medians_ms.append(float(result[5]))
    subject.tails_ms.append(float(result[6]))
    subject.generator.append(spent / took_s)


def _spent_by_children_s() -> float:
    """By those that have ended: wrk, as the servers go on."""
    times = os.times()
    return times.children_user + times.children_system


def told(subjects: list[Subject], heading: str) -> str:
    """The table of those that were asked the same, the first being what the others are compared with."""
    limit = subjects[0]
    lines = [
        f"| {heading} | a second | of the first | p50 / p99 ms | generator's core |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {subject.name} | {statistics.median(subject.rates):,.0f} | {subject.ratio(limit):.3f} "
        f"| {statistics.median(subject.medians_ms):.1f} / {statistics.median(subject.tails_ms):.1f} "
        f"| {subject.generators_core} |"
        for subject in subjects
    ]
    return "\n".join(lines)


def _wrk() -> str:
    if not shutil.which("wrk") and os.getuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "wrk"], check=False, stdout=subprocess.DEVNULL
        )
    return shutil.which("wrk") or sys.exit(
        "wrk is needed to make the load: install it, then try again."
    )
