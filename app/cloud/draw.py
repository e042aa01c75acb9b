"""Draws the laid-out cloud as a picture that stands on its own, in a file as in a report."""

import base64
import zlib
from collections.abc import Iterable
from xml.sax.saxutils import escape

from app.cloud.metrics import BASELINE, FONT_FAMILY, FONT_WEIGHT, extent_of, fonts_for, is_measured
from app.cloud.place import HEIGHT, WIDTH, Place, Word

PAPER = "#fdfbf7"
# Teal, vermilion, brown, ink blue, plum: all at least 4.5:1 on PAPER and on white.
INKS = ("#0f6f68", "#b23a17", "#7a4b14", "#23507f", "#7d2a5c")


def ink_of(id: str) -> int:
    """Which of the INKS a word has, for ever: an index from 0."""
    return zlib.crc32(id.encode()) % len(INKS)


def as_svg(words: Iterable[Word], places: Iterable[Place], title: str = "") -> str:
    """An SVG document of 1600 x 900 units: one <text> a place, in the order of `places`.

    It carries its font, so that it looks the same everywhere; where styles are forbidden,
    `textLength` still keeps every word within its room. `title` is what a screen reader says of the picture.
    Raises KeyError for a place whose word is not among `words`.
    """
    text_of = {word.id: word.text for word in words}
    drawn = [(text_of[place.id], place) for place in places]
    faces = "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{FONT_WEIGHT};unicode-range:{span};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()})}}"
        for file, span in fonts_for(text for text, _ in drawn)
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        *([f"<title>{escape(title)}</title>"] if title else []),
        *([f"<style>{faces}</style>"] if faces else []),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        (
            f'<g font-family="\'{FONT_FAMILY}\', sans-serif" font-weight="{FONT_WEIGHT}" '
            'text-anchor="middle">'
        ),
        *(_text(text, place) for text, place in drawn),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str, place: Place) -> str:
    # Emoji and other scripts come in the reader's own font: stretched to a guess they look odd.
    length = ""
    if is_measured(text):
        width = extent_of(text).width * place.size
        length = f'textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs" '
    baseline = place.y + BASELINE * place.size
    return (
        f'<text x="{place.x:g}" y="{baseline:.1f}" font-size="{place.size:g}" '
        f'{length}fill="{INKS[ink_of(place.id)]}">'
        f"{escape(text)}</text>"
    )
