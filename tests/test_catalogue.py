"""Every text on screen is in the catalogue, in every language, with the same parameters."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.web.catalogue import FOLDER, SOURCE, Catalogue

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
PARAMETER = re.compile(r"%\(\w+\)[sd]")
OTHERS = [language for language in Catalogue().languages if language != SOURCE]


def messages_on_screen() -> set[str | tuple[str, ...]]:
    """What templates and code ask the catalogue for."""
    found: set[str | tuple[str, ...]] = set()
    for folder, method in (("app", "python"), ("templates", "jinja2")):
        pattern = [("**.py", "python")] if method == "python" else [("**.html", "jinja2")]
        options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder), pattern, options, keywords=KEYWORDS
        ):
            if message:
                found.add(message)
    return found


@pytest.fixture(scope="module", params=OTHERS)
def translated(
    request: pytest.FixtureRequest,
) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    file = FOLDER / f"{request.param}.po"
    catalogue = read_po(BytesIO(file.read_bytes()))
    return {message.id: message.string for message in catalogue if message.id}


def test_no_message_is_missing(translated: dict) -> None:
    wanted = messages_on_screen()
    assert len(wanted) > 100, "the extraction finds our texts"
    assert sorted(str(message) for message in wanted - translated.keys()) == []


def test_no_message_stands_twice() -> None:
    """Babel reads the last one, so that whoever corrects the first wonders why nothing changes."""
    for file in FOLDER.glob("*.po"):
        ids = re.findall(r'^msgid ((?:".*"\n)+)', file.read_text("utf-8"), re.MULTILINE)

        assert len(ids) > 100
        assert sorted(ids) == sorted(set(ids))


def test_no_message_is_left_empty(translated: dict) -> None:
    empty = [
        key
        for key, value in translated.items()
        if not all(value if isinstance(value, tuple) else [value])
    ]
    assert empty == []


def test_no_message_is_kept_that_nobody_shows(translated: dict) -> None:
    assert sorted(str(message) for message in translated.keys() - messages_on_screen()) == []


def test_translations_have_the_parameters_of_their_message(translated: dict) -> None:
    def parameters(message: str | tuple[str, ...]) -> set[str]:
        return set(PARAMETER.findall(" ".join(message) if isinstance(message, tuple) else message))

    assert {
        key: value for key, value in translated.items() if parameters(key) != parameters(value)
    } == {}
