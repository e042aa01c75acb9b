"""The CSV files, read again the way a spreadsheet does."""

import csv
import io
from dataclasses import replace

import pytest

from app.results.as_csv import cards_csv, dots_csv, neutralised, words_csv
from app.results.report import Report


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_dots_have_a_row_an_offer(report: Report) -> None:
    header, first, second, third, *_rest = rows(dots_csv(report))
    assert ";".join(header) == (
        "island;island_title;offer;offer_title;scope;yes;no;"
        "tablet_yes;tablet_no;paper_yes;paper_no;total;awareness"
    )
    assert ";".join(first) == (
        "1;Wohnumfeld;umweltberatung;Umwelt- und Abfallberatung;city;7;4;1;1;5;2;11;"
        "0,6363636363636364"
    )
    assert second[-8:] == ["0", "1", "0", "0", "0", "0", "1", "0,0"]
    assert third[-2:] == ["0", ""]


def test_an_english_event_has_decimal_points(report: Report) -> None:
    english = replace(report, event=replace(report.event, locale="en"))
    assert rows(dots_csv(english))[1][-1] == "0.6363636363636364"


def test_cards_have_what_becomes_of_their_group(documented: Report) -> None:
    of_group = [tuple(row[-3:]) for row in rows(cards_csv(documented))[1:]]
    notices = ("Aushänge und Werbung", "Material", "Bereich 2-2 Umwelt")
    assert of_group == [notices, ("", "", ""), notices]


def test_cards_have_a_row_each_with_empty_cells_without_a_group(report: Report) -> None:
    assert [";".join(row) for row in rows(cards_csv(report))] == [
        "island;island_title;offer;text;supports;group;outcome;department",
        "1;Wohnumfeld;umweltberatung;Mehr Aushänge im Hausflur;2;;;",
        "1;Wohnumfeld;;Am Kiosk werben;0;;;",
        "2;(Weiter)Bildung / Kultur;;Kurse im Stadtteilbüro;0;;;",
    ]


def test_words_have_a_row_each_with_all_spellings(report: Report) -> None:
    assert rows(words_csv(report)) == [
        ["word", "count", "variants"],
        ["Spannend", "2", "Spannend (2), spannend! (1)"],
        ["gut vernetzt", "1", "gut vernetzt (1)"],
        ["Aufbruch", "1", "Aufbruch (1)"],
    ]


def test_a_german_spreadsheet_opens_them_without_asking(report: Report) -> None:
    content = words_csv(report)
    assert content.startswith(b"\xef\xbb\xbfword;count;variants\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 4


def test_no_cell_is_a_formula(
    hostile: Report, hostile_texts: list[str], harmless_texts: list[str]
) -> None:
    """F01 F02."""
    written = [f"'{text}" for text in hostile_texts] + harmless_texts
    assert [row[3] for row in rows(cards_csv(hostile))[1:]] == written
    assert {row[0] for row in rows(words_csv(hostile))[1:]} == set(written)
    assert {row[1] for row in rows(cards_csv(hostile))[1:]} == {"'=cmd|' /C calc'!A0"}
    first = rows(dots_csv(hostile))[1]
    assert (first[1], first[3]) == ("'=cmd|' /C calc'!A0", "'@evil")


@pytest.mark.parametrize("text", ["", " ", "'=1", "a=1", "1-2", "Straße", "﹖"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert neutralised(text) == text


def test_an_event_without_an_answer_has_headers_and_offers(untouched: Report) -> None:
    """F11."""
    assert len(rows(cards_csv(untouched))) == len(rows(words_csv(untouched))) == 1
    offers = sum(len(island.offers) for island in untouched.islands)
    assert len(rows(dots_csv(untouched))) == 1 + offers
