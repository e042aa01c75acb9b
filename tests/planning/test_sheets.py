"""Spreadsheets as planners bring them: I16. Read whole or not at all, every error at its cell."""

import datetime
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter

from app.planning.plan import Plan, PlanErrors
from app.planning.sheets.reading import read_spreadsheet
from app.planning.sheets.writing import plan_xlsx, template_xlsx
from tests.planning.books import Book, ods, small, xlsx


def errors_of(content: bytes) -> list[str]:
    with pytest.raises(PlanErrors) as caught:
        read_spreadsheet(content)
    return [error.text() for error in caught.value.errors]


@pytest.fixture(scope="module")
def expected() -> Plan:
    return read_spreadsheet(xlsx(small()))


# --- what is read ---------------------------------------------------------------------------------


def test_a_spreadsheet_is_the_plan_it_says(expected: Plan) -> None:
    assert (expected.series.key, expected.series.title) == ("dialoge-2026", "Dialoge 2026")
    event = expected.event
    assert (event.key, event.title, event.district) == (
        "dialog-mitte-2026",
        "Dialog Mitte",
        "Mitte",
    )
    assert (event.date, event.cafe_minutes) == (datetime.date(2026, 11, 3), 60)
    assert (event.locale, event.know_question) == ("de", "Kennen Sie das Angebot?")
    assert [
        (
            island.number,
            island.title,
            island.text,
            [(one.name, one.url, one.mail, one.phone) for one in island.contacts],
            [(offer.key, offer.title, offer.scope, offer.description) for offer in island.offers],
        )
        for island in expected.islands
    ] == [
        (
            1,
            "Wohnen",
            "",
            [("Wohnungsamt", "https://example.org/", "wohnen@example.org", "0208 1")],
            [("beratung", "Wohnberatung", "city", "Für alle.")],
        ),
        (
            2,
            "Ehrenamt",
            "Zum Mitmachen",
            [("Ehrenamtsbüro", "", "", "")],
            [
                ("karte", "Ehrenamtskarte", "district", ""),
                ("boerse-fuer-freiwillige", "Börse für Freiwillige", "city", ""),
            ],
        ),
    ]


def in_english() -> Book:
    english = dict(zip(("Event", "Islands", "Contacts", "Offers"), small().values(), strict=True))
    english["Event"][:] = [
        ["Field", "Value"],
        ["Series", "Dialoge 2026"],
        ["Title", "Dialog Mitte"],
        ["District", "Mitte"],
        ["Date", datetime.date(2026, 11, 3)],
        ["Minutes", 60],
        ["Language", "German"],
    ]
    english["Islands"][0] = ["Number", "Title", "Text"]
    english["Contacts"][0] = ["Island", "Name", "Web", "Mail", "Phone"]
    english["Offers"][0] = ["Island", "Key", "Title", "Scope", "Description"]
    english["Offers"][1][3] = "City"
    english["Offers"][2][3] = "District"
    return english


def in_disorder() -> Book:
    """Other case and spaces, columns turned round, blank rows and columns, a title, a note, sheets of
    one's own."""
    book = {name.upper() + " ": rows for name, rows in reversed(small().items())}
    book["Gäste"] = [["Name"], ["Ada"]]
    offers = [[None, *reversed(row), "bitte prüfen"] for row in book["ANGEBOTE "]]
    offers[0] = [None, " BESCHREIBUNG", "reich-weite", "titel ", "Schluessel", "INSEL", "Notiz"]
    offers.insert(2, [None] * 7)
    book["ANGEBOTE "] = [[], [None, "Unsere Angebote"], [], *offers, []]
    return book


def with_texts_for_everything() -> Book:
    """Numbers and dates as texts, numbers where texts should be."""
    book = small()
    book["Veranstaltung"][4][1] = "3.11.2026"
    book["Veranstaltung"][5][1] = " 60 "
    for rows in (book["Inseln"], book["Kontakte"], book["Angebote"]):
        for row in rows[1:]:
            row[0] = f"{row[0]}.0"
    return book


def with_a_date_without_its_format() -> Book:
    book = small()
    book["Veranstaltung"][4][1] = 46329
    return book


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: ods(small()), id="ods"),
        pytest.param(lambda: xlsx(in_english()), id="English names"),
        pytest.param(lambda: ods(in_english()), id="English names in an ods"),
        pytest.param(lambda: xlsx(in_disorder()), id="disorder"),
        pytest.param(lambda: ods(in_disorder()), id="disorder in an ods"),
        pytest.param(lambda: xlsx(with_texts_for_everything()), id="texts"),
        pytest.param(lambda: xlsx(with_a_date_without_its_format()), id="a date as a number"),
    ],
)
def test_the_same_plan_in_another_shape_is_the_same_plan(
    content: Callable[[], bytes], expected: Plan
) -> None:
    """I16"""
    assert read_spreadsheet(content()) == expected


def test_a_cell_merged_over_several_rows_counts_for_each_of_them(expected: Plan) -> None:
    """I16"""
    book = small()
    book["Angebote"][3][0] = None

    assert read_spreadsheet(xlsx(book, merged={"Angebote": ["A3:A4"]})) == expected
    assert read_spreadsheet(ods(book, merged={"Angebote": [(2, 0, 2)]})) == expected
    assert errors_of(xlsx(book)) == ["Angebote!A4: Diese Angabe fehlt."]


def test_formulas_are_taken_as_what_they_gave(expected: Plan) -> None:
    """I16"""
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, rows in small().items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(at, column, value, book.add_format({"num_format": 14}))
                elif value is not None:
                    sheet.write_formula(at, column, '=CONCATENATE("a")', None, value)
    book.close()

    assert read_spreadsheet(file.getvalue()) == expected


def test_columns_in_other_languages_become_siblings() -> None:
    book = small()
    book["Inseln"][0] += ["Titel (EN)", "Text (Leichte Sprache)", "titel(türkisch)"]
    book["Inseln"][1] += ["Living", "Hier geht es um Wohnungen.", "Konut"]
    book["Veranstaltung"] += [
        ["Titel (en)", "Dialogue Mitte"],
        ["Frage zu den Karten", "Was fehlt?"],
    ]

    plan = read_spreadsheet(xlsx(book))

    assert plan.islands[0].texts == {
        "en": {"title": "Living"},
        "simple": {"text": "Hier geht es um Wohnungen."},
        "tr": {"title": "Konut"},
    }
    assert plan.event.texts["en"]["title"] == "Dialogue Mitte"
    assert "card_question" not in plan.event.texts["en"], "the question is not the usual one"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_real_plan_comes_back_from_its_spreadsheet(plan: Plan, language: str) -> None:
    content = plan_xlsx(plan, language, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))

    assert read_spreadsheet(content) == plan


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_template_is_a_plan_as_it_is_with_lists_to_choose_from(language: str) -> None:
    import openpyxl

    content = template_xlsx(language)

    assert len(read_spreadsheet(content).islands) == 3
    book = openpyxl.load_workbook(BytesIO(content))
    assert [sheet.freeze_panes for sheet in book.worksheets] == [*["A2"] * 5, None]
    offers = book.worksheets[3]
    choices = {
        str(rule.sqref): rule.formula1
        for rule in offers.data_validations.dataValidation
        if rule.type == "list"
    }
    islands = {"de": "Inseln", "en": "Islands"}[language]
    scopes = {"de": '"Stadt,Stadtteil"', "en": '"City,District"'}[language]
    assert choices == {"A2:A501": f"'{islands}'!$A$2:$A$61", "E2:E501": scopes}


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("zwei", "Hier muss eine ganze Zahl stehen."),
        (0, "Die Zahl ist zu klein: mindestens 1."),
        (1, "„1“ ist schon vergeben: Inseln!A2."),
    ],
)
def test_an_islands_mistyped_number_is_told_once_not_with_everything_that_stands_there(
    number: object, problem: str
) -> None:
    book = small()
    book["Inseln"][2][0] = number
    book["Angebote"].append([2, "noch-eins", "Noch eins", None, None])
    book["Angebote"].append([9, "nirgends", "Nirgends", None, None])

    assert errors_of(xlsx(book)) == [
        f"Inseln!A3: {problem}",
        f"Angebote!A{len(book['Angebote'])}: Eine Insel mit dieser Nummer steht nicht im Blatt „Inseln“.",
    ]


def test_twenty_mistakes_are_told_at_once_each_with_its_cell() -> None:
    """I16: the planted errors of issue 4."""
    book = small()
    book["Veranstaltung"] = [
        ["Feld", "Wert"],
        ["Reihe", None],
        ["Titel", "Dialog\nMitte"],
        ["Stadteil", "Mitte"],
        ["Datum", "31.6.2026"],
        ["Minuten", 0],
        ["Sprache", "Klingonisch"],
        ["Minuten", 75],
    ]
    book["Inseln"] = [
        ["Nummer", "Titel", "Text", "Farbe"],
        [1, "Wohnen", None, None],
        [1, "Ehrenamt", None, None],
        ["drei", "Kultur", None, None],
        [2, None, "Ohne Titel", None],
    ]
    book["Kontakte"] = [
        ["Insel", "Name", "Web", "Mail", "Telefon"],
        [1, "Amt", "www.example.org", "amt.example.org", "0" * 61],
        [7, "Niemand", None, None, None],
    ]
    book["Angebote"] = [
        ["Insel", "Schlüssel", "Titel", "Reichweite", "Beschreibung"],
        [1, "Beratung!", "Wohnberatung", "Land", "x" * 2001],
        [None, None, "Börse", None, None],
        [2, "karte", "Karte", None, None],
        [2, "karte", "Karte", None, None],
    ]

    assert errors_of(xlsx(book)) == [
        "Veranstaltung!B2: Diese Angabe fehlt.",
        "Veranstaltung!B3: Der Text muss in einer Zeile stehen.",
        "Veranstaltung!A4: Diese Angabe kennen wir nicht. Meinten Sie „Stadtteil“?",
        "Veranstaltung!B5: Hier muss ein Datum stehen, zum Beispiel 16.08.2023.",
        "Veranstaltung!B6: Die Zahl ist zu klein: mindestens 1.",
        "Veranstaltung!B7: Diese Sprache kennen wir nicht. Möglich sind „Deutsch“ und „Englisch“.",
        "Veranstaltung!A8: Dieses Feld steht schon in Veranstaltung!A6.",
        "Inseln!D1: Diese Überschrift kennen wir nicht. Möglich sind: Nummer, Titel, Text."
        " Eigene Notizen dürfen in einer Spalte „Notiz“ stehen.",
        "Inseln!A3: „1“ ist schon vergeben: Inseln!A2.",
        "Inseln!A4: Hier muss eine ganze Zahl stehen.",
        "Inseln!B5: Diese Angabe fehlt.",
        "Kontakte!C2: Eine Webadresse beginnt mit http:// oder https:// und enthält keine Leerzeichen.",
        "Kontakte!D2: Das ist keine E-Mail-Adresse.",
        "Kontakte!E2: Der Text ist zu lang: höchstens 60 Zeichen.",
        "Kontakte!A3: Eine Insel mit dieser Nummer steht nicht im Blatt „Inseln“.",
        "Angebote!B2: Ein Schlüssel besteht aus Kleinbuchstaben (a–z), Ziffern und Bindestrichen, beginnt"
        " mit einem Buchstaben oder einer Ziffer und hat höchstens 80 Zeichen.",
        "Angebote!D2: Möglich ist „Stadt“ (ganze Stadt) oder „Stadtteil“.",
        "Angebote!E2: Der Text ist zu lang: höchstens 2000 Zeichen.",
        "Angebote!A3: Diese Angabe fehlt.",
        "Angebote!B5: „karte“ ist schon vergeben: Angebote!B4.",
    ]


def test_a_field_that_is_missing_is_named() -> None:
    book = small()
    del book["Veranstaltung"][4], book["Veranstaltung"][1]

    assert errors_of(xlsx(book)) == [
        "Veranstaltung!A1: Hier fehlt das Feld „Reihe“.",
        "Veranstaltung!A1: Hier fehlt das Feld „Datum“.",
    ]


def test_two_offers_with_one_title_need_keys_of_their_own() -> None:
    book = small()
    book["Angebote"].append([1, None, "Börse für Freiwillige", None, None])

    assert errors_of(xlsx(book)) == [
        "Angebote!B4: Dieses Angebot heißt wie das in Angebote!B5."
        " Bitte geben Sie ihm einen eigenen Schlüssel."
    ]


def test_a_column_that_is_missing_is_one_error_and_not_one_a_row() -> None:
    """I16: wrong columns"""
    book = small()
    book["Angebote"][0] = ["Insel", "Schlüssel", "Name des Angebots", "Reichweite", None]

    assert errors_of(xlsx(book)) == [
        "Angebote!A1: Hier fehlt die Spalte „Titel“.",
        "Angebote!C1: Diese Überschrift kennen wir nicht. Möglich sind: Insel, Schlüssel, Titel,"
        " Reichweite, Beschreibung. Eigene Notizen dürfen in einer Spalte „Notiz“ stehen.",
        "Angebote!E2: Über dieser Spalte fehlt die Überschrift.",
    ]


def test_sheets_without_headings_and_missing_sheets_are_named() -> None:
    """I16: wrong columns"""
    book = small()
    book["Inseln"] = [["a", "b"], [1, 2]]
    del book["Angebote"], book["Kontakte"]

    assert errors_of(xlsx(book)) == [
        "Inseln!A1: Hier fehlt die Zeile mit den Überschriften: Nummer, Titel, Text.",
        "Das Blatt „Angebote“ fehlt.",
    ]


def test_a_sheet_that_is_there_twice_is_refused() -> None:
    book = small() | {"ANGEBOTE!": small()["Angebote"]}

    assert errors_of(xlsx(book)) == [
        "ANGEBOTE!!A1: Dieses Blatt gibt es zweimal: auch als „Angebote“."
    ]


NO_SPREADSHEET = (
    "Das ist keine Tabelle von Excel oder LibreOffice. Bitte als .xlsx oder .ods speichern; eine"
    " CSV-Datei dafür zuerst in Excel öffnen."
)
TOO_LARGE = "Die Datei ist ausgepackt zu groß oder beschädigt."


def zipped(*parts: tuple[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return file.getvalue()


def bomb() -> bytes:
    return zipped(*((f"xl/{number}.xml", b"0" * 30_000_000) for number in range(3)))


def lying_bomb() -> bytes:
    """Its directory says that every part has ten bytes."""
    real = xlsx(small())
    with zipfile.ZipFile(BytesIO(real)) as parts:
        names = {part.filename: parts.read(part) for part in parts.infolist()}
    sheet = "xl/worksheets/sheet1.xml"
    names[sheet] = names[sheet].replace(b"</worksheet>", b" " * 100_000_000 + b"</worksheet>")
    packed = bytearray(zipped(*names.items()))
    at = 0
    while (at := packed.find(b"PK\1\2", at)) >= 0:
        packed[at + 24 : at + 28] = struct.pack("<I", 10)
        at += 4
    return bytes(packed)


def with_a_cell_at_the_end() -> bytes:
    """One cell in the last row and column that Excel has: 17 billion cells, laid out."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(xlsx(small())))
    book["Angebote"]["XFD1048576"] = "x"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(lambda: b"", "Die Datei ist leer.", id="empty"),
        pytest.param(
            lambda: "Insel;Titel\n1;Börse\n".encode("cp1252"), NO_SPREADSHEET, id="csv in cp1252"
        ),
        pytest.param(lambda: b"PK\3\4 and no more", NO_SPREADSHEET, id="broken zip"),
        pytest.param(lambda: xlsx(small())[:-900], NO_SPREADSHEET, id="half of it"),
        pytest.param(lambda: zipped(("a.txt", b"Hallo")), NO_SPREADSHEET, id="zip of something"),
        pytest.param(
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
            "Die Datei hat ein Passwort oder das alte Format .xls. Bitte ohne Passwort als .xlsx"
            " speichern.",
            id="old or locked",
        ),
        pytest.param(
            lambda: bytes(2_000_001), "Die Datei ist zu groß: höchstens 2 MB.", id="too large"
        ),
        pytest.param(bomb, TOO_LARGE, id="zip bomb"),
        pytest.param(lying_bomb, NO_SPREADSHEET, id="lying zip bomb"),
        pytest.param(with_a_cell_at_the_end, TOO_LARGE, id="a cell at the end of the sheet"),
    ],
)
def test_a_file_that_can_not_be_read_gets_one_clear_error(
    content: Callable[[], bytes], expected: str
) -> None:
    """I16"""
    assert errors_of(content()) == [expected]


def test_a_hundred_thousand_rows_are_one_error() -> None:
    """I16"""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    for name, rows in small().items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, [str(value or "") for value in row])
        if name == "Angebote":
            for at in range(100_000):
                sheet.write_row(at + len(rows), 0, [1, None, f"Angebot {at}"])
    book.close()

    content = file.getvalue()

    assert len(content) < 2_000_000
    assert [error for error in errors_of(content) if error.startswith("Angebote")] == [
        "Angebote!A1: Das Blatt ist zu groß: höchstens 5.000 Zeilen und 100 Spalten."
    ]
