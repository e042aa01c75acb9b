"""The series' colour, and in which of two inks one reads on it."""

import re

OURS = "#1d4f91"
WHITE, INK = "#ffffff", "#211d18"


def accent_of(colour: str) -> str:
    """The colour itself, or ours when there is none or it is no colour."""
    return colour if re.fullmatch("#[0-9a-fA-F]{6}", colour) else OURS


def ink_on(colour: str) -> str:
    """White or our dark ink: whichever has the higher contrast, 4.1:1 at least."""
    return max(WHITE, INK, key=lambda ink: contrast(colour, ink))


def contrast(one: str, other: str) -> float:
    """1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
