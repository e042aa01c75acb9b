"""The texts on screen in every language; German is the source, each other language one .po file."""

import gettext
from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE = "de"
FOLDER = Path(__file__).parent / "locale"


class Catalogue:
    """`languages` in the order in which they are offered; `texts(language)` has gettext and ngettext."""

    @cached_property
    def languages(self) -> dict[str, str]:
        """Language code → its own name for itself, German first."""
        return {SOURCE: "Deutsch", "en": "English"}

    @cached_property
    def _translations(self) -> dict[str, gettext.NullTranslations]:
        loaded: dict[str, gettext.NullTranslations] = {SOURCE: NullTranslations()}
        for language in self.languages:
            if language != SOURCE:
                loaded[language] = _load(FOLDER / f"{language}.po")
        return loaded

    def texts(self, language: str) -> gettext.NullTranslations:
        """The messages of a language ("en-GB" speaks "en"); of German for one without a catalogue."""
        return self._translations.get(primary(language)) or self._translations[SOURCE]


def primary(language: str) -> str:
    """The language of a tag, without region or script: "en-GB" → "en"."""
    return language.split("-", maxsplit=1)[0].lower()


def _load(file: Path) -> gettext.NullTranslations:
    with file.open("rb") as source:
        messages = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)
