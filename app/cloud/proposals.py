"""Which words of a cloud are perhaps the same one: for a moderator to decide, never decided here.

A proposal costs a person's attention, so rather none than a wrong one: only what a slip of the thumb, a
grammatical ending, a gender mark or an emoji explains.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

import regex

from app.cloud.forms import is_noun, other_forms
from app.cloud.normalise import key_of
from app.cloud.slips import LETTERS_TWO, is_slip

LOOKED_AT = 300  # most frequent words; a typing error in one that nobody sees matters less
FREQUENT = 3  # devices: two words that so many sent are no slips of each other
STEM = 4  # letters before an ending, at least

_ENDINGS = ("e", "en", "n", "nen", "s")
_ENDINGS_OF_ADJECTIVES = ("er", "es", "em")
_UMLAUT = regex.compile("(?<=[aou])e")
_WOMEN = regex.compile(r"\*in(?:nen)?|(?<=er|or|eur|ent|ant|ist)in(?:nen)?$")
_EMOJI = regex.compile(r"[\p{So}\U0001F3FB-\U0001F3FF\u200D\u20E3]+")
_TONE = regex.compile(r"[\U0001F3FB-\U0001F3FF]")
_AGAIN = regex.compile(r"(\X)\1+")


class Reason(StrEnum):
    form = "form"  # an ending, or men and women
    spelling = "spelling"
    emoji = "emoji"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`word` might be merged into `into`; both are ids."""

    into: str
    word: str
    reason: Reason


def proposals(words: Sequence[tuple[str, str, int]]) -> list[Proposal]:
    """Pairs that are perhaps one word, the most frequent first; the rarer of two into the other one.
    `words`: id, shown text and devices, most frequent first."""
    looked_at = words[:LOOKED_AT]
    pairs = _pairs(tuple((text, count >= FREQUENT) for _, text, count in looked_at))
    return [
        Proposal(looked_at[one][0], looked_at[other][0], reason) for one, other, reason in pairs
    ]


def reason_for(one: str, other: str) -> Reason | None:
    """Why these two texts might be one word; None when they are not."""
    key, key_of_other = key_of(one), key_of(other)
    if key == key_of_other or key_of_other in other_forms(key) or _is_ending(one, other):
        return Reason.form
    if _without_women(key) == _without_women(key_of_other):
        return Reason.form
    if _without_emoji(key) == _without_emoji(key_of_other):
        return Reason.emoji
    are_words = is_noun(key) and is_noun(key_of_other)
    return Reason.spelling if not are_words and is_slip(key, key_of_other) else None


@lru_cache(maxsize=16)  # a desk asks again and again
def _pairs(words: tuple[tuple[str, bool], ...]) -> list[tuple[int, int, Reason]]:
    """Places in `words` (shown text, whether it is frequent), the lower one first."""
    meeting: dict[str, list[int]] = defaultdict(list)
    for place, (text, _) in enumerate(words):
        for hint in set(_hints(key_of(text))):
            meeting[hint].append(place)
    found = []
    for one, other in sorted({p for places in meeting.values() for p in combinations(places, 2)}):
        reason = reason_for(words[one][0], words[other][0])
        are_frequent = words[one][1] and words[other][1]
        if reason and not (reason == Reason.spelling and are_frequent):
            found.append((one, other, reason))
    return found


def _hints(key: str) -> Iterator[str]:
    """Two words that might be one have at least one of these in common."""
    plain = _UMLAUT.sub("", _without_women(_without_emoji(key)))
    yield plain
    yield from other_forms(key)
    for ending in (*_ENDINGS, *_ENDINGS_OF_ADJECTIVES):
        yield plain.removesuffix(ending)
    shortened = {plain[:at] + plain[at + 1 :] for at in range(1, len(plain))}
    yield from shortened
    if len(plain) >= LETTERS_TWO - 2:
        for text in shortened:
            yield from (text[:at] + text[at + 1 :] for at in range(1, len(text)))


def _is_ending(one: str, other: str) -> bool:
    """Whether an ending that German has for plurals or adjectives makes one of the other."""
    short, long = sorted((one, other), key=lambda text: len(key_of(text)))
    stem, form = key_of(short), key_of(long)
    if len(stem) < STEM or not (stem.isalpha() and form.isalpha()):
        return False
    is_noun_like = one[:1].isupper() and other[:1].isupper()
    endings = _ENDINGS if is_noun_like else (*_ENDINGS, *_ENDINGS_OF_ADJECTIVES)
    if any(form == stem + ending for ending in endings):
        return True
    without = _UMLAUT.sub("", form)
    return is_noun_like and without != form and without in {stem, stem + "e", stem + "er"}


def _without_women(key: str) -> str:
    """The same for Bürger*innen, Bürger*in, Bürgerin and Bürger, and so in compounds."""
    return _WOMEN.sub("", key)


def _without_emoji(key: str) -> str:
    """Letters alone, if there are any; else each emoji once and without the tone of its skin."""
    letters = _EMOJI.sub("", key)
    return letters if len(letters) >= STEM else _AGAIN.sub(r"\1", _TONE.sub("", key))
