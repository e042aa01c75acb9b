"""Holds entries that a person should look at first: words from a list, addresses, phone numbers.

A list has an entry a line: a word, or several. It matches the whole word with its usual endings, in any
spelling (umlauts, leet, stretched, s p a c e d, hy-phen-ated, in letters that look alike), and `*` at its
beginning or end stands for any letters, so that nothing is held for a word that merely begins or goes on
alike.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from app.feedback.addresses import has_mail, has_phone, has_url

_LETTER = re.compile(r"[^\W\d_]")
SHIPPED = Path(__file__).with_name("held_words.txt")


class Finding(StrEnum):
    """What in a text needs a look."""

    mail = "mail"
    phone = "phone"
    url = "url"
    listed = "listed"


_ADDRESSES = {Finding.mail: has_mail, Finding.phone: has_phone, Finding.url: has_url}


def is_held(text: str, held_words: str | None = None) -> bool:
    """Whether a moderator should see this text before everybody else does."""
    return bool(findings(text, held_words))


@lru_cache(maxsize=1_000)  # the queue asks again with every look at it
def findings(text: str, held_words: str | None = None) -> tuple[Finding, ...]:
    """All there is; `held_words` is the event's list, None the one we ship."""
    found = [finding for finding, has in _ADDRESSES.items() if has(text)]
    listed = _pattern(shipped_words() if held_words is None else held_words)
    if listed is not None and any(listed.search(form) for form in _forms(text)):
        found.append(Finding.listed)
    return tuple(found)


def entries_of(listed: str) -> list[str]:
    """The entries of a list, without comments, blank lines and repetitions."""
    lines = (" ".join(line.split()) for line in listed.splitlines())
    return list(
        dict.fromkeys(line for line in lines if not line.startswith("#") and _LETTER.search(line))
    )


@cache
def shipped_words() -> str:
    return "\n".join(entries_of(SHIPPED.read_text("utf-8")))


_LOOKS_LIKE = {
    "a": "a4@",
    "b": "b8",
    "e": "e3€",
    "g": "g9",
    "i": "i1!|l",
    "l": "l1|i",
    "o": "o0",
    "s": "s5$",
    "t": "t7",
    "z": "z2",
}
_MASK = "*"  # f*ck
# What looks the same: Cyrillic, Greek, Latin with strokes; letters of flags, in black circles and squares.
_ALIKE = str.maketrans(
    "авекмнпорстухѕіјԁαβεικνορτυχıøłđħŧƒɑɡ", "abekmhnopctyxsijdabeikvoptuxioldhtfag"
) | {
    first + place: letter
    for first in (0x1F1E6, 0x1F150, 0x1F170)
    for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")
}
_UMLAUTS = {"ä": "a", "ö": "o", "ü": "u"}
_ENDINGS = r"(?:e|n|s|es|en|er|em|ern|in|innen|ing|ed|er[sn])?"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_ONE = r"[^\W_]|[$@!€*]"
_SPACED = re.compile(rf"(?<![^\W_])(?:{_ONE})(?:[\s._-]{{1,2}}(?:{_ONE})){{2,39}}(?![^\W_])")
_SPACES = re.compile(r"[\s._-]")
_JOINTS = re.compile(r"(?<=[^\W_])[._‐-―-]{1,2}(?=[^\W\d_])")  # hy-phens
_STRETCHED = re.compile(r"([^*])\1{2,}")


def _forms(text: str) -> list[str]:
    """The text as it is compared, and what was spaced or hyphenated put together."""
    lower = unicodedata.normalize("NFKC", text.translate(_ALIKE)).lower().translate(_ALIKE)
    spaced = (_SPACES.sub("", match.group()) for match in _SPACED.finditer(lower))
    return [_plain(form) for form in dict.fromkeys((lower, _JOINTS.sub("", lower), *spaced))]


def _plain(text: str) -> str:
    """Without accents and case, ß as ss, and no letter more than twice in a row."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return _STRETCHED.sub(r"\1\1", "".join(c for c in letters if not unicodedata.combining(c)))


@lru_cache(maxsize=64)
def _pattern(listed: str) -> "re.Pattern[str] | None":
    """One pattern for a whole list; compiled once for each list there is."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for line in entries_of(listed):
        entry = unicodedata.normalize("NFKC", line).lower()
        before = "" if entry.startswith("*") else _START
        after = "" if entry.endswith("*") else _ENDINGS + _END
        words = [_spelt(word) for word in entry.strip("* ").split()]
        kinds.setdefault((before, after), []).append(r"[\W_]{1,3}".join(words))
    patterns = [f"{before}(?:{'|'.join(words)}){after}" for (before, after), words in kinds.items()]
    return re.compile("|".join(patterns)) if patterns else None


def _spelt(word: str) -> str:
    """Each letter once or twice, and twice where the entry has it twice; the first one is never masked."""
    spelt = []
    for match in re.finditer(r"([äöü])|(.)\2*", word.casefold()):
        is_first = match.start() == 0
        letters = match.group()
        if letters in _UMLAUTS:
            spelt.append(
                _letter(_UMLAUTS[letters], is_first) + "{1,2}" + _letter("e", is_first) + "?"
            )
        else:
            plain = _plain(letters)
            spelt.append(_letter(plain[0], is_first) + ("{2}" if len(plain) > 1 else "{1,2}"))
    return "".join(spelt)


def _letter(letter: str, is_first: bool) -> str:
    alike = _LOOKS_LIKE.get(letter, letter) + ("" if is_first else _MASK)
    return f"[{re.escape(alike)}]"
