"""Every text on screen is in the catalogue, in every language, with the same parameters."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.web.catalogue import FOLDER, OURS, SIMPLE, SOURCE, Catalogue
from app.web.tags import direction_of, locale_of, tag_of
from tests.catalogues import Message, for_attendees, on_screen, write_mirrored

PARAMETER = re.compile(r"%(?:\(\w+\)[sd])?|\{\w+\}")
OTHERS = [language for language in OURS if language != SOURCE]
MOST_WORDS = 12  # of a sentence in Leichte Sprache
HARD = re.compile(  # the subjunctive, the passive, and signs that join sentences
    r"\b(hätten?|könnten?|müssten?|sollten?|wären?|würden?|wird \w+ ge|werden)\b|[;–]|\*innen"
)


def translated(language: str) -> dict[Message, Message]:
    catalogue = read_po(BytesIO((FOLDER / f"{language}.po").read_bytes()))
    return {message.id: message.string for message in catalogue if message.id}


def wanted(language: str) -> set[Message]:
    """Leichte Sprache is for attendees; the others are for everybody."""
    return for_attendees() if language == SIMPLE else on_screen()


def test_there_are_texts_to_look_for() -> None:
    """Else none missing would mean nothing."""
    assert len(on_screen()) > 1000
    assert len(for_attendees()) > 200
    assert for_attendees() < on_screen()
    assert {"Ja", "Das ist zu groß.", "Impressum", "Schon genannt (%(n)s)"} < for_attendees()


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_missing(language: str) -> None:
    missing = wanted(language) - translated(language).keys()
    assert sorted(str(message) for message in missing) == []


def test_no_message_stands_twice() -> None:
    """Babel reads the last one, so that whoever corrects the first wonders why nothing changes."""
    for file in FOLDER.glob("*.po"):
        ids = re.findall(r'^msgid ((?:".*"\n)+)', file.read_text("utf-8"), re.MULTILINE)

        assert len(ids) > 100
        assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_left_empty(language: str) -> None:
    empty = [
        key
        for key, value in translated(language).items()
        if not all(value if isinstance(value, tuple) else [value])
    ]
    assert empty == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_kept_that_nobody_shows(language: str) -> None:
    kept = translated(language).keys() - wanted(language)
    assert sorted(str(message) for message in kept) == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_parameters_of_their_message(language: str) -> None:
    def parameters(message: Message) -> set[str]:
        return set(PARAMETER.findall(" ".join(message) if isinstance(message, tuple) else message))

    assert {
        key: value
        for key, value in translated(language).items()
        if parameters(key) != parameters(value)
    } == {}


def test_leichte_sprache_says_one_thing_a_sentence_in_few_words() -> None:
    said = [
        sentence.strip()
        for value in translated(SIMPLE).values()
        for text in (value if isinstance(value, tuple) else [value])
        for sentence in re.split(r"[.?!:]\s|\n", text)
    ]

    assert [sentence for sentence in said if len(sentence.split()) > MOST_WORDS] == []
    assert [sentence for sentence in said if HARD.search(sentence)] == []


def test_leichte_sprache_is_german_to_others() -> None:
    """`simple` is a variant that IANA has registered; numbers and dates are those of its language."""
    assert [(tag_of(language), locale_of(language)) for language in OURS] == [
        ("de", "de"),
        ("de-simple", "de"),
        ("en", "en_GB"),
    ]
    assert tag_of(SIMPLE, "en-GB") == "en-simple"
    assert [direction_of(tag) for tag in ("de-simple", "en", "he", "ar", "uk", "xx")] == [
        "ltr",
        "ltr",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


def test_a_language_is_added_by_a_file(tmp_path: Path) -> None:
    write_mirrored(tmp_path / "locale")
    for name in ("en", "xx", "not-a-language"):
        (tmp_path / "locale" / f"{name}.po").write_text("", encoding="utf-8")

    catalogue = Catalogue(tmp_path / "locale")

    assert catalogue.languages == {**OURS, "he": "עברית"}
    assert catalogue.texts("he").gettext("Nein") == "נהטננ"
    assert catalogue.texts("en").gettext("Ja") == "Yes"


def test_a_text_that_asks_for_what_nobody_gives_is_shown_in_german(tmp_path: Path) -> None:
    """One slip in a city's own file would else take a page away."""
    (tmp_path / "uk.po").write_text(
        'msgid "Ja"\nmsgstr "100 %"\n\nmsgid "Nein"\nmsgstr "%(name)s"\n\n'
        'msgid "%(n)s Ja"\nmsgstr "Так"\n',
        encoding="utf-8",
    )

    said = Catalogue(tmp_path).texts("uk").gettext

    assert [said("Ja"), said("Nein"), said("%(n)s Ja")] == ["Ja", "Nein", "Так"]


def test_a_broken_file_costs_its_language_and_not_the_evening(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\nPlural-Forms: {}\\n"\n\n'
    ja = 'msgid "Ja"\nmsgstr "Так"\n'
    plain = "nplurals=1; plural=0"
    broken = {
        "uk": ja.encode("utf-16"),  # Notepad's "Unicode"
        "pl": 'msgid "Ja"\nmsgstr "Ę"\n'.encode("cp1250"),
        "tr": (head.format("klingon", plain) + ja).encode(),
        "ru": (head.format("utf-8", "nplurals=2; plural=((n") + ja).encode(),
        "ar": (head.format("utf-8", "nplurals=2; plural=n%(n-7)") + ja).encode(),
        "it": b'msgid ""\nmsgstr "PO-Revision-Date: gestern\\n"\n',
    }
    for code, content in broken.items():
        (tmp_path / f"{code}.po").write_bytes(content)
    (tmp_path / "fr.po").mkdir()
    (tmp_path / "es.po").symlink_to(tmp_path / "nowhere")
    (tmp_path / "bg.po").write_bytes((head.format("utf-8", plain) + ja).encode())

    catalogue = Catalogue(tmp_path)

    assert list(catalogue.languages) == [*OURS, "bg"]
    assert catalogue.texts("bg").gettext("Ja") == "Так"
