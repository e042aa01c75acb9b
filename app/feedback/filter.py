"""Holds entries that a person should look at first: insults, e-mail addresses, phone numbers."""

import unicodedata
from functools import cache
from pathlib import Path

import regex

_LIST = Path(__file__).with_name("held_words.txt")
_LEET = str.maketrans("013457@$!€", "oieastasie")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_WORDS = regex.compile(r"\p{L}+")
_CONTACT = regex.compile(r"\S@[^\s@]+\.\S|\+?\d(?:[\s/()-]*\d){6,}")


def is_held(text: str) -> bool:
    """Whether a moderator should see this text before everybody else does."""
    if _CONTACT.search(text):
        return True
    words = _WORDS.findall(_folded(text))
    joined = f" {' '.join(words)} "
    return any(
        (f" {held} " in joined) or any(word.startswith(held) for word in words)
        for held in _held_words()
    )


@cache
def _held_words() -> frozenset[str]:
    lines = (line.strip() for line in _LIST.read_text("utf-8").splitlines())
    return frozenset(_folded(line) for line in lines if line and not line.startswith("#"))


def _folded(text: str) -> str:
    lower = unicodedata.normalize("NFKC", text).casefold().translate(_LEET).translate(_UMLAUTS)
    return regex.sub(r"(.)\1{2,}", r"\1", lower)  # "fuuuuck"
