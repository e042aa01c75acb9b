"""S12, as far as it goes without a network: no locked version is one we know to be dangerous.

Whether a vulnerability became known since the locks were made can't be found out offline: renew them with
`make lock`, and ask `pip-audit -r requirements.lock` on a machine that has a network.
"""

import re
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[2]
AT_LEAST = {
    "starlette": "1.3.1",
    "python-multipart": "0.0.31",
    "jinja2": "3.1.6",  # CVE-2025-27516
    "pillow": "12",
    "httpx": "0.28",
}
LOCK = re.compile(r"^([a-z0-9_.-]+)==([^ ;\\]+)", re.MULTILINE)


def locked(name: str) -> dict[str, str]:
    return dict(LOCK.findall((ROOT / name).read_text("utf-8")))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_no_version_is_locked_that_we_know_to_be_dangerous(lock: str) -> None:
    """S12"""
    versions = locked(lock)
    old = {
        name: versions[name] for name, least in AT_LEAST.items()
        if Version(versions[name]) < Version(least)
    }  # fmt: skip
    assert old == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_version_is_pinned_with_its_hash(lock: str) -> None:
    """S12: nothing else can be installed under the same name."""
    text = (ROOT / lock).read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(blocks) == len(locked(lock)) > 20
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text, "no index, no file from anywhere"


def test_what_runs_is_locked_alike_for_tests() -> None:
    running, testing = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: testing.get(name) for name in running} == running
