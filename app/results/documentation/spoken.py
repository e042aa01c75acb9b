"""Numbers and dates as the language of an event writes them."""

import datetime

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from app.web.catalogue import SOURCE, Catalogue, primary


class Spoken:
    """`language` is the one of the catalogue that is spoken: German where it has none for `locale`."""

    def __init__(self, locale: str) -> None:
        spoken = primary(locale)
        self.language = spoken if spoken in Catalogue().languages else SOURCE
        self._locale = "en_GB" if self.language == "en" else self.language

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self._locale)

    def percent(self, share: float) -> str:
        return format_percent(share, locale=self._locale)

    def interval(self, interval: tuple[float, float]) -> str:
        """ "35–85 %": the sign once, as a reader would say it."""
        low, high = interval
        return f"{self.number(round(low * 100))}–{self.percent(high)}"

    def date(self, day: datetime.date) -> str:
        return format_date(day, "long", locale=self._locale)

    def short_date(self, day: datetime.date) -> str:
        return format_date(day, "medium", locale=self._locale)
