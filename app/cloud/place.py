"""The two things every part of the cloud speaks of: a word and its place."""

from dataclasses import dataclass

WIDTH, HEIGHT = 1600, 900  # of the picture, in pixels; x to the right, y downwards


@dataclass(frozen=True, slots=True)
class Word:
    """What is to be shown: `text` is the shown spelling, `count` its votes."""

    id: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: its middle and its font size, in pixels of the picture. The middle is
    half-way up its capitals; the baseline is `metrics.BASELINE` font sizes below."""

    id: str
    x: float
    y: float
    size: float
