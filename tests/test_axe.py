"""The checker itself: it is the one that was copied, and it finds what it should."""

import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page

from tests.axe import SEVEN_TO_ONE, violations

VENDOR = Path(__file__).parent / "vendor"
FILES = tomllib.loads((VENDOR / "VENDORED.toml").read_text(encoding="utf-8"))["files"]


def test_what_tests_need_of_others_lies_here_unchanged() -> None:
    listed = {VENDOR / entry["file"]: entry["sha256"] for entry in FILES}
    present = {path for path in VENDOR.glob("*/*") if path.is_file()}
    assert {path: sha256(path.read_bytes()).hexdigest() for path in present} == listed


def test_axe_finds_what_is_wrong(page_at: Callable[..., Page]) -> None:
    """Else its finding nothing would mean nothing."""
    page = page_at()
    page.set_content(
        '<html lang="de"><title>x</title><body style="background: #fff"><main><h1>Leinwand</h1>'
        '<p style="color: #666">grau</p><img src="data:,"></main></body></html>'
    )
    assert list(violations(page)) == ["image-alt"]
    assert list(violations(page, rules=SEVEN_TO_ONE)) == ["color-contrast-enhanced", "image-alt"]
