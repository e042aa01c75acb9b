"""The one colour of a series: white text on it must be readable, and a poster chooses its ink by it."""

import re

from app.errors import N_, NotAcceptable

LEAST_CONTRAST = 4.5  # to white: WCAG 2.2, 1.4.3
OURS = "#1d4f91"
WHITE, INK = "#ffffff", "#211d18"


class TooPale(NotAcceptable):
    """`contrast` is what it has, `darker` the nearest shade that would do."""

    default = N_("Diese Farbe ist zu hell.")

    def __init__(self, contrast: float, darker: str) -> None:
        super().__init__(field="accent")
        self.contrast = contrast
        self.darker = darker


def as_accent(colour: str) -> str:
    """`#1d4f91`, in small letters; "" for ours. Raises NotAcceptable, TooPale."""
    colour = colour.strip().lower()
    if not colour:
        return ""
    if not re.fullmatch("#[0-9a-f]{6}", colour):
        raise NotAcceptable(N_("Eine Farbe sieht so aus: #1d4f91."), field="accent")
    found = contrast(colour, WHITE)
    if found < LEAST_CONTRAST:
        raise TooPale(found, _darker(colour))
    return colour


def accent_of(colour: str) -> str:
    """The colour itself, or ours when there is none or it is no colour."""
    return colour if re.fullmatch("#[0-9a-fA-F]{6}", colour) else OURS


def ink_on(colour: str) -> str:
    """White or our dark ink: whichever has the higher contrast, 4.1:1 at least."""
    return max(WHITE, INK, key=lambda ink: contrast(colour, ink))


def contrast(one: str, other: str) -> float:
    """1 to 21, WCAG 2.2's contrast ratio of two colours `#rrggbb`."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG defines it for sRGB."""
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _darker(colour: str) -> str:
    parts = bytes.fromhex(colour[1:])
    shades = (
        "#" + bytes(int(part * percent / 100) for part in parts).hex()
        for percent in range(99, -1, -1)
    )
    return next(shade for shade in shades if contrast(shade, WHITE) >= LEAST_CONTRAST)
