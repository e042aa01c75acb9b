"""Decides which spellings are one word of the cloud, and which of them is shown."""

import hashlib
import unicodedata
from collections.abc import Container, Mapping

import regex

# Soft hyphens say where a line may break, variation selectors how an emoji is drawn: no part of a
# word. Joiners and tags are part of an emoji (families, the flags of Wales and Scotland).
_INVISIBLE = regex.compile(r"[\uFE0E\uFE0F]|(?![\u200D\U000E0020-\U000E007F])\p{Cf}")
# "BürgerInnen" can be told from "Bürgerinnen" only as long as there are capitals; of the singular only
# what is surely a person: "LinkedIn" is not.
_CAPITAL_I = regex.compile(
    r"(?<=\p{Ll})I(?=nnen)|(?<=\p{Ll}(?:er|or|eur|ent|ant|ist|log))I(?=n(?!\w))"
)
# Bürger*innen :innen _innen .innen 'innen /innen /-innen (innen), and Lehrer*in :in _in /in /-in (in)
_GENDER_MARK = regex.compile(
    r"(?<=\p{L})(?:(?:[*:_·•.'’]|/-?|\()(?=innen)|(?:[*:_·•]|/-?)(?=in(?!\w))|\((?=in\)))"
)
# The few words that only ß tells from others: "Masse" is no "Maße", and "Busse" drive.
_ONLY_WITH_SHARP_S = regex.compile(r"(?i:ma|bu)ßen?")
_UMLAUT = regex.compile("(?<=[aou])\u0308")
_ACCENT = regex.compile(r"(?<=\p{Latin})\p{Mn}+")
_DASH = regex.compile(r"\p{Pd}")
# Kept (group 1): what stands between digits (2,5 · 24/7), the gender mark, signs that are spoken.
_PUNCTUATION = regex.compile(r"((?<=\p{Nd})\p{P}(?=\p{Nd})|(?<=\p{L})\*(?=in)|[&%§@])|[\p{P}\s]")


def key_of(text: str) -> str:
    """The key under which all spellings of one entry meet; for comparing, never for showing.

    Case, ß and umlaut variants, accents, hyphens, spaces and punctuation make no difference; gender
    marks become `*`, while a plain "Bürgerinnen" stays apart; digits, symbols and emoji count.
    Word forms stay apart (Baum, Bäume): see `forms`. Idempotent, and empty only for white space and
    invisible characters: an entry of nothing but punctuation is its own key.
    """
    if _ONLY_WITH_SHARP_S.fullmatch(text):
        return text.lower()
    key = _CAPITAL_I.sub("*i", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))
    # What was taken out may let its neighbours melt together, so once more until nothing changes.
    while (folded := _folded(key)) != key:
        key = folded
    return key


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    apart = _UMLAUT.sub("e", unicodedata.normalize("NFD", letters))
    plain = unicodedata.normalize("NFKC", _ACCENT.sub("", apart))
    marked = _GENDER_MARK.sub("*", _DASH.sub("-", plain))
    return _PUNCTUATION.sub(r"\1", marked) or marked.strip()


def word_id(key: str) -> str:
    """12 hexadecimal digits standing for a key (SHA-256, shortened), fit for addresses."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def majority_spelling(spellings: Mapping[str, int], rather: Container[str] = ()) -> str:
    """The spelling sent most often; of equals one of `rather`, then the one with a German capital (Straße
    before STRASSE before strasse), then the first by code point.
    `spellings`: text to number of entries, not empty.
    """
    return min(
        spellings,
        key=lambda text: (-spellings[text], text not in rather, _capitals(text), text),
    )


def _capitals(text: str) -> int:
    if not text[:1].isupper():
        return 2
    return 1 if len(text) > 1 and text.isupper() else 0
