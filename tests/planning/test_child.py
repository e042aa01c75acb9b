"""Work in a child process: what it complains of comes back, and whatever becomes of it, nothing stays."""

import asyncio
import tempfile
from pathlib import Path

import pytest

from app.planning.child import NotSet, in_child
from tests.running import finish

DYING = "tests.planning.dying_child"
PICTURES = {"photo": b"a canary"}
MORE_THAN_A_PIPE_HOLDS = {f"photo-{number}": b"0" * 1_000_000 for number in range(5)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """For temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it is looked up again
    return tmp_path


def test_a_child_that_is_killed_leaves_no_photo_behind(folder: Path) -> None:
    """O09"""

    async def ask() -> None:
        with pytest.raises(NotSet):
            await in_child(DYING, "", {}, PICTURES)

    finish(ask())
    assert list(folder.iterdir()) == []


def test_a_child_that_nobody_waits_for_any_more_leaves_no_photo_behind(folder: Path) -> None:
    """O09: the server is stopped, or it took too long."""

    def is_written() -> bool:
        return [file.read_bytes() for file in folder.glob("*/*/photo")] == [b"a canary"]

    async def ask() -> None:
        asked = asyncio.create_task(in_child(DYING, "waiting", {}, PICTURES))
        while not is_written():
            assert not asked.done()
            await asyncio.sleep(0.02)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    finish(ask())
    assert list(folder.iterdir()) == []


def test_a_child_that_reads_nothing_says_why() -> None:
    with pytest.raises(NotSet, match=r"No module named app\.nothing"):
        finish(in_child("app.nothing", "", {}, MORE_THAN_A_PIPE_HOLDS))


def test_a_child_that_fails_after_reading_says_why() -> None:
    with pytest.raises(NotSet, match="KeyError: 'words'"):
        finish(in_child("app.results.as_cloud", "png", {"cloud": {}}, MORE_THAN_A_PIPE_HOLDS))
