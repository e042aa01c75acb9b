"""One try at a layout: who stays, who grows, who gives way, and where the newcomers go."""

import math
import zlib
from collections.abc import Mapping, Sequence

from app.cloud.board import Board, Box
from app.cloud.metrics import extent_of
from app.cloud.place import HEIGHT, WIDTH, Place, Word
from app.cloud.scale import AIR_X, AIR_Y, STEP, size_of

MOVES = 2  # words that may leave their place in one layout, so that the wall stays calm
MARGIN_PX = 16  # free along the edges
NUDGE_PX = 48  # a shift that hardly shows
JOURNEY_PX = 320  # the furthest a word is sent to make room
DUE = 1.02  # a word is worth growing from 2 % under its due size on
SHRUNK_LEAST = 0.82  # share of its due size a word keeps; below that all words become smaller
# Eccentricity is the distance from the middle: 0 there, 1 on the ellipse that touches the edges.
SCATTER = 0.2  # how far off the middle a newcomer starts to look for room, at most
OUTLYING = 0.25  # a growing word is drawn in when it lies that much further out than its votes say
EXCHANGES = 6  # lesser words that are tried for the exchange
DENSITY = 0.7  # share of an ellipse that boxes cover when they are packed
ROUNDNESS = 2.6  # of the whole cloud: between ellipse (2) and rectangle


class Picture:
    """Places for `shown` (most votes first) at `unit` pixels a vote, starting from `previous`."""

    def __init__(self, shown: Sequence[Word], previous: Mapping[str, Place], unit: float) -> None:
        width = WIDTH - 2 * MARGIN_PX
        self._rank = {word.id: rank for rank, word in enumerate(shown)}
        self._text = {word.id: word.text for word in shown}
        self._due = {word.id: size_of(word.text, word.count, unit, width) for word in shown}
        self._orbit = self._orbits()
        self._previous = previous
        self._board = Board(WIDTH, HEIGHT, MARGIN_PX)
        self._places: dict[str, Place] = {}

    def places(self) -> dict[str, Place] | None:
        """The places by word id; None if a word finds no room: then all have to become smaller."""
        unplaced = [id for id in self._rank if not self._keep(id)]
        self._grow()
        if any(place.size < self._due[id] * SHRUNK_LEAST for id, place in self._places.items()):
            return None
        return self._places if all(self._settle(id) for id in unplaced) else None

    def _keep(self, id: str) -> bool:
        """Leaves a word where it was, no larger than it was."""
        if id not in self._previous:
            return False
        last = self._previous[id]
        size = min(last.size, self._due[id])
        if self._board.blockers(last.x, last.y, self._box(id, size)) != []:
            return False
        self._put(id, last.x, last.y, size)
        return True

    def _grow(self) -> None:
        """Lets the words grow that are smaller than their due, the most wronged first."""
        share = {id: place.size / self._due[id] for id, place in self._places.items()}
        moves = MOVES
        for id in sorted(share, key=lambda id: (share[id], self._rank[id])):
            if share[id] * DUE < 1:
                moves -= self._grow_one(id, moves)

    def _grow_one(self, id: str, moves: int) -> int:
        """Lets a word grow; returns how many words have left their place, at most `moves`."""
        here, size = self._lift(id), self._due[id]
        box = self._box(id, size)
        if moves and (moved := self._draw_in(here, box, moves)):
            return moved
        blockers = self._board.blockers(here.x, here.y, box)
        if blockers == []:
            self._put(id, here.x, here.y, size)
            return 0
        spot = self._board.nearest(here.x, here.y, box, within=JOURNEY_PX) if moves else None
        is_near = spot is not None and math.dist(spot, (here.x, here.y)) <= NUDGE_PX
        is_worth_it = not is_near and blockers and len(blockers) <= moves
        if blockers and is_worth_it and self._displace(blockers, id, (here.x, here.y)):
            return len(blockers)
        if spot:
            self._put(id, *spot, size)
            return 1
        while size > here.size and self._board.blockers(here.x, here.y, self._box(id, size)) != []:
            size = max(size / STEP, here.size)
        self._put(id, here.x, here.y, size)
        return 0

    def _draw_in(self, here: Place, box: Box, moves: int) -> int:
        """Moves a word that has become important towards the middle, in exchange for a lesser one
        if need be; returns how many words moved. The word is off the board when this is called."""
        out = _eccentricity(here.x, here.y)
        if out <= self._orbit[here.id] + OUTLYING:
            return 0
        goal = out - OUTLYING / 2
        spot = self._board.nearest(WIDTH / 2, HEIGHT / 2, box, within=goal * HEIGHT / 2)
        if spot and self._displace([], here.id, spot):
            return 1
        lesser = [
            (_eccentricity(place.x, place.y), self._rank[place.id], place)
            for place in self._places.values()
            if self._rank[place.id] > self._rank[here.id] and place.size < 0.9 * self._due[here.id]
        ]
        for inner, _, other in sorted(lesser)[:EXCHANGES] if moves > 1 else ():
            if inner >= goal:
                break
            self._board.take(other.id)
            spot = self._board.nearest(other.x, other.y, box, within=NUDGE_PX)
            self._put(other.id, other.x, other.y, other.size)
            if spot and self._displace([other.id], here.id, spot):
                return 2
        return 0

    def _displace(self, others: Sequence[str], id: str, spot: tuple[float, float]) -> bool:
        """Puts a word where others stand, if all of those are lesser and find room not far away."""
        if any(self._rank[other] < self._rank[id] for other in others):
            return False
        before = [self._lift(other) for other in sorted(others, key=self._rank.__getitem__)]
        self._put(id, *spot, self._due[id])
        for last in before:
            box = self._box(last.id, last.size)
            new = self._board.nearest(last.x, last.y, box, within=JOURNEY_PX)
            if new is None:
                for place in before:
                    self._put(place.id, place.x, place.y, place.size)
                self._lift(id)
                return False
            self._put(last.id, *new, last.size)
        return True

    def _settle(self, id: str) -> bool:
        """Finds room for a word without a place, nearest to its last one or to the middle."""
        last = self._previous.get(id)
        x, y = (last.x, last.y) if last else _first_target(id, self._orbit[id])
        size = self._due[id]
        while size >= self._due[id] * SHRUNK_LEAST:
            if spot := self._board.nearest(x, y, self._box(id, size), roundness=ROUNDNESS):
                self._put(id, *spot, size)
                return True
            size /= STEP
        return False

    def _orbits(self) -> dict[str, float]:
        """How far out each word would be, as eccentricity, if they lay strictly by votes."""
        orbit, area = {}, 0.0
        for id in self._rank:
            orbit[id] = math.sqrt(area / (math.pi / 4 * WIDTH * HEIGHT * DENSITY))
            box = self._box(id, self._due[id])
            area += 2 * box.side * (box.above + box.below)
        return orbit

    def _box(self, id: str, size: float) -> Box:
        width, above, below = extent_of(self._text[id])
        return Box((width / 2 + AIR_X) * size, (above + AIR_Y) * size, (below + AIR_Y) * size)

    def _put(self, id: str, x: float, y: float, size: float) -> None:
        place = Place(id, round(x, 1), round(y, 1), round(size, 1))
        self._places[id] = place
        self._board.put(id, place.x, place.y, self._box(id, place.size))

    def _lift(self, id: str) -> Place:
        self._board.take(id)
        return self._places.pop(id)


def _first_target(id: str, orbit: float) -> tuple[float, float]:
    """Near the middle, the lesser words a little scattered: else they stack up like a list."""
    scatter = zlib.crc32(id.encode())
    across, down = scatter % 201 / 100 - 1, scatter // 201 % 201 / 100 - 1
    reach = min(orbit, SCATTER)
    return WIDTH / 2 * (1 + across * reach), HEIGHT / 2 * (1 + down * reach / 3)


def _eccentricity(x: float, y: float) -> float:
    return math.hypot(2 * x / WIDTH - 1, 2 * y / HEIGHT - 1)
