"""Whether two keys are one word with a slip of the thumb in one of them."""

from itertools import pairwise

LETTERS_ONE, LETTERS_OTHER, LETTERS_TWO = 5, 7, 9
_BESIDE = {  # pairs on a German keyboard
    frozenset(pair) for row in ("qwertzuiop", "asdfghjkl", "yxcvbnm") for pair in pairwise(row)
}
_ALIKE = {frozenset(pair) for pair in ("dt", "bp", "gk", "fv", "sz", "ck", "iy", "vw", "ei", "ae")}


def is_slip(one: str, other: str) -> bool:
    """From 5 letters on: two exchanged or a doubled one; from 7 on: a missing one, or another one that
    lies beside it or sounds alike; from 9 on: two such things (Damerau-Levenshtein). Never the first or
    the last letter, and of two slips none among the first three: Haus and Maus, Ermutigung and
    Entmutigung, Mitarbeit and Mitarbeiter are no slips. Nor are numbers.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < LETTERS_ONE or one == other or not (one.isalpha() and other.isalpha()):
        return False
    if (short[0], short[-1]) != (long[0], long[-1]):
        return False
    if len(long) - len(short) <= 1 and _is_one_slip(short, long):
        return True
    return (
        len(short) >= LETTERS_TWO and short[:3] == long[:3] and distance(short, long, most=2) == 2
    )


def _is_one_slip(short: str, long: str) -> bool:
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        is_doubled = long[at] == long[at - 1]
        return short[at:] == long[at + 1 :] and (is_doubled or len(short) >= LETTERS_OTHER)
    if short[at + 2 :] == long[at + 2 :] and short[at : at + 2] == long[at : at + 2][::-1]:
        return True
    is_likely = frozenset((short[at], long[at])) in _BESIDE | _ALIKE
    return is_likely and len(short) >= LETTERS_OTHER and short[at + 1 :] == long[at + 1 :]


def distance(one: str, other: str, most: int) -> int:
    """Damerau-Levenshtein distance (optimal string alignment): letters added, left out, exchanged with
    their neighbour or taken for another; `most` + 1 for everything above."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], most + 1)
