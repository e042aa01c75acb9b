"""A phone's icons are few of all icons, drawn alike."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
USE = re.compile(r"static\('icons([a-z-]*)\.svg'\) }}#([a-z0-9-]+)")


def symbols(name: str) -> dict[str, str]:
    text = (ROOT / "static" / name).read_text("utf-8")
    return {id: whole for whole, id in re.findall(r'(<symbol id="([^"]+)".*?</symbol>)', text)}


def test_a_phone_has_the_icons_its_pages_use_and_no_others() -> None:
    pages = [page.read_text("utf-8") for page in (ROOT / "templates" / "feedback").glob("*.html")]
    used = {found for page in pages for found in USE.findall(page)}

    phone = symbols("icons-phone.svg")

    assert {sheet for sheet, _ in used} == {"-phone"}
    assert phone.keys() == {id for _, id in used}
    everyone = symbols("icons.svg")
    assert phone == {id: everyone[id] for id in phone}
