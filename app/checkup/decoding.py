"""Reads a QR code back from its picture, without the library that drew it: ISO/IEC 18004, versions 1 to 10
at level Q. A picture of our own has no errors to correct, so the words for that are left unread."""

import re
from collections.abc import Callable, Iterator

QUIET = 4
BLOCKS = {
    1: (1, 13, 0),
    2: (1, 22, 0),
    3: (2, 17, 0),
    4: (2, 24, 0),
    5: (2, 15, 2),
    6: (4, 19, 0),
    7: (2, 14, 4),
    8: (4, 18, 2),
    9: (4, 16, 4),
    10: (6, 19, 2),
}
"""Version → blocks of so many data words, and then blocks of one word more (table 9)."""
MARKS = {
    1: (),
    2: (18,),
    3: (22,),
    4: (26,),
    5: (30,),
    6: (34,),
    7: (22, 38),
    8: (24, 42),
    9: (26, 46),
    10: (28, 50),
}
"""Version → where the middles of alignment patterns lie, beside 6 (annex E)."""
MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, _x: y % 2,
    lambda _y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
"""Where one of these is 0, a module is turned over (table 10)."""
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVEL_Q = 0b11
Modules = list[list[bool]]


def decoded(svg: str) -> str:
    """The text in a picture of `planning.qr.as_svg`. Raises ValueError for what is no code of ours."""
    modules = _modules(svg)
    version, rest = divmod(len(modules) - 17, 4)
    if rest or version not in BLOCKS or any(len(row) != len(modules) for row in modules):
        raise ValueError("not a size of ours")
    masked = [modules[8][x] ^ (x % 2 == 0) for x in range(5)]  # the format's own mask is 10101…
    level, mask = _number(masked[:2]), _number(masked[2:])
    if level != LEVEL_Q:
        raise ValueError("not level Q")
    bits = [modules[y][x] ^ (MASKS[mask](y, x) == 0) for y, x in _path(version)]
    return _text(_data_words(bits, version), version)


def _modules(svg: str) -> Modules:
    """Dark or not, row by row, without the quiet zone."""
    side_found = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    if side_found is None:
        raise ValueError("no picture of a code")
    side = int(side_found[1])
    rows = [[False] * side for _ in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        for dark in range(int(x), int(x) + int(length)):
            rows[int(y)][dark] = True
    return [row[QUIET:-QUIET] for row in rows[QUIET:-QUIET]]


def _path(version: int) -> Iterator[tuple[int, int]]:
    """Rows and columns of the data modules, as they are written: pairs of columns from the right, upwards
    and downwards in turns."""
    side = 17 + 4 * version
    taken = _functional(version, side)
    for turn, right in enumerate(each for each in (*range(side - 1, 6, -2), *range(5, 0, -2))):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        yield from ((y, x) for y in rows for x in (right, right - 1) if (y, x) not in taken)


def _functional(version: int, side: int) -> set[tuple[int, int]]:
    """The modules that bear no data."""

    def field(top: int, left: int, height: int, width: int) -> set[tuple[int, int]]:
        return {(y, x) for y in range(top, top + height) for x in range(left, left + width)}

    taken = field(0, 0, 9, 9) | field(0, side - 8, 9, 8) | field(side - 8, 0, 8, 9)  # finders
    taken |= field(6, 0, 1, side) | field(0, 6, side, 1)  # timing
    if version >= 7:
        taken |= field(0, side - 11, 6, 3) | field(side - 11, 0, 3, 6)
    middles = (6, *MARKS[version])
    last = middles[-1]
    for y in middles:
        for x in middles:
            if (y, x) not in {(6, 6), (6, last), (last, 6)}:  # the finders are there
                taken |= field(y - 2, x - 2, 5, 5)
    return taken


def _data_words(bits: list[bool], version: int) -> list[int]:
    """Eight bits each, the blocks one after the other again."""
    words = iter([_number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)])
    short, length, long = BLOCKS[version]
    blocks: list[list[int]] = [[] for _ in range(short + long)]
    for _ in range(length):
        for block in blocks:
            block.append(next(words))
    for block in blocks[short:]:
        block.append(next(words))
    return [word for block in blocks for word in block]


def _text(words: list[int], version: int) -> str:
    bits = [bool(word >> place & 1) for word in words for place in range(7, -1, -1)]
    more = 2 if version >= 10 else 0
    found, at = b"", 0

    def take(count: int) -> int:
        nonlocal at
        if at + count > len(bits):
            raise ValueError("cut off")
        at += count
        return _number(bits[at - count : at])

    while at + 4 <= len(bits) and (mode := take(4)):
        if mode == 0b0001:
            found += _in_groups(
                take(10 + more), 3, lambda size: f"{take((0, 4, 7, 10)[size]):0{size}d}"
            )
        elif mode == 0b0010:
            found += _in_groups(
                take(9 + more), 2, lambda size: _signs(take((0, 6, 11)[size]), size)
            )
        elif mode == 0b0100:
            found += bytes(take(8) for _ in range(take(16 if more else 8)))
        else:
            raise ValueError("a mode that we never write")
    return found.decode()


def _in_groups(count: int, size: int, read: Callable[[int], str]) -> bytes:
    sizes = [size] * (count // size) + [count % size] * bool(count % size)
    return "".join(read(each) for each in sizes).encode()


def _signs(number: int, size: int) -> str:
    return "".join(SIGNS[number // 45**place % 45] for place in range(size - 1, -1, -1))


def _number(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
