"""What a plan may say, and what somebody is told who has made mistakes in one."""

import datetime
import re
from string import Formatter

import pytest

from app.planning.plan import Plan, PlanErrors
from app.planning.plan_messages import MESSAGES
from app.planning.plan_reading import read_plan

SMALL = """[series]
key = "dialoge"
title = "Dialoge"

[event]
key = "mitte"
title = "Dialog Mitte"
district = "Mitte"
date = 2026-11-03
locale = "de"

[[islands]]
number = 1
title = "Wohnen"

[[islands]]
number = 2
title = "Ehrenamt"
contacts = [
  { name = "Stadt" },
]
offers = [
  { key = "karte", title = "Ehrenamtskarte" },
  { key = "boerse", title = "Ehrenamtsbörse" },
]
"""
AT_ISLAND_2 = "islands[2] „Ehrenamt“"


def errors_of(document: str | bytes) -> list[str]:
    with pytest.raises(PlanErrors) as caught:
        read_plan(document if isinstance(document, bytes) else document.encode())
    return [error.text() for error in caught.value.errors]


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def test_the_example_plan_is_read_whole(plan: Plan) -> None:
    assert (plan.series.key, len(plan.series.dates)) == ("expertinnendialoge-2023", 6)
    assert plan.event.date == datetime.date(2023, 8, 16)
    assert [island.number for island in plan.islands] == list(range(1, 13))
    assert [len(island.offers) for island in plan.islands] == [3, 3, 2, 3, 4, 3, 3, 2, 3, 3, 4, 3]
    assert [len(island.contacts) for island in plan.islands] == [2, 1, 1, 2, 1, 1, 3, 2, 1, 1, 3, 1]
    assert plan.islands[2].offers[0].model_dump() == {
        "key": "ehrenamtskarte",
        "title": "Ehrenamtskarte NRW",
        "scope": "city",
        "description": "Vergünstigungen als Dank für freiwilliges Engagement.",
        "texts": {
            "simple": {
                "description": "Sie helfen anderen ohne Lohn?\n"
                "Mit der Karte zahlen Sie oft weniger Eintritt."
            }
        },
    }


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SMALL.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(SMALL.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(SMALL.replace("ö", "o\u0308").encode(), id="decomposed umlauts"),
        pytest.param(changed('"Dialoge"', '"  Dialoge "').encode(), id="spaces around a text"),
    ],
)
def test_the_same_plan_from_another_editor_is_the_same_plan(content: bytes) -> None:
    assert read_plan(content) == read_plan(SMALL.encode())


def test_siblings_become_texts_in_other_languages() -> None:
    document = changed(
        'title = "Ehrenamtskarte" }',
        'title = "Ehrenamtskarte", title_en = "Volunteer card", '
        'description_simple = "Eine Karte.", title_uk = "Картка" }',
    )

    assert read_plan(document.encode()).islands[1].offers[0].texts == {
        "en": {"title": "Volunteer card"},
        "simple": {"description": "Eine Karte."},
        "uk": {"title": "Картка"},
    }


def test_a_plan_without_questions_asks_the_usual_ones_in_every_language_we_have() -> None:
    german = read_plan(SMALL.encode()).event
    english = read_plan(changed('locale = "de"', 'locale = "en"').encode()).event

    assert german.know_question == "Kennen Sie das Angebot?"
    assert english.know_question == "Do you know this offer?"
    assert german.texts["en"]["know_question"] == english.know_question
    assert english.texts["de"]["know_question"] == german.know_question


def test_a_question_of_ones_own_is_not_translated_by_the_usual_one() -> None:
    document = changed('locale = "de"', 'locale = "de"\ncard_question = "Was fehlt?"')

    event = read_plan(document.encode()).event

    assert event.card_question == "Was fehlt?"
    assert set(event.texts["en"]) == {"know_question", "word_question"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'title = "Dialoge"',
            'titel = "Dialoge"',
            [
                "series / title (Zeile 1): Diese Angabe fehlt.",
                "series / titel (Zeile 3): Diese Angabe kennen wir nicht. Meinten Sie „title“?",
            ],
        ),
        (
            'title = "Wohnen"',
            'title = "Wohnen"\ntextt_en = "x"',
            [
                "islands[1] „Wohnen“ / textt_en (Zeile 15): Diese Angabe kennen wir nicht. "
                "Meinten Sie „text_en“?"
            ],
        ),
        (
            'title = "Wohnen"',
            'title = "Wohnen"\ntexts = {}',
            [
                "islands[1] „Wohnen“ / texts (Zeile 15): Diese Angabe kennen wir nicht. "
                "Meinten Sie „text“?"
            ],
        ),
        (
            'title = "Wohnen"',
            'title = "Wohnen"\ntitle_xq = "x"\n"\\u001b[31m" = 1',
            [
                "islands[1] „Wohnen“ / title_xq (Zeile 15): Diese Angabe kennen wir nicht. "
                "Meinten Sie „title“?",
                "islands[1] „Wohnen“ / �[31m (Zeile 16): Diese Angabe kennen wir nicht.",
            ],
        ),
        (
            '{ key = "boerse", title = "Ehrenamtsbörse" }',
            '{ key = "karte", title = 5, title_en = "" }',
            [
                f"{AT_ISLAND_2} / offers[2] / key (Zeile 24): „karte“ ist schon vergeben: "
                f"{AT_ISLAND_2} / offers[1].",
                f"{AT_ISLAND_2} / offers[2] / title (Zeile 24): "
                "Hier muss ein Text in Anführungszeichen stehen.",
                f"{AT_ISLAND_2} / offers[2] / title_en (Zeile 24): Der Text darf nicht leer sein.",
            ],
        ),
        (
            '{ key = "boerse", title = "Ehrenamtsbörse" }',
            '{ key = "Börse", title = "x", scope = "land" }',
            [
                f"{AT_ISLAND_2} / offers[2] / key (Zeile 24): Ein Schlüssel besteht aus "
                "Kleinbuchstaben (a–z), Ziffern und Bindestrichen, beginnt mit einem Buchstaben "
                "oder einer Ziffer und hat höchstens 80 Zeichen.",
                f"{AT_ISLAND_2} / offers[2] / scope (Zeile 24): "
                "Möglich ist „city“ (ganze Stadt) oder „district“ (nur der Stadtteil).",
            ],
        ),
        (
            "number = 2",
            "number = 1",
            [
                f"{AT_ISLAND_2} / number (Zeile 17): „1“ ist schon vergeben: islands[1] „Wohnen“.",
            ],
        ),
        (
            "number = 2",
            "number = 0",
            [f"{AT_ISLAND_2} / number (Zeile 17): Die Zahl ist zu klein: mindestens 1."],
        ),
        (
            "number = 2",
            "number = 1000",
            [f"{AT_ISLAND_2} / number (Zeile 17): Die Zahl ist zu groß: höchstens 999."],
        ),
        (
            "number = 2",
            "number = true",
            [
                f"{AT_ISLAND_2} / number (Zeile 17): "
                "Hier muss eine ganze Zahl ohne Anführungszeichen stehen."
            ],
        ),
        (
            "date = 2026-11-03",
            'date = "3. November"',
            [
                "event / date (Zeile 9): Hier muss ein Datum ohne Anführungszeichen stehen, "
                "zum Beispiel 2023-08-16."
            ],
        ),
        (
            'locale = "de"',
            'locale = "deutsch"',
            [
                "event / locale (Zeile 10): Diese Sprache kennen wir nicht. "
                "Deutsch ist „de“, Englisch ist „en“."
            ],
        ),
        (
            '{ name = "Stadt" }',
            '{ name = "Stadt", url = "javascript:alert(1)", mail = "stadt" }',
            [
                f"{AT_ISLAND_2} / contacts[1] / url (Zeile 20): Eine Webadresse beginnt mit "
                "http:// oder https:// und enthält keine Leerzeichen.",
                f"{AT_ISLAND_2} / contacts[1] / mail (Zeile 20): Das ist keine E-Mail-Adresse.",
            ],
        ),
        (
            'title = "Wohnen"',
            f'title = "{"W" * 201}"',
            [
                f"islands[1] „{'W' * 59}…“ / title (Zeile 14): "
                "Der Text ist zu lang: höchstens 200 Zeichen."
            ],
        ),
        (
            'title = "Wohnen"',
            'title = "Woh\\u202enen"',
            [
                "islands[1] „Woh�nen“ / title (Zeile 14): "
                "Der Text enthält unsichtbare Steuerzeichen. Bitte entfernen Sie sie."
            ],
        ),
        (
            'title = "Wohnen"',
            'title = "\\u200b"',
            ["islands[1] „�“ / title (Zeile 14): Der Text darf nicht leer sein."],
        ),
        (
            'title = "Wohnen"',
            'title = "Woh\\nnen"',
            ["islands[1] „Woh�nen“ / title (Zeile 14): Der Text muss in einer Zeile stehen."],
        ),
        (
            'title = "Wohnen"',
            'title = "Wohnen"\ncontacts = "Stadt"',
            [
                "islands[1] „Wohnen“ / contacts (Zeile 15): "
                "Hier muss eine Liste stehen; Themeninseln stehen unter [[islands]]."
            ],
        ),
        (
            '{ key = "boerse", title = "Ehrenamtsbörse" }',
            '"boerse"',
            [f"{AT_ISLAND_2} / offers[2] (Zeile 24): Hier muss eine Tabelle stehen."],
        ),
        (
            "date = 2026-11-03",
            "date = 0226-11-03",
            ["event / date (Zeile 9): Das Jahr muss zwischen 2000 und 2099 liegen."],
        ),
    ],
)
def test_every_mistake_is_told_with_its_place(old: str, new: str, expected: list[str]) -> None:
    assert sorted(errors_of(changed(old, new))) == sorted(expected)


@pytest.mark.parametrize(
    "url",
    [
        "www.oberhausen.de",
        "//oberhausen.de",
        "ftp://oberhausen.de",
        "https://",
        "https:oberhausen.de",
        "http://[",
        "http://oberhausen.de:99999/",
        "http://oberhausen.de/a b",
        "data:text/html,x",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    document = changed('{ name = "Stadt" }', f'{{ name = "Stadt", url = "{url}" }}')

    assert errors_of(document) == [
        f"{AT_ISLAND_2} / contacts[1] / url (Zeile 20): {MESSAGES['web_address']}"
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    document = (
        SMALL.replace('key = "dialoge"', 'key = "Dialoge"')
        .replace('locale = "de"', "locale = 1")
        .replace("number = 2", "number = 1")
        .replace('key = "boerse"', 'key = "karte"')
    )

    with pytest.raises(PlanErrors) as caught:
        read_plan(document.encode())

    assert [(error.place.split(" / ")[-1], error.where) for error in caught.value.errors] == [
        ("key", 2),
        ("locale", 10),
        ("number", 17),
        ("key", 24),
    ]


def test_a_number_that_is_too_long_to_be_printed_is_refused_like_any_other() -> None:
    numbers = re.sub(r"(?m)^number = \d+", "number = 0x" + "f" * 10_000, SMALL)

    assert errors_of(numbers) == [
        "islands[1] „Wohnen“ / number (Zeile 13): Die Zahl ist zu groß: höchstens 999.",
        f"{AT_ISLAND_2} / number (Zeile 17): Die Zahl ist zu groß: höchstens 999.",
    ]


def test_a_plan_without_islands_is_refused() -> None:
    assert errors_of(SMALL[: SMALL.index("[[islands]]")] + "[extra]\n") == [
        "extra (Zeile 12): Diese Angabe kennen wir nicht.",
        "islands: Diese Angabe fehlt.",
    ]
    assert errors_of("islands = []\n" + SMALL[: SMALL.index("[[islands]]")]) == [
        "islands (Zeile 1): Hier fehlt mindestens ein Eintrag."
    ]


def test_a_plan_may_have_60_islands_and_400_offers_and_not_one_more() -> None:
    def many(islands: int, offers: int) -> str:
        head = SMALL[: SMALL.index("[[islands]]")]
        keys = [f'{{ key = "o{n}", title = "Angebot" }}' for n in range(offers)]
        rest = "".join(
            f'[[islands]]\nnumber = {n}\ntitle = "Insel"\n'
            f"offers = [{', '.join(keys[n - 1 :: islands])}]\n"
            for n in range(1, islands + 1)
        )
        return head + rest

    full = read_plan(many(60, 400).encode())
    assert (len(full.islands), sum(len(each.offers) for each in full.islands)) == (60, 400)
    assert errors_of(many(61, 61)) == [
        "islands (Zeile 12): Das sind zu viele Einträge: höchstens 60."
    ]
    assert errors_of(many(1, 401)) == [
        "islands[1] „Insel“ / offers[401] (Zeile 15): "
        "Der Plan hat zu viele Angebote: höchstens 400."
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            SMALL.encode("cp1252"),
            f"Zeile 24: {MESSAGES['encoding']}",
            id="cp1252",
        ),
        pytest.param(
            SMALL.encode("utf-16"),
            f"Zeile 1: {MESSAGES['encoding']}",
            id="UTF-16",
        ),
        pytest.param(
            changed('title = "Wohnen"', "title = Wohnen").encode(),
            "Zeile 14: Das ist kein gültiges TOML: Invalid value (Spalte 9).",
            id="text without quotation marks",
        ),
        pytest.param(
            b"# " + b"x" * 2_000_000,
            "Die Datei ist zu groß: höchstens 2 MB.",
            id="over 2 MB",
        ),
        pytest.param(
            b"x = " + b"[" * 50_000,
            "Das ist kein gültiges TOML: too deeply nested.",
            id="a pit of brackets",
        ),
        pytest.param(
            b"x = 1" + b"0" * 5_000,
            None,
            id="a number of 5,000 digits",
        ),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_clear_error(
    content: bytes, expected: str | None
) -> None:
    errors = errors_of(content)

    assert len(errors) == 1
    assert expected in (None, errors[0])


def test_errors_are_translated_when_they_are_shown() -> None:
    with pytest.raises(PlanErrors) as caught:
        read_plan(changed("number = 2", "number = 0").encode())
    english = {
        MESSAGES["greater_than_equal"]: "Too small: at least %(ge)s.",
        "%(place)s (Zeile %(line)s): %(problem)s": "%(place)s (line %(line)s): %(problem)s",
    }

    assert [error.text(english.__getitem__) for error in caught.value.errors] == [
        f"{AT_ISLAND_2} / number (line 17): Too small: at least 1."
    ]


def test_the_messages_for_the_catalogue_use_one_kind_of_parameter() -> None:
    assert [
        text for text in MESSAGES.values() if any(field for _, field, *_ in Formatter().parse(text))
    ] == []
