"""What a single value of a plan may be; texts are cleaned here, so every export can write them."""

import datetime
import re
import unicodedata
from typing import Annotated
from urllib.parse import urlsplit

from babel import localedata
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

# Control characters, what turns the direction of writing, and what no XML file may contain.
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)

YEARS = range(2000, 2100)


def _text(value: object) -> object:
    if not isinstance(value, str):
        return value  # the type is refused in a moment
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    if _UNWRITABLE.search(text):
        raise PydanticCustomError("control_character", "control character")
    return text if any(unicodedata.category(character)[0] not in "ZC" for character in text) else ""


def _line(value: object) -> object:
    text = _text(value)
    if isinstance(text, str) and "\n" in text:
        raise PydanticCustomError("line_break", "line break")
    return text.replace("\t", " ") if isinstance(text, str) else text


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if url and (not is_whole or re.search(r"\s", url)):
        raise PydanticCustomError("web_address", "not a web address")
    return url


def _mail_address(mail: str) -> str:
    if mail and not re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", mail):
        raise PydanticCustomError("mail_address", "not a mail address")
    return mail


def _day(day: datetime.date) -> datetime.date:
    """A slip of the finger in a year would stay in the dates of the series, and no spreadsheet has 1024."""
    if day.year not in YEARS:
        raise PydanticCustomError("year", "not a year of ours")
    return day


def _locale(locale: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", locale) or not localedata.exists(
        locale.replace("-", "_")
    ):
        raise PydanticCustomError("locale", "not a language")
    return locale


Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Title = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_line)]
Name = Annotated[str, Field(max_length=200), BeforeValidator(_line)]
Text = Annotated[str, Field(max_length=2000), BeforeValidator(_text)]
Chapter = Annotated[str, Field(max_length=20_000), BeforeValidator(_text)]
_Address = Annotated[str, Field(max_length=2000), BeforeValidator(_line)]
Phone = Annotated[str, Field(max_length=60), BeforeValidator(_line)]
WebAddress = Annotated[_Address, AfterValidator(_web_address)]
MailAddress = Annotated[_Address, AfterValidator(_mail_address)]
Day = Annotated[datetime.date, AfterValidator(_day)]
Locale = Annotated[str, AfterValidator(_locale)]


def is_language(code: str) -> bool:
    """`simple`, or a language's code of two or three letters."""
    return code == "simple" or (
        re.fullmatch(r"[a-z]{2,3}", code) is not None and localedata.exists(code)
    )
