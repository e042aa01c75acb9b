"""What a language of the catalogue is to others: its tag in HTML, its locale of numbers, its direction."""

from babel import Locale, UnknownLocaleError

from app.web.catalogue import SIMPLE, SOURCE, primary

USUAL_REGION = {"en": "en_GB"}  # 16 August 2023


def locale_of(language: str) -> str:
    """What Babel formats its numbers and dates by: Leichte Sprache is German."""
    code = SOURCE if language == SIMPLE else primary(language)
    return USUAL_REGION.get(code, code)


def tag_of(language: str, planned_in: str = SOURCE) -> str:
    """For `lang` and Content-Language. Simple language is a registered variant (BCP 47) of the language
    that it makes simple: "de-simple"; in an event's texts that is the one the event was planned in."""
    return f"{primary(planned_in)}-{SIMPLE}" if language == SIMPLE else language


def direction_of(language: str) -> str:
    """The direction its script is written in, "ltr" or "rtl" (Unicode CLDR)."""
    try:
        return Locale.parse(locale_of(language)).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
