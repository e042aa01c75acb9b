"""results.xlsx, opened again with openpyxl, and its parts as they are in the archive."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.planning.models import Phase
from app.results.report import Report
from app.results.xlsx.event import results_xlsx
from app.results.xlsx.workbook import sheet_name


def german(text: str) -> str:
    return text


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def table(sheet: Worksheet, number: int = 0) -> list[tuple[object, ...]]:
    """The values of a sheet's table, header first."""
    area = list(sheet.tables.values())[number].ref
    return [tuple(cell.value for cell in row) for row in sheet[area]]


def test_the_sheets_are_overview_islands_cards_words_and_about(report: Report) -> None:
    names = opened(results_xlsx(report, german)).sheetnames
    assert names[:3] == ["Übersicht", "1 Wohnumfeld", "2 (Weiter)Bildung Kultur"]
    assert names[-3:] == ["Karten", "Wörter", "Hinweise"]
    assert len(names) == 1 + 12 + 3


def test_the_overview_has_the_numbers_as_numbers(report: Report) -> None:
    sheet = opened(results_xlsx(report, german))["Übersicht"]
    header, first, second, *_rest = table(sheet)
    assert header == ("Nr.", "Themeninsel", "Ja", "Nein", "Bekanntheit", "Karten")
    assert first == (1, "Wohnumfeld", 7, 5, 7 / 12, 2)
    assert second == (2, "(Weiter)Bildung / Kultur", 0, 0, None, 1)
    assert [sheet.cell(4, column).number_format for column in (3, 5)] == ["#,##0", "0 %"]
    figures = {row[1]: row[2:6] for row in sheet.iter_rows(min_row=16, max_col=6, values_only=True)}
    assert figures["Summe"] == (8, 5, None, 3)
    assert [figures[name][0] for name in ("Geräte", "Wörter", "Teilnehmende", "Institutionen")] == [
        6,
        3,
        82,
        16,
    ]


def test_an_island_has_its_offers_contacts_and_cards(report: Report) -> None:
    sheet = opened(results_xlsx(report, german))["1 Wohnumfeld"]
    assert table(sheet, 0)[1] == (
        "Umwelt- und Abfallberatung",
        "ganze Stadt",
        7,
        4,
        pytest.approx(7 / 11, rel=1e-15),
        0.3538,
        0.8483,
        1,
        1,
        5,
        2,
    )
    assert table(sheet, 1)[1][0] == "Stadt Oberhausen, Bereich 2-2 Umwelt"
    assert table(sheet, 2)[1:] == [
        ("Mehr Aushänge im Hausflur", "Umwelt- und Abfallberatung", 2),
        ("Am Kiosk werben", None, 0),
    ]


def test_cards_and_words_stand_below_a_frozen_header(report: Report) -> None:
    book = opened(results_xlsx(report, german))
    assert table(book["Karten"])[1] == (
        1,
        "Wohnumfeld",
        "Umwelt- und Abfallberatung",
        "Mehr Aushänge im Hausflur",
        2,
        *[None] * 5,
    )
    assert table(book["Wörter"])[1] == ("Spannend", 2, "Spannend (2), spannend! (1)")
    assert (book["Karten"].freeze_panes, book["Wörter"].freeze_panes) == ("A2", "A2")


def test_cards_say_what_becomes_of_them(documented: Report) -> None:
    header, *cards = table(opened(results_xlsx(documented, german))["Karten"])
    assert header[5:] == ("Thema", "Ergebnis", "Zuständig", "Stand", "Begründung")
    followed = (
        "Aushänge und Werbung",
        "Material",
        "Bereich 2-2 Umwelt",
        "geplant",
        "im Haushalt 2024",
    )
    assert [(card[3], card[5:]) for card in cards] == [
        ("Mehr Aushänge im Hausflur", followed),
        ("Am Kiosk werben", (None,) * 5),
        ("Kurse im Stadtteilbüro", followed),
    ]


def test_as_long_as_the_event_runs_the_first_sheet_says_so(report: Report) -> None:
    running = replace(report, event=replace(report.event, phase=Phase.cafe))
    marks = [
        opened(results_xlsx(one, german))["Übersicht"]["A2"].value for one in (running, report)
    ]
    assert marks == ["Zwischenstand: Die Veranstaltung ist noch nicht geschlossen.", None]


def test_every_number_of_the_report_stands_in_the_workbook(documented: Report) -> None:
    """C12. Tablets and paper too, and each island's chart draws its own table."""
    content = results_xlsx(documented, german)
    sheets = opened(content).worksheets[1:-3]
    for number, (island, sheet) in enumerate(zip(documented.islands, sheets, strict=True), 2):
        rows = table(sheet)[1:]
        assert [row[:4] + row[7:] for row in rows] == [
            (
                offer.title,
                "nur in diesem Sozialraum" if offer.scope == "district" else "ganze Stadt",
                *(offer.yes, offer.no),
                *(offer.tablet_yes, offer.tablet_no, offer.paper_yes, offer.paper_no),
            )
            for offer in island.offers
        ]
        chart = zipfile.ZipFile(io.BytesIO(content)).read(f"xl/charts/chart{number}.xml").decode()
        last = 3 + len(island.offers)
        drawn = set(re.findall("<c:f>(.*?)</c:f>", chart))
        assert drawn == {
            f"'{sheet.title}'!${column}$4:${column}${last}" for column in ("A", "C", "D")
        }


def test_the_charts_draw_the_cells_of_yes_and_no(report: Report) -> None:
    archive = zipfile.ZipFile(io.BytesIO(results_xlsx(report, german)))
    charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 13
    drawn = re.findall("<c:f>(.*?)</c:f>", archive.read("xl/charts/chart1.xml").decode())
    assert drawn == [
        "Übersicht!$B$4:$B$15",
        "Übersicht!$C$4:$C$15",
        "Übersicht!$B$4:$B$15",
        "Übersicht!$D$4:$D$15",
    ]


def test_no_text_is_a_formula_or_a_link(
    hostile: Report, hostile_texts: list[str], harmless_texts: list[str]
) -> None:
    """F01 F02."""
    content = results_xlsx(hostile, german)
    archive = zipfile.ZipFile(io.BytesIO(content))
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 16
    for name in sheets:
        assert re.findall(rb"<(f|hyperlink)[ >/]", archive.read(name)) == []
    charts = [archive.read(f"xl/charts/chart{number}.xml") for number in range(1, 14)]
    for name in re.findall(r"<c:f>(.*?)</c:f>", b"".join(charts).decode()):
        assert re.search(r"!\$[A-D]\$4:\$[A-D]\$\d+$", name)  # nothing but the tables' columns
    sheet = opened(content)["Karten"]
    texts = [cell for row in sheet["D2:D100"] for cell in row if cell.value is not None]
    written = [text.replace("\r", "_x000D_") for text in hostile_texts + harmless_texts]
    assert [cell.value for cell in texts] == written
    assert {cell.data_type for cell in texts} == {"s"}
    assert sheet["B2"].value == "=cmd|' /C calc'!A0"


def test_labels_are_in_the_language_of_the_event(report: Report) -> None:
    english = {"Übersicht": "Overview", "Themeninsel": "Island", "Ja": "Yes"}
    book = opened(results_xlsx(report, lambda text: english.get(text, text)))
    assert table(book["Overview"])[0][1:3] == ("Island", "Yes")


def test_the_file_is_dated_by_the_last_change(report: Report) -> None:
    """F10: nothing in it says when it was made."""
    content = results_xlsx(report, german)
    properties = opened(content).properties
    assert properties.created == properties.modified == report.event.changed_at.replace(tzinfo=None)
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_an_event_without_an_answer_or_an_island_opens_too(untouched: Report) -> None:
    """F11."""
    assert table(opened(results_xlsx(untouched, german))["Wörter"])[0][0] == "Wort"
    bare = replace(untouched, islands=())
    assert opened(results_xlsx(bare, german)).sheetnames == [
        "Übersicht",
        "Karten",
        "Wörter",
        "Hinweise",
    ]


def test_any_titles_make_sheet_names_that_excel_takes(report: Report) -> None:
    titles = [
        "[]:*?/\\",
        "'Zitat'",
        "x" * 200,
        "x" * 201,
        "👩‍👩‍👧" * 20,
        "Übersicht",
        "\n\t",
        "History",
    ]
    islands = tuple(
        replace(report.islands[0], number=number, title=title)
        for number, title in enumerate(titles, 1)
    )
    names = opened(results_xlsx(replace(report, islands=islands), german)).sheetnames
    assert names[1:4] == ["1", "2 'Zitat", "3 " + "x" * 29]
    assert len({name.casefold() for name in names}) == len(titles) + 4
    for name in names:
        assert len(name.encode("utf-16-le")) <= 62


def test_a_sheet_name_keeps_what_it_can() -> None:
    assert sheet_name("12 Gesundheit / Pflege [neu]") == "12 Gesundheit Pflege neu"


def test_a_text_longer_than_a_cell_is_cut(report: Report) -> None:
    word = replace(report.words[0], word="x" * 40_000)
    book = opened(results_xlsx(replace(report, words=(word,)), german))
    assert table(book["Wörter"])[1][0] == "x" * 32_767
