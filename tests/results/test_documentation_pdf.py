"""The documentation as a PDF: opened again by two independent readers, and compared with results.json."""

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest
from sqlmodel import Session, delete

from app.database import Database
from app.feedback.models import State
from app.planning.models import Island, Phase
from app.planning.typesetting import Press
from app.results.as_json import results_json
from app.results.documents import documentation_pdf, pressed_pdf
from app.results.report import Report
from app.results.reported.photos import Pictures
from app.web.catalogue import Catalogue
from tests.results.conftest import WILD, Evening, imported
from tests.results.papers import (
    bookmarks,
    elements,
    marked_content,
    outside_of_the_structure,
    pages,
    pieces,
    read_aloud,
)
from tests.running import finish

CITY = "oberhausen.de/de/index/rathaus/verwaltung/"


def german(text: str) -> str:
    return text


def squeezed(text: str) -> str:
    """Without any space: where lines end is the layout's business."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def pdf(reported: Report, photographed: Pictures) -> bytes:
    return documentation_pdf(reported, german, photographed)


def test_readers_are_told_language_title_and_structure(pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Dokumentation: Expert*innendialog im Sozialraum Mitte/Styrum"
    assert reader.metadata.author == "Stadt Oberhausen, Bereich 3-2 Soziales – Sozialplanung"
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", root["/Metadata"].get_data()) == [b"1"]


def test_every_figure_says_what_it_shows_and_every_header_what_it_heads(pdf: bytes) -> None:
    found = elements(pdf)
    figures = [element.get("/Alt") for element in found if element["/S"] == "/Figure"]
    assert figures == [
        "Foto: Der Saal",
        "Logo: Stadt Oberhausen, Bereich 3-2 Soziales – Sozialplanung",
        "Foto: Die Pinnwand",
        "Foto: Wohnumfeld",
        "Wortwolke. Am größten: Spannend (2), gut vernetzt (1), Aufbruch (1).",
    ]
    scopes = [element["/A"][0]["/Scope"] for element in found if element["/S"] == "/TH"]
    assert set(scopes) == {"/Column"}
    tables = [element for element in found if element["/S"] == "/Table"]
    rows = [[child.get_object()["/S"] for child in table["/K"]] for table in tables]
    assert rows == [["/THead", "/TBody"]] * len(tables)
    assert len(tables) == 1 + 1 + 12 + 1 + 1 + 1 + 1  # facts, overview, islands, …


def test_the_lines_of_a_text_stay_lines(untouched: Report) -> None:
    said = replace(untouched.event, conclusion="Drei Wünsche:\n– Aushänge\n– Kurse\n\nDanke!")
    document = pypdfium2.PdfDocument(documentation_pdf(replace(untouched, event=said), german, {}))
    try:
        lines = [
            line for page in document for line in page.get_textpage().get_text_range().split("\r\n")
        ]
    finally:
        document.close()
    at = lines.index("Drei Wünsche:")
    assert lines[at : at + 4] == ["Drei Wünsche:", "– Aushänge", "– Kurse", "Danke!"]


def test_nothing_is_painted_outside_of_the_structure(pdf: bytes) -> None:
    assert outside_of_the_structure(pdf) == []


def test_all_that_is_marked_as_content_is_read_exactly_once(pdf: bytes) -> None:
    assert sorted(place for _tag, place in pieces(pdf)) == sorted(marked_content(pdf))


def test_an_island_is_read_aloud_from_its_heading_to_its_photos(pdf: bytes) -> None:
    said = read_aloud(pdf)
    start = said.index(("/H1", "Themeninseln"))
    assert said[start : said.index(("/H2", "2"))] == [
        ("/H1", "Themeninseln"),
        *(("/H2", "1"), ("/H2", "Wohnumfeld")),
        ("/H3", "Kontakt"),
        *(("/Lbl", "•"), ("/LBody", "Stadt Oberhausen, Bereich 2-2 Umwelt")),
        ("/Link", f"{CITY}stadtplanung-bauen-mobilitat-umwelt/umwelt.php"),
        ("/Lbl", "•"),
        ("/LBody", "Stadt Oberhausen, Bereich 4-5 Integrierte Stadtentwicklung und Statistik"),
        ("/Link", f"{CITY}verwaltungsfuehrung/statistik/stadtentwicklung.php"),
        *(("/P", "Kernsatz der Insel"), ("/P", "Sichtbar werden!")),
        ("/H3", "Angebote"),
        *(("/TH", name) for name in ("Angebot", "Ja", "Nein", "n", "Bekanntheit")),
        ("/P", "Umwelt- und Abfallberatung"),
        ("/P", "Beratung für Haushalte, Hausverwaltungen und Schulen."),
        ("/P", "davon Ja / Nein: Tablet 1 / 1, Papier 5 / 2"),
        *(("/TD", value) for value in ("7", "4", "11", "64 %", "35–85 %")),
        ("/P", "Grün- und Spielplatzpatenschaften"),
        ("/P", "Nachbarschaften pflegen Beete, Baumscheiben und Spielplätze."),
        *(("/TD", value) for value in ("0", "1", "1", "zu wenige Punkte")),
        ("/TD", "Verfügungsfonds für Quartiersprojekte"),
        ("/TD", "Kleine Zuschüsse für Ideen aus dem Stadtteil."),
        ("/TD", "nur in diesem Sozialraum"),
        *(("/TD", value) for value in ("0", "0", "0", "keine Punkte")),
        ("/H3", "Vorschläge"),
        ("/H4", "Aushänge und Werbung"),
        ("/P", "Material · Bereich 2-2 Umwelt · geplant"),
        ("/P", "Mehr Aushänge im Hausflur"),
        ("/P", "Umwelt- und Abfallberatung · Zustimmungen: 2"),
        ("/H4", "Weitere Vorschläge"),
        ("/P", "Am Kiosk werben"),
        ("/H3", "Notiz der Gastgeber*innen"),
        ("/P", "Viele kannten die Beratung nicht."),
        ("/H3", "Fotos"),
        ("/Caption", "Die Pinnwand"),
    ]


def test_no_text_stands_outside_of_a_paragraph_a_list_or_a_table(pdf: bytes) -> None:
    tags = {tag for tag, _text in read_aloud(pdf)} - {f"/H{level}" for level in range(1, 5)}
    # The figure is the cloud, whose alt text is read instead.
    assert tags == {"/P", "/Title", "/Link", "/Lbl", "/LBody", "/TH", "/TD", "/Caption", "/Figure"}


def test_headings_go_down_one_level_at_a_time(pdf: bytes) -> None:
    levels = [int(str(one["/S"])[2:]) for one in elements(pdf) if str(one["/S"]).startswith("/H")]
    assert levels[0] == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_headings_are_bookmarks(pdf: bytes, reported: Report) -> None:
    assert bookmarks(pdf) == [
        "Einführung",
        ["So lief das World Café"],
        "So lesen Sie die Zahlen",
        "Überblick",
        ["Alle Angebote"],
        "Themeninseln",
        [f"{island.number} {island.title}" for island in reported.islands],
        "Was aus den Vorschlägen wird",
        "Fazit",
        ["Wortwolke"],
        "Termine der Reihe",
        "Anhang",
        ["Wie gezählt wurde", "Alle Vorschläge"],
    ]


def test_every_number_is_that_of_the_json(pdf: bytes, reported: Report) -> None:
    """C12, for one evening."""
    results = json.loads(results_json(reported))
    said = pages(pdf)
    overview = " ".join(said[3:5])
    for island in results["islands"]:
        for offer in island["offers"]:
            total = offer["yes"] + offer["no"]
            if total == 0:
                known = "keine Punkte"
            elif total < 5:
                known = "zu wenige Punkte"
            else:
                low, high = (round(100 * edge) for edge in offer["interval"])
                known = f"{round(100 * offer['awareness'])} % ({low}–{high} %)"
            row = (
                f"{island['number']} {offer['title']} {offer['yes']} {offer['no']} {total} {known}"
            )
            assert overview.count(row) == 1
    totals, event = results["totals"], results["event"]
    assert (
        said[3]
        .split("Überblick ")[1]
        .startswith(
            f"{event['attendees']} Teilnehmende {event['institutions']} Institutionen"
            f" {results['devices']} Geräte {totals['yes'] + totals['no']} Punkte"
            f" {totals['cards']} Vorschläge {totals['words']} Wörter"
        )
    )
    annex = squeezed("".join(said[-2:]))
    for island in results["islands"]:
        for card in island["cards"]:
            assert squeezed(f"{island['number']} {card['text']}") in annex
    words = next(page for page in said if "Wort Geräte" in page)
    for word in results["words"]:
        assert f"{word['word']} {word['count']}" in words


def test_an_island_has_all_that_was_said_of_it(pdf: bytes) -> None:
    all_pages = pages(pdf)
    [at] = [at for at, page in enumerate(all_pages) if "1 Wohnumfeld Kontakt" in page]
    said_of_it = " ".join(all_pages[at : at + 2])
    for said in (
        "oberhausen.de/de/index/rathaus/verwaltung/stadtplanung-bauen-mobilitat-umwelt/umwelt.php",
        "Kernsatz der Insel Sichtbar werden!",
        "Beratung für Haushalte, Hausverwaltungen und Schulen. davon Ja / Nein: Tablet 1 / 1, Papier 5 / 2",
        "Aushänge und Werbung Material · Bereich 2-2 Umwelt · geplant Mehr Aushänge im Hausflur"
        " Umwelt- und Abfallberatung · Zustimmungen: 2",
        "Weitere Vorschläge Am Kiosk werben",
        "Notiz der Gastgeber*innen Viele kannten die Beratung nicht.",
        "Fotos Die Pinnwand",
    ):
        assert said in said_of_it


def test_links_lead_to_the_contacts(pdf: bytes, reported: Report) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    found = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object() and "/URI" in annotation.get_object()["/A"]
    }
    assert found == {
        contact.url for island in reported.islands for contact in island.contacts if contact.url
    }


def test_the_server_gives_the_same_bytes_every_time(
    pdf: bytes, reported: Report, photographed: Pictures
) -> None:
    """F10."""
    assert finish(pressed_pdf(Press(), reported, german, photographed)) == pdf


def test_a_page_of_the_final_documentation_bears_no_mark(pdf: bytes) -> None:
    assert [page for page in pages(pdf) if "Zwischenstand" in page or "Probe" in page] == []


def test_every_page_says_that_it_is_interim_or_of_a_rehearsal(reported: Report) -> None:
    event = replace(reported.event, phase=Phase.cafe, is_rehearsal=True)
    bare = replace(reported.series, has_logo=False)
    islands = tuple(replace(island, photos=()) for island in reported.islands[:1])
    now = replace(reported, event=event, series=bare, photos=(), islands=islands)
    said = pages(documentation_pdf(now, german, {}))
    assert len(said) > 5
    for page in said:
        assert "Probe: Das sind keine echten Ergebnisse." in page
        assert "Zwischenstand: Die Veranstaltung ist noch nicht geschlossen." in page


def test_an_event_without_an_answer_has_a_documentation(untouched: Report) -> None:
    """F11."""
    content = documentation_pdf(untouched, german, {})
    said = " ".join(pages(content))
    assert outside_of_the_structure(content) == []
    for sentence in (
        "Bisher hat sich noch niemand beteiligt.",
        "Noch hat kein Angebot mindestens 5 Punkte.",
        "Zu dieser Insel wurde kein Vorschlag geschrieben.",
        "Es wurden keine Wörter geschickt.",
        "Es wurden keine Vorschläge geschrieben.",
    ):
        assert sentence in said


def test_an_event_without_an_island_has_a_documentation(
    database: Database, read: Callable[[], Report]
) -> None:
    """F11."""

    def clear(session: Session) -> None:
        imported(session)
        session.exec(delete(Island))

    database.write(clear)
    assert bookmarks(documentation_pdf(read(), german, {}))[:2] == [
        "Einführung",
        ["So lief das World Café"],
    ]


def test_whatever_a_card_says_is_found_again(
    database: Database, read: Callable[[], Report]
) -> None:
    """F03."""

    def write(session: Session) -> None:
        evening = Evening(session, imported(session))
        for number, text in enumerate(WILD):
            evening.card(f"device {number}", 1 + number, text)
            evening.word(State.approved, (f"device {number}", text[:30].replace("\n", " ")))

    database.write(write)
    content = documentation_pdf(read(), german, {})
    said = squeezed("".join(pages(content)))
    assert [text for text in WILD[:-1] if squeezed(text) not in said] == []
    assert "□□□□" in said  # what no font has
    assert outside_of_the_structure(content) == []


def test_nothing_is_said_of_supports_tablets_and_paper_where_there_are_none(
    database: Database, read: Callable[[], Report]
) -> None:
    def write(session: Session) -> None:
        evening = Evening(session, imported(session))
        evening.dot("anna", "umweltberatung", knows=True)
        evening.card("anna", 1, "Am Kiosk werben")

    database.write(write)
    said = " ".join(pages(documentation_pdf(read(), german, {})))
    assert "Alle Punkte (1) kamen von Handys." in said
    assert "Insel Vorschlag Angebot Thema 1 Am Kiosk werben" in said
    assert "von Tablets" not in said


def test_who_came_is_said_at_the_beginning_and_at_the_end(pdf: bytes) -> None:
    came = "82 Teilnehmende aus 16 Institutionen waren dabei."
    assert " ".join(pages(pdf)).count(came) == 2


def test_hundreds_of_cards_are_counted_on_the_island_and_printed_in_the_annex(
    database: Database, read: Callable[[], Report]
) -> None:
    """F03."""

    def write(session: Session) -> None:
        evening = Evening(session, imported(session))
        for number in range(400):
            evening.card(f"device {number}", 1, f"Vorschlag {number:04} ist dieser")

    database.write(write)
    said = pages(documentation_pdf(read(), german, {}))
    island = "".join(said[said.index(next(p for p in said if "1 Wohnumfeld Kontakt" in p)) :][:3])
    assert "Weitere 376 Vorschläge dieser Insel stehen im Anhang." in island
    whole = " ".join(said)
    printed = re.findall(r"1 Vorschlag (\d{4}) ist dieser", whole)
    assert printed == [f"{number:04}" for number in range(400)]


def test_an_english_event_has_an_english_documentation(reported: Report) -> None:
    english = replace(
        reported,
        event=replace(reported.event, locale="en"),
        photos=(),
        islands=reported.islands[:1],
    )
    english = replace(
        english,
        series=replace(reported.series, has_logo=False),
        islands=tuple(replace(island, photos=()) for island in english.islands),
    )
    content = documentation_pdf(english, Catalogue().texts("en").gettext, {})
    root: Any = pypdf.PdfReader(BytesIO(content)).trailer["/Root"]
    assert root["/Lang"] == "en"
    assert bookmarks(content)[:3] == [
        "Introduction",
        ["How the World Café worked"],
        "How to read the figures",
    ]
    assert "16 August 2023" in pages(content)[0]


def test_nothing_is_printed_in_the_margins_of_a_page(pdf: bytes) -> None:
    """Of all but the cover, whose band and photo reach the edge."""
    document = pypdfium2.PdfDocument(pdf)
    for page in list(document)[1:]:
        picture = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 - grey)
        left, top, right, bottom = picture.getbbox()
        nearest = min(left, top, picture.width - right, picture.height - bottom)
        assert nearest / 72 * 25.4 >= 8
    document.close()
