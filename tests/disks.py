"""Small disks of a test's own: full or read-only ones are real ones."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size at `folder`. Who may not mount one skips the test, and the closing lines say so."""
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make_read_only(folder: Path) -> None:
    _mount("-o", "remount,ro", str(folder))


def fill(folder: Path) -> Path:
    """Writes until nothing more goes; the file to remove again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)) == 4096:
                pass
        except OSError:
            pass
    return filler


def _mount(*arguments: str) -> None:
    done = subprocess.run(
        ["mount", *arguments], capture_output=True, text=True, check=False, timeout=10
    )
    if done.returncode != 0:
        pytest.skip(f"may not mount a disk: {done.stderr.strip()}")
