"""Which other forms of a word are surely the same one: its singular or plural, and both genders at once.

No German stemmer is careful enough for a wall that 80 people read (Mutter and Mut, Stärke and stark, Bank
and Banken). These rules only name forms: they meet when both were really sent, and can be split again.
"""

from functools import cache
from pathlib import Path

from app.cloud.normalise import key_of

NOUNS = Path(__file__).with_name("nouns.txt")
STEM = 3  # letters before an ending, at least
PREFIX = 2  # letters of a compound before its last part, at least

# Endings of keys, singular and plural, that German has for nothing else.
_ENDINGS = (
    ("ung", "ungen"),
    ("heit", "heiten"),
    ("keit", "keiten"),
    ("schaft", "schaften"),
    ("ion", "ionen"),
    ("taet", "taeten"),
    ("enz", "enzen"),
    ("anz", "anzen"),
    ("ik", "iken"),
    ("ur", "uren"),
    ("ie", "ien"),
    ("ei", "eien"),
    ("or", "oren"),
    ("ive", "iven"),
    ("ist", "isten"),
    ("ant", "anten"),
    ("ent", "enten"),
    ("loge", "logen"),
    ("ment", "mente"),
    ("ekt", "ekte"),
    ("eur", "eure"),
    ("nis", "nisse"),
    ("ling", "linge"),
    ("tum", "tuemer"),
    ("in", "innen"),
    ("*in", "*innen"),
)
# What "Bürger*innen" stands for beside the women: Bürger, Experten, Freunde, Nachbarn.
_MALE_ENDINGS = ("", "en", "e", "n")
_MARKS = ("*innen", "*in")


def other_forms(key: str) -> list[str]:
    """Keys (see `normalise.key_of`) of the other forms of a word, itself not among them, in a fixed order.
    Most of them are no words at all: nobody sends those."""
    forms = [*_of_compound(key), *_by_ending(key), *_of_both_genders(key)]
    return list(dict.fromkeys(form for form in forms if form != key))


def is_noun(key: str) -> bool:
    """Whether it is one of the listed nouns, in any of its forms: spelt as it should be."""
    return key in _nouns()


def _of_compound(key: str) -> list[str]:
    starts = [0, *range(PREFIX, len(key))]
    return [key[:start] + form for start in starts for form in _nouns().get(key[start:], ())]


def _by_ending(key: str) -> list[str]:
    return [
        key[: -len(ending)] + other
        for pair in _ENDINGS
        for ending, other in (pair, pair[::-1])
        if key.endswith(ending) and len(key) >= len(ending) + STEM
    ]


def _of_both_genders(key: str) -> list[str]:
    for mark in _MARKS:
        if key.endswith(mark):
            return [key.removesuffix(mark) + ending for ending in _MALE_ENDINGS]
    return [
        key.removesuffix(ending) + mark
        for ending in _MALE_ENDINGS
        if key.endswith(ending) and len(key) >= len(ending) + STEM
        for mark in _MARKS
    ]


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    """Every form's key to the keys of all forms of that noun."""
    nouns: dict[str, tuple[str, ...]] = {}
    for line in NOUNS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            forms = tuple(key_of(form) for form in line.split())
            for form in forms:
                nouns[form] = tuple(dict.fromkeys((*nouns.get(form, ()), *forms)))
    return nouns
