"""What the fonts lack never reaches the typesetter, and the fonts are the ones that were copied."""

import tomllib
from hashlib import sha256

import pytest
from PIL import ImageFont

from app.planning.glyphs import FONTS, _covered, printable

FILES = tomllib.loads((FONTS / "VENDORED.toml").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Straße – „Übergang“ ½ €", "Straße – „Übergang“ ½ €"),
        ("Привіт, مرحبا, γειά 🎉 ✔", "Привіт, مرحبا, γειά 🎉 ✔"),
        ("中文 \ue000", "□□ □"),
        ("a\u202eb\u0000c\td", "abc d"),
        ("eins\nzwei\r\n\ndrei", "eins\nzwei \n\ndrei"),
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
    ],
)
def test_a_text_is_printed_as_far_as_the_fonts_go(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_what_counts_as_covered_has_a_glyph_of_its_own() -> None:
    """FreeType, which reads font files itself, draws it unlike the box for what is missing."""
    fonts = [ImageFont.truetype(file, 24) for file in sorted(FONTS.glob("*.ttf"))]
    missing = [bytes(font.getmask("\U0010ffff")) for font in fonts]

    def is_drawn(sign: str) -> bool:
        return any(
            bytes(font.getmask(sign)) != box for font, box in zip(fonts, missing, strict=True)
        )

    samples = "Aßẞžțąřň€„“✔✖□абвіїєمرحبאלΩ𝄞🎉😀🌳中ह\ue000"
    assert [sign for sign in samples if is_drawn(sign) != (ord(sign) in _covered())] == []


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["file"])
def test_a_font_is_the_one_that_was_copied(entry: dict[str, str]) -> None:
    assert sha256((FONTS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert all(entry[name] for name in ("package", "version", "licence", "source"))


def test_every_font_and_licence_is_listed() -> None:
    present = {file.name for file in FONTS.iterdir()} - {"VENDORED.toml"}
    assert present == {entry["file"] for entry in FILES}
