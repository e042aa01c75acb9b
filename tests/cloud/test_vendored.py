"""Everything that others made lies here unchanged, with its origin and its licence."""

import tomllib
import xml.etree.ElementTree as ET
from hashlib import sha256
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
LIST = STATIC / "vendor" / "VENDORED.toml"
FILES = tomllib.loads(LIST.read_text(encoding="utf-8"))["files"]
BENCH = Path(__file__).parents[1] / "bench" / "vendor"
OF_BENCH = tomllib.loads((BENCH / "VENDORED.toml").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("entry", OF_BENCH, ids=lambda entry: entry["file"])
def test_a_file_of_the_bench_is_the_one_that_was_copied(entry: dict[str, str]) -> None:
    assert sha256((BENCH / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert all(entry[name] for name in ("package", "version", "licence", "source"))


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_the_one_that_was_copied(entry: dict[str, str]) -> None:
    assert sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert all(entry[name] for name in ("package", "version", "licence", "source"))


def test_every_file_of_others_is_listed() -> None:
    present = {path for folder in ("fonts", "vendor") for path in (STATIC / folder).rglob("*")}
    listed = {entry["file"] for entry in FILES}
    assert {str(path.relative_to(STATIC)) for path in present - {LIST}} | {"icons.svg"} == listed
    assert {path.name for path in BENCH.iterdir()} - {"VENDORED.toml"} == {
        entry["file"] for entry in OF_BENCH
    }


def test_an_icon_is_a_symbol_that_takes_the_colour_of_the_text_beside_it() -> None:
    symbols = list(ET.parse(STATIC / "icons.svg").getroot())
    assert len({symbol.get("id") for symbol in symbols}) == len(symbols) == 30
    assert {symbol.get("stroke") for symbol in symbols} == {"currentColor"}
