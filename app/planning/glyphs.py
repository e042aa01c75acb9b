"""Which characters our print fonts have: a tagged PDF is refused for a single one that they haven't."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
MISSING = "□"
_JOINERS = "\u00ad\u200b\u200c\u200d\u200e\u200f"  # invisible, and texts change without them


def printable(text: str) -> str:
    """The text with what can't be printed as □; controls and marks that can't are left out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printed, text))


def _printed(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign == "\n":
        return sign  # Typst breaks the line there
    if category in ("Cc", "Zl", "Zp"):
        return " " if sign in "\t\r\u2028\u2029" else ""
    if category == "Cf" and sign not in _JOINERS:
        return ""  # the orders of writing that turn a whole line around are of this kind
    if ord(sign) in _covered():
        return sign
    return "" if category in ("Cf", "Mn", "Me") else MISSING


@cache
def _covered() -> frozenset[int]:
    """The code points that at least one of the fonts has a glyph for; joiners count as such."""
    points = {ord(sign) for sign in _JOINERS}
    for file in FONTS.glob("*.ttf"):
        points.update(_points(file.read_bytes()))
    return frozenset(points)


def _points(font: bytes) -> Iterator[int]:
    """The code points in a font's `cmap`, of its formats 4 and 12 (OpenType 1.9, "cmap")."""
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(tables))
    start = next(offset for tag, _checksum, offset, _length in entries if tag == b"cmap")
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * index)
        at = start + offset
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == 4:
            yield from _format_4(font, at)
        elif kind == 12:
            for group in range(struct.unpack_from(">L", font, at + 12)[0]):
                first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * group)
                yield from range(first, last + 1)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(
            f">{segments}H", font, at + 14 + 2 * column * segments + 2 * (column > 0)
        )
        for column in range(4)
    )
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            if offsets[index] == 0:
                glyph = (point + deltas[index]) & 0xFFFF
            else:
                place = at + 16 + 6 * segments + 2 * index + offsets[index] + 2 * (point - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph:
                yield point
