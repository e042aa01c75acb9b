"""The picture's surface: what is taken, and the nearest free spot for another box."""

import math
from bisect import insort
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

TOUCHING_PX = 0.5  # boxes may share as much of their air: places are rounded when they are stored


_Wall = tuple[float, float, float, float]
"""left, right, top, bottom"""


class Box(NamedTuple):
    """What a word takes around its middle, in pixels; `side` to the left and to the right."""

    side: float
    above: float
    below: float


class Board:
    """Boxes on a surface of `width` x `height` pixels with a free `margin` along the edges; the
    origin is the upper left corner."""

    def __init__(self, width: float, height: float, margin: float) -> None:
        self._width, self._height, self._margin = width, height, margin
        self._taken: dict[str, _Wall] = {}

    def put(self, name: str, x: float, y: float, box: Box) -> None:
        side, above, below = box
        self._taken[name] = (x - side, x + side, y - above, y + below)

    def take(self, name: str) -> None:
        del self._taken[name]

    def blockers(self, x: float, y: float, box: Box) -> list[str] | None:
        """Names of the boxes in the way of one at this place; None if it would stick out."""
        first_x, last_x, first_y, last_y = self._room_for(box)
        if not (
            first_x - TOUCHING_PX <= x <= last_x + TOUCHING_PX
            and first_y - TOUCHING_PX <= y <= last_y + TOUCHING_PX
        ):
            return None
        left, right = x - box.side + TOUCHING_PX, x + box.side - TOUCHING_PX
        top, bottom = y - box.above + TOUCHING_PX, y + box.below - TOUCHING_PX
        return [
            name
            for name, (other_left, other_right, other_top, other_bottom) in self._taken.items()
            if other_left < right
            and other_right > left
            and other_top < bottom
            and other_bottom > top
        ]

    def _room_for(self, box: Box) -> tuple[float, float, float, float]:
        """First and last x, first and last y that the middle of a box may have."""
        return (
            self._margin + box.side,
            self._width - self._margin - box.side,
            self._margin + box.above,
            self._height - self._margin - box.below,
        )

    def nearest(
        self, x: float, y: float, box: Box, *, within: float = math.inf, roundness: float = 2
    ) -> tuple[float, float] | None:
        """The free spot for a box nearest to (x, y), None if there is none nearer than `within`.

        Distances are those of a superellipse of the surface's proportions (`roundness` 2: an
        ellipse, more: towards the rectangle), in pixels up and down. Exact: a middle may be anywhere
        but in the rectangles that the taken boxes, widened by this one, cover. The nearest such
        point lies at the height of y itself or of an edge, and there as close to x as the rectangles
        at this height allow.
        """
        first_x, last_x, first_y, last_y = self._room_for(box)
        if first_x > last_x or first_y > last_y:
            return None
        x, y = min(max(x, first_x), last_x), min(max(y, first_y), last_y)
        walls = self._walls(x, y, box, within)
        ratio = self._height / self._width
        best, nearest = within**roundness, None
        for sign, last in ((-1, first_y), (1, last_y)):  # upwards, then downwards
            for height, across in _sweep(walls, sign * y, sign * last, sign):
                away = (height - sign * y) ** roundness
                if away >= best:
                    break
                for spot in _out_of(x, across):
                    distance = away + (abs(spot - x) * ratio) ** roundness
                    if first_x <= spot <= last_x and distance < best:
                        best, nearest = distance, (spot, sign * height)
        return nearest

    def _walls(self, x: float, y: float, box: Box, within: float) -> list[_Wall]:
        """What no middle of such a box may be in, as far as it lies `within` of (x, y)."""
        side, above, below = box
        reach = within * self._width / self._height
        left, right, top, bottom = x - reach, x + reach, y - within, y + within
        return [
            (taken[0] - side, taken[1] + side, taken[2] - below, taken[3] + above)
            for taken in self._taken.values()
            if taken[0] - side < right
            and taken[1] + side > left
            and taken[2] - below < bottom
            and taken[3] + above > top
        ]


def _sweep(
    walls: list[_Wall], first: float, last: float, sign: int
) -> Iterator[tuple[float, list[_Wall]]]:
    """From `first` to `last`, the heights where there may be new room, each with the walls across it,
    ordered by their left edge. `sign` -1 turns everything upside down: so upwards is downwards, too."""
    ahead = [
        (left, right, top, bottom) if sign > 0 else (left, right, -bottom, -top)
        for left, right, top, bottom in walls
    ]
    ahead.sort(key=itemgetter(2), reverse=True)
    edges = {first, *(wall[2] for wall in ahead), *(wall[3] for wall in ahead)}
    across: list[_Wall] = []
    for height in sorted(edge for edge in edges if first <= edge <= last):
        across = [wall for wall in across if wall[3] > height]
        while ahead and ahead[-1][2] < height:
            wall = ahead.pop()
            if wall[3] > height:
                insort(across, wall)
        yield height, across


def _out_of(x: float, across: list[_Wall]) -> tuple[float, float]:
    """The nearest x to the left and to the right in none of the walls (ordered by left edge)."""
    before = after = x
    for left, right, _, _ in across:
        if left < after < right:
            after = right
    if after == x:
        return x, x
    for left, right, _, _ in sorted(across, key=itemgetter(1), reverse=True):
        if left < before < right:
            before = left
    return before, after
