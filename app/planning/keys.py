"""Keys for those who don't think of any: made from titles, the same each time."""

import datetime
import re
import unicodedata
from hashlib import sha256

MAX_KEY = 80
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l"}
)
_GENDER_MARK = re.compile(r"(?<=\w)[*:_](?=in)|(?<=\w)/-?(?=in(nen)?\b)")


def key_from(*parts: str) -> str:
    """`Grün- und Spielplätze` as `gruen-und-spielplaetze`. What no Latin letter is left of gets a key
    from its bytes; "" gives ""."""
    text = _GENDER_MARK.sub("", " ".join(part for part in parts if part).casefold())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_SPELT_OUT))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    key = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_KEY].strip("-")
    if not key and text.strip():
        key = "k-" + sha256(text.encode()).hexdigest()[:12]
    return key


def event_key_from(title: str, district: str, date: object) -> str:
    """Title, district where the title doesn't say it, and year: six evenings with one title differ."""
    said, where = key_from(title), key_from(district)
    year = str(date.year) if isinstance(date, datetime.date) else ""
    parts = [said, "" if where in said else where]
    parts += [] if year and year in said.split("-") else [year]
    whole = key_from(*parts)
    return whole if len("-".join(filter(None, parts))) <= MAX_KEY else _shortened(parts)


def _shortened(parts: list[str]) -> str:
    """The title gives way, so that district and year stay what tells two events apart."""
    ending = "-".join(part for part in parts[1:] if part)[: MAX_KEY - 10].strip("-")
    beginning = parts[0][: MAX_KEY - len(ending) - 1].strip("-")
    return f"{beginning}-{ending}".strip("-")
