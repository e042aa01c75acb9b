"""How much room a word takes, measured in the very font files the browser draws it with."""

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import regex
from PIL import ImageFont

FONT_FAMILY = "Atkinson Hyperlegible Next"
FONT_WEIGHT = 600
FONTS = Path(__file__).parents[2] / "static" / "fonts"
LATIN = FONTS / f"atkinson-hyperlegible-next-latin-{FONT_WEIGHT}-normal.woff2"
LATIN_EXT = FONTS / f"atkinson-hyperlegible-next-latin-ext-{FONT_WEIGHT}-normal.woff2"

# From a word's middle down to its baseline, in font sizes: half the height of this font's capitals.
BASELINE = 0.335

_EM = 1000  # measured at this size: fine enough, and free of hinting
# What the two files contain, as the font's `unicode-range` tells the browser.
_IN_LATIN = regex.compile(r"[\u0000-\u00FF\u0131\u0152\u0153\u02C6\u02DA\u02DC\u2010-\u2027€™]+")
_IN_LATIN_EXT = regex.compile(r"[\u0100-\u02BA\u1E00-\u1E9F\u1EF2-\u1EFF\u20A0-\u20C0]+")
_RUN = regex.compile(rf"{_IN_LATIN.pattern}|{_IN_LATIN_EXT.pattern}|\X")
# Everything else comes from a font of the reader's device: guessed, rather too wide.
_EMOJI_EM, _FULL_WIDTH_EM, _OTHER_EM = 1.4, 1.05, 0.8
_OTHER_ABOVE_EM, _OTHER_BELOW_EM = 1.0, 0.3


class Extent(NamedTuple):
    """The ink of a word in font sizes: width, and how far it reaches from the word's middle."""

    width: float
    above: float
    below: float


@lru_cache(maxsize=4096)
def extent_of(text: str) -> Extent:
    """Room that `text` takes at font size 1. The middle is that of its capitals (see BASELINE)."""
    width, above, below = 0.0, 0.0, 0.0
    for run in _RUN.findall(text):
        if _IN_LATIN.fullmatch(run):
            extent = _measured(run, LATIN)
        elif _IN_LATIN_EXT.fullmatch(run):
            extent = _measured(run, LATIN_EXT)
        else:
            extent = Extent(_guessed_width(run), _OTHER_ABOVE_EM, _OTHER_BELOW_EM)
        width += extent.width
        above = max(above, extent.above)
        below = max(below, extent.below)
    return Extent(width, above - BASELINE, below + BASELINE)


def is_measured(text: str) -> bool:
    """Whether all of `text` is in our font; if not, its width is a guess."""
    return all(_IN_LATIN.fullmatch(r) or _IN_LATIN_EXT.fullmatch(r) for r in _RUN.findall(text))


def fonts_for(texts: Iterable[str]) -> list[tuple[Path, str]]:
    """The font files that drawing these texts takes, each with its `unicode-range`."""
    runs = {run for text in texts for run in _RUN.findall(text)}
    return [
        (file, span)
        for file, pattern, span in (
            (
                LATIN,
                _IN_LATIN,
                "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2010-2027,U+20AC,U+2122",
            ),
            (LATIN_EXT, _IN_LATIN_EXT, "U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20C0"),
        )
        if any(pattern.fullmatch(run) for run in runs)
    ]


def _measured(run: str, file: Path) -> Extent:
    font = _font(file)
    left, top, right, bottom = font.getbbox(run, anchor="ls")
    return Extent(max(font.getlength(run), right - left) / _EM, -top / _EM, bottom / _EM)


@cache
def _font(file: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, _EM)


def _guessed_width(grapheme: str) -> float:
    if unicodedata.category(grapheme[0]) == "So" or (len(grapheme) > 1 and "\ufe0f" in grapheme):
        return _EMOJI_EM
    return _FULL_WIDTH_EM if unicodedata.east_asian_width(grapheme[0]) in "WF" else _OTHER_EM
