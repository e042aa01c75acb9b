"""The documentation as a Word file: opened again with python-docx, and compared with results.json."""

import datetime
import itertools
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from PIL import Image
from sqlmodel import Session

from app.database import Database
from app.feedback.models import State
from app.planning.typesetting import Press
from app.results.as_json import results_json
from app.results.documentation.event import documentation
from app.results.documents import documentation_docx, pressed_docx
from app.results.docx.as_docx import as_docx
from app.results.report import Report
from app.results.reported.photos import Pictures
from app.web.catalogue import Catalogue
from tests.results.conftest import WILD, Evening, imported
from tests.running import finish


def german(text: str) -> str:
    return text


@pytest.fixture(scope="module")
def content(reported: Report, photographed: Pictures) -> bytes:
    return documentation_docx(reported, german, photographed)


@pytest.fixture(scope="module")
def document(content: bytes) -> DocumentType:
    return Document(BytesIO(content))


def headings(document: DocumentType) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith("Heading")
    ]


def rows(document: DocumentType, about: str) -> list[list[str]]:
    """Of the table that is called so for screen readers, its header first."""
    [table] = [
        table
        for table in document.tables
        if table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == about
    ]
    return [[cell.text for cell in row.cells] for row in table.rows]


def alt_texts(document: DocumentType) -> list[str | None]:
    return [found.get("descr") for found in document.element.body.iter(qn("wp:docPr"))]


def test_chapters_are_headings_of_the_right_levels(
    document: DocumentType, reported: Report
) -> None:
    assert [heading for heading in headings(document) if heading[0] <= 2] == [
        (1, "Einführung"),
        (2, "So lief das World Café"),
        (1, "So lesen Sie die Zahlen"),
        (1, "Überblick"),
        (2, "Am bekanntesten"),
        (2, "Alle Angebote"),
        (1, "Themeninseln"),
        *((2, f"{island.number} {island.title}") for island in reported.islands),
        (1, "Was aus den Vorschlägen wird"),
        (1, "Fazit"),
        (2, "Wortwolke"),
        (1, "Termine der Reihe"),
        (1, "Anhang"),
        (2, "Wie gezählt wurde"),
        (2, "Alle Vorschläge"),
    ]
    levels = [level for level, _text in headings(document)]
    steps = [after - before for before, after in itertools.pairwise(levels)]
    assert max(steps) == 1  # none is skipped


def test_the_contents_are_a_field_that_shows_and_links_all_of_them(document: DocumentType) -> None:
    body = document.element.body
    assert [found.text for found in body.iter(qn("w:instrText"))] == [r' TOC \o "1-2" \h \z \u ']
    shown = [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith("toc ")
    ]
    assert shown == [heading for heading in headings(document) if heading[0] <= 2]
    anchors = [found.get(qn("w:anchor")) for found in body.iter(qn("w:hyperlink"))]
    marks = [found.get(qn("w:name")) for found in body.iter(qn("w:bookmarkStart"))]
    assert [anchor for anchor in anchors if anchor] == marks
    assert len(marks) == len(shown)


def test_every_picture_says_what_it_shows(document: DocumentType) -> None:
    assert alt_texts(document) == [
        "Logo: Stadt Oberhausen, Bereich 3-2 Soziales – Sozialplanung",
        "Foto: Der Saal",
        "Ja: 7, Nein: 4",
        "Ja: 0, Nein: 1",
        "Foto: Die Pinnwand",
        "Foto: Wohnumfeld",
        "Ja: 1, Nein: 0",
        "Wortwolke. Am größten: Spannend (2), gut vernetzt (1), Aufbruch (1).",
    ]


def test_every_table_marks_its_header_and_divides_no_row(document: DocumentType) -> None:
    for table in document.tables:
        is_header = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert is_header == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert len(document.tables) == 1 + 1 + 1 + 1 + 12 + 1 + 1 + 1 + 1


def test_language_and_properties_are_the_events(content: bytes, reported: Report) -> None:
    document = Document(BytesIO(content))
    [language] = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "de-DE"
    properties: Any = document.core_properties
    assert (properties.title, properties.author, properties.language, properties.comments) == (
        "Dokumentation: Expert*innendialog im Sozialraum Mitte/Styrum",
        "Stadt Oberhausen, Bereich 3-2 Soziales – Sozialplanung",
        "de",
        "",
    )
    changed = reported.event.changed_at.replace(tzinfo=datetime.UTC)
    assert properties.created == properties.modified == changed
    dates = {part.date_time for part in zipfile.ZipFile(BytesIO(content)).infolist()}
    assert dates == {(*changed.timetuple()[:5], 0)}


def test_every_number_is_that_of_the_json(document: DocumentType, reported: Report) -> None:
    """C12, for one evening."""
    results = json.loads(results_json(reported))
    offers = [(island, offer) for island in results["islands"] for offer in island["offers"]]
    known = {
        "umweltberatung": "64 % (35–85 %)",
        "gruenpatenschaften": "zu wenige Punkte",
        "ehrenamtskarte": "zu wenige Punkte",
    }
    assert [
        [cell.replace("\xa0", " ") for cell in row] for row in rows(document, "Alle Angebote")
    ] == [
        ["Insel", "Angebot", "Ja", "Nein", "n", "Bekanntheit"],
        *(
            [
                str(island["number"]),
                offer["title"],
                str(offer["yes"]),
                str(offer["no"]),
                str(offer["yes"] + offer["no"]),
                known.get(offer["key"], "keine Punkte"),
            ]
            for island, offer in offers
        ),
    ]
    cards = [
        [str(island["number"]), card["text"], str(card["supports"])]
        for island in results["islands"]
        for card in island["cards"]
    ]
    annex = rows(document, "Alle Vorschläge")[1:]
    assert [[number, text, supports] for number, text, _, supports, _ in annex] == cards
    sent = rows(document, "Wortwolke")[1:]
    pairs = [pair for row in sent for pair in zip(row[::2], row[1::2], strict=True)]
    assert pairs == [(word["word"], str(word["count"])) for word in results["words"]]
    assert rows(document, "Überblick")[1:] == [
        ["Teilnehmende", str(results["event"]["attendees"])],
        ["Institutionen", str(results["event"]["institutions"])],
        ["Geräte", str(results["devices"])],
        ["Punkte", str(results["totals"]["yes"] + results["totals"]["no"])],
        ["Vorschläge", str(results["totals"]["cards"])],
        ["Wörter", str(results["totals"]["words"])],
    ]


def test_what_becomes_of_the_suggestions_is_a_table(document: DocumentType) -> None:
    assert rows(document, "Was aus den Vorschlägen wird")[1:] == [
        [
            "Aushänge und Werbung",
            "2",
            "2",
            "Material",
            "Bereich 2-2 Umwelt",
            "geplant\nim Haushalt 2024",
        ],
        ["Noch offen", "0", "0", "–", "–", "offen"],
    ]


def test_supports_are_no_column_where_nobody_supported_a_card(
    reported: Report, photographed: Pictures
) -> None:
    islands = tuple(
        replace(island, cards=tuple(replace(card, supports=0) for card in island.cards))
        for island in reported.islands
    )
    document = Document(
        BytesIO(documentation_docx(replace(reported, islands=islands), german, photographed))
    )
    assert rows(document, "Alle Vorschläge")[0] == ["Insel", "Vorschlag", "Angebot", "Thema"]
    assert rows(document, "Was aus den Vorschlägen wird")[1:] == [
        [
            "Aushänge und Werbung",
            "2",
            "Material",
            "Bereich 2-2 Umwelt",
            "geplant\nim Haushalt 2024",
        ],
        ["Noch offen", "0", "–", "–", "offen"],
    ]


def test_the_server_gives_the_same_bytes_every_time(
    content: bytes, reported: Report, photographed: Pictures
) -> None:
    """F10."""
    assert finish(pressed_docx(Press(), reported, german, photographed)) == content


def test_photos_are_in_it_as_they_are_kept(content: bytes, photographed: Pictures) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        kept = [parts.read(name) for name in parts.namelist() if "/media/" in name]
    assert [photo for photo in photographed.values() if photo not in kept] == []
    widest = max(kept, key=lambda picture: Image.open(BytesIO(picture)).width)
    assert Image.open(BytesIO(widest)).size == (2400, 1350)  # the cloud


def test_only_the_styles_that_are_used_are_in_it(document: DocumentType) -> None:
    names = {style.name for style in document.styles}
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert used <= names
    assert {"Title", "Heading 1", "List Bullet", "Caption", "Card", "Key Sentence"} <= used
    assert len(names) < 40


def test_an_event_without_an_answer_has_a_documentation(untouched: Report) -> None:
    """F11."""
    document = Document(BytesIO(documentation_docx(untouched, german, {})))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Noch hat kein Angebot mindestens 5 Punkte." in said
    assert said.count("Zu dieser Insel wurde kein Vorschlag geschrieben.") == 12
    assert "Es wurden keine Wörter geschickt." in said
    assert alt_texts(document) == []


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
    document = Document(BytesIO(documentation_docx(read(), german, {})))
    assert [row[1] for row in rows(document, "Alle Vorschläge")[1:]] == WILD
    cards = [p for p in document.paragraphs if p.style is not None and p.style.name == "Card"]
    assert [card.text for card in cards] == WILD
    from_right = [card.text for card in cards if card._p.find(f".//{qn('w:bidi')}") is not None]
    assert from_right == WILD[1:3]


def test_what_no_xml_may_have_is_left_out(reported: Report, photographed: Pictures) -> None:
    said = documentation(reported, german)
    said["conclusion"] = ["vor\x00her\x1b\ufffe nachher"]
    document = Document(BytesIO(as_docx("event", said, photographed)))
    assert "vorher nachher" in [paragraph.text for paragraph in document.paragraphs]


def test_an_english_event_has_an_english_documentation(
    reported: Report, photographed: Pictures
) -> None:
    english = replace(reported, event=replace(reported.event, locale="en-GB"))
    translate = Catalogue().texts("en").gettext
    document = Document(BytesIO(documentation_docx(english, translate, photographed)))
    assert headings(document)[0] == (1, "Introduction")
    assert rows(document, "All offers")[0][-1] == "Awareness"
    [language] = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
