"""Finds the cards that say already what somebody is writing: the same words in another form, half typed,
within a compound or with a slip."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

import regex

from app.cloud.normalise import key_of

MOST = 3
LEAST_LETTERS = 5  # of words that say something; below that anything would be similar
LEAST_SCORE = 0.6  # how much of the text, or of the card, the other one says too
LEAST_STEM = 4
LEAST_DICE = 0.5  # of trigrams: two letters that changed places in a word of eight
# More of them say nothing new. Each is compared with each: without a limit one text of short words, and
# one device, would keep a server busy for minutes.
MOST_STEMS = 16

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}*:_]*|\p{N}+")
_GENDER = regex.compile(r"(?<=\p{L})[*:_]in(nen)?$")
_ENDINGS = ("innen", "ungen", "ung", "ern", "er", "en", "em", "es", "e", "n", "s")
_SAYS_LITTLE = frozenset(
    "aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim besser bitte "
    "brauchen braucht da damit dann das dass dem den denn der des die dies diese diesem diesen dieser "
    "dort durch ein eine einem einen einer eines einfach es etwas für ganz geben gern gerne gibt gut gute "
    "guten haben hat hier ich ihr ihre im immer in ins ist ja jede jeden jeder kann keine können könnte "
    "könnten leider machen man mehr mit muss müssen müsste nach nicht noch nur ob oder ohne schon sehr sein "
    "sich sie sind so soll sollen sollte sollten über um und uns unser unsere unter viel viele vielen vom "
    "von vor wäre was weil wenn wer werden wie wieder wir wird wo wünschen würde zu zum zur zwischen "
    "a an and are be for is it more of on please should the there to we with".split()
)


class HasText(Protocol):
    @property
    def text(self) -> str: ...


C = TypeVar("C", bound=HasText)


def similar(text: str, cards: Sequence[C]) -> list[C]:
    """The cards most similar to `text`, the best first and at most MOST; among equals in their order."""
    typed = _stems(text)
    if sum(map(len, typed)) < LEAST_LETTERS:
        return []
    said = [_stems(card.text) for card in cards]
    rows = {
        stem: [_likeness(mine, stem) for mine in typed]
        for stem in dict.fromkeys(stem for stems in said for stem in stems)
    }
    shares = [_overlap(typed, stems, [rows[stem] for stem in stems]) for stems in said]
    found = [pair for pair in zip(cards, shares, strict=True) if max(pair[1]) >= LEAST_SCORE]
    return [card for card, _ in sorted(found, key=lambda pair: -sum(pair[1]))[:MOST]]


def _overlap(
    typed: list[str], said: list[str], likenesses: list[list[float]]
) -> tuple[float, float]:
    """How much of either the other one says too, 0 to 1; long words weigh more. `likenesses`: a row for
    each stem said, in it that to each typed one."""
    if not said:
        return 0.0, 0.0
    return (
        _share(typed, [max(column) for column in zip(*likenesses, strict=True)]),
        _share(said, [max(row) for row in likenesses]),
    )


def _share(stems: list[str], best: list[float]) -> float:
    weights = [len(stem) for stem in stems]
    return sum(w * b for w, b in zip(weights, best, strict=True)) / sum(weights)


def _likeness(one: str, other: str) -> float:
    """1 the same, 0.9 one begins with the other, 0.8 one contains the other, else shared trigrams."""
    if one == other:
        return 1.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= LEAST_STEM and long.startswith(short):
        return 0.9
    if len(short) > LEAST_STEM and short in long:
        return 0.8
    if len(short) <= LEAST_STEM or short[0] != long[0]:
        return 0.0
    dice = _dice(_trigrams(one), _trigrams(other))
    return dice if dice >= LEAST_DICE else 0.0


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Sørensen–Dice coefficient."""
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=20_000)
def _trigrams(stem: str) -> frozenset[str]:
    padded = f"  {stem} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _stems(text: str) -> list[str]:
    """What the text says, in its order and without repetitions; of much the longest, MOST_STEMS."""
    words = (word for word in _WORD.findall(text) if word.casefold() not in _SAYS_LITTLE)
    stems = list(dict.fromkeys(filter(None, map(_stem, words))))
    longest = set(sorted(stems, key=len, reverse=True)[:MOST_STEMS])
    return [stem for stem in stems if stem in longest]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Without case, umlauts and the ending: Aushänge and Aushang, Ärzt*innen and Arzt meet."""
    stem = _GENDER.sub("", key_of(word))
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= LEAST_STEM:
            stem = stem.removesuffix(ending)
            break
    return stem.replace("ae", "a").replace("oe", "o").replace("ue", "u")
