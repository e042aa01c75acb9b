"""The texts on screen in every language; German is the source, each other language one .po file."""

import gettext
import logging
import os
import re
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel import Locale, localedata
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE = "de"
SIMPLE = "simple"  # Leichte Sprache: German for those who read it slowly; plans call it so, too
OURS = {SOURCE: "Deutsch", SIMPLE: "Leichte Sprache", "en": "English"}
FOLDER = Path(__file__).parent / "locale"
COUNTED = 101  # rules of plurals look at the last two digits
PARAMETER = re.compile(r"%(?:\(\w+\)[sd])?")


class Catalogue:
    """`languages` in the order in which they are offered; `texts(language)` has gettext and ngettext.

    `added` is a folder of further languages, `uk.po` and so on; what they leave out is shown in German, and
    a file that can't be read is left out itself.
    """

    def __init__(self, added: Path | None = None) -> None:
        files = {
            file.stem: file
            for file in sorted(added.glob("*.po") if added else [])
            if re.fullmatch("[a-z]{2,3}", file.stem)
            and localedata.exists(file.stem)
            and file.stem not in OURS
        }
        loaded = {code: _load_added(file, code) for code, file in files.items()}
        self._added = {code: texts for code, texts in loaded.items() if texts is not None}

    @cached_property
    def languages(self) -> dict[str, str]:
        """Language code → its own name for itself, German first."""
        return OURS | {
            code: str(Locale.parse(code).get_language_name(code) or code) for code in self._added
        }

    @cached_property
    def _translations(self) -> dict[str, gettext.NullTranslations]:
        own = {code: _load(FOLDER / f"{code}.po", code) for code in OURS if code != SOURCE}
        return {SOURCE: NullTranslations()} | own | self._added

    def texts(self, language: str) -> gettext.NullTranslations:
        """The messages of a language ("en-GB" speaks "en"); of German for one without a catalogue."""
        return self._translations.get(primary(language)) or self._translations[SOURCE]

    def spoken(self, language: str) -> str:
        """Which of `languages` stands for a tag."""
        code = primary(language)
        return code if code in self.languages else SOURCE


def of_terminal() -> gettext.NullTranslations:
    """In the language of whoever typed the command."""
    return Catalogue().texts(os.environ.get("LANG", SOURCE)[:2])


def primary(language: str) -> str:
    """The language of a tag, without region or script: "en-GB" → "en"."""
    return language.split("-", maxsplit=1)[0].lower()


def _load_added(file: Path, code: str) -> gettext.NullTranslations | None:
    """A city's own file, saved by whatever editor: one that is broken costs its language, not the evening."""
    try:
        texts = _load(file, code)
        form_for = texts.ngettext
        for count in range(COUNTED):
            form_for("", "", count)  # the rule of plurals is a formula of the file
    except Exception as error:  # noqa: BLE001  a parser fails in many ways
        logging.getLogger(__name__).warning(
            "the language %s is left out, %s can't be read: %s", code, file.name, error
        )
        return None
    return texts


def _load(file: Path, code: str) -> gettext.NullTranslations:
    with file.open("rb") as source:
        messages = read_po(source, locale=None if code == SIMPLE else code)
    for message in list(messages):
        if message.id and not _parameters(message.string) <= _parameters(message.id):
            messages.delete(message.id)  # it asks for what nobody gives: no page could be shown
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def _parameters(message: str | Sequence[str] | None) -> set[str]:
    text = message if isinstance(message, str) else " ".join(message or [])
    return set(PARAMETER.findall(text))
