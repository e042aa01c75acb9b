"""Whether a text says how to reach somebody: by mail, by phone, on the web."""

import re

MAIL = re.compile(r"\S@[^\s@]{1,80}\.\w|[\[({]\s?(?:at|ät)\s?[\])}]", re.IGNORECASE)
URL = re.compile(
    r"://\S|\bwww\.|(?<![\w@.-])[^\W_][\w-]{1,62}(?:\.[\w-]{1,63}){0,3}"
    r"\.(?:de|com|net|org|eu|info|nrw|ruhr|koeln|io|me|tv|app|gov|edu)(?![\w-])",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<![\d./-])\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d{2})?(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(?<!\d[,:])[+(]?\d[\d\s./()-]*\d(?![\d:]|,\d)")
_YEARS = re.compile(r"(?:(?:19|20)\d\d(?:\D+|$))+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[\s.]\d{3})+")
LEAST_DIGITS = 7  # of a local number
LEAST_DIGITS_WITH_CODE = 6


def has_mail(text: str) -> bool:
    return MAIL.search(text) is not None


def has_url(text: str) -> bool:
    return URL.search(text) is not None


def has_phone(text: str) -> bool:
    """Digits enough for a number, and neither a date, years, nor a large sum."""
    for match in _DIGITS.finditer(_DATE.sub("|", text)):
        number = match.group()
        count = sum(char.isdecimal() for char in number)
        has_code = number.lstrip("(").startswith(("+", "0"))
        if count < (LEAST_DIGITS_WITH_CODE if has_code else LEAST_DIGITS):
            continue
        if not (_YEARS.fullmatch(number) or _THOUSANDS.fullmatch(number)):
            return True
    return False
