"""How large the words are: by their votes, and seldom all at once."""

import math
from collections import Counter
from collections.abc import Sequence

from app.cloud.metrics import extent_of

# Air around a word, in font sizes: between two words of equal size twice that.
AIR_X, AIR_Y = 0.20, 0.10
# The unit is the font size of a word with one vote. It moves in steps of 6 %, and only once there
# are too many or too few words for their room: a single vote hardly ever resizes everybody.
STEP = 1.06
UNIT_MOST = 84.0
FILL_LEAST, FILL, FILL_MOST = (0.25, 0.57, 0.68)  # share of the picture that the words' boxes cover
TOP_LEAST, TOP, TOP_MOST = 94.0, 150.0, 190.0  # font size of the word with most votes
READABLE = 23.0  # 1/40 of the picture's height: rather hold the top word down than go below that


def weight_of(count: int) -> float:
    """Font size in units: nearly the square root of the votes, so that ink is fair to them."""
    return 1 + 0.85 * (math.sqrt(max(count, 1)) - 1)


def unit_for(
    words: Sequence[tuple[str, int]], before: Sequence[tuple[int, float]], room: float
) -> float:
    """The font size of a single vote in pixels: the last one as long as it is not far off.

    `words`: shown text and votes of each. `before`: votes now and font size then of those that were
    there before. `room`: area of the picture in square pixels.
    """
    area = sum(_area_of(text) * weight_of(count) ** 2 for text, count in words)
    top = weight_of(max(count for _, count in words))

    def unit(fill: float, largest: float) -> float:
        return min(UNIT_MOST, math.sqrt(fill * room / area), max(largest / top, READABLE))

    last = _unit_of(before)
    if unit(FILL_LEAST, TOP_LEAST) <= last <= unit(FILL_MOST, TOP_MOST) * STEP:
        return last
    return _step_of(unit(FILL, TOP))


def size_of(text: str, count: int, unit: float, width: float) -> float:
    """Font size in pixels, such that the word with its air is not wider than `width` pixels."""
    return min(unit * weight_of(count), TOP_MOST, width / (extent_of(text).width + 2 * AIR_X))


def _area_of(text: str) -> float:
    width, above, below = extent_of(text)
    return (width + 2 * AIR_X) * (above + below + 2 * AIR_Y)


def _unit_of(before: Sequence[tuple[int, float]]) -> float:
    """The unit that most sizes stem from, 0 without any. Of equals the larger one: votes that came
    since then make it look smaller than it was."""
    seen = Counter(_step_of(size / weight_of(count)) for count, size in before if size > 0)
    return max(seen, key=lambda unit: (seen[unit], unit), default=0.0)


def _step_of(unit: float) -> float:
    """The nearest step on the ladder of units."""
    return float(STEP ** round(math.log(unit, STEP)))
