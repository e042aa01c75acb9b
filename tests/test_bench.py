"""`make bench` runs by hand: that its programs still find what they measure is looked at each time."""

import os
import subprocess
import sys
from pathlib import Path

from tests.running import ROOT


def test_every_program_of_the_bench_finds_what_it_imports(tmp_path: Path) -> None:
    folder = ROOT / "tests" / "bench"
    modules = sorted(
        ".".join(file.relative_to(ROOT).with_suffix("").parts) for file in folder.rglob("*.py")
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(modules)}"],
        cwd=ROOT,
        env=os.environ | {"BENCH_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
