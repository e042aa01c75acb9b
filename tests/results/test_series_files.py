"""A series' files, opened again by independent readers and compared with the comparison."""

import datetime
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from PIL import Image
from sqlmodel import Session

from app.database import Database
from app.errors import Unknown
from app.photos.models import Photo
from app.planning.models import Event, Logo, Phase
from app.planning.typesetting import Press
from app.results.as_heatmap import as_heatmap
from app.results.as_pdf import as_pdf
from app.results.documentation.comparison import documented_comparison, heatmap_content
from app.results.documentation.series import series_documentation
from app.results.documentation.spoken import Spoken
from app.results.docx.as_docx import as_docx
from app.results.making import Making
from app.results.reported.photos import Pictures
from app.results.series_files import Joint, read_joint
from app.results.xlsx.comparison import LEVELS, comparison_xlsx
from app.settings import Settings
from app.web.catalogue import Catalogue
from tests.results.conftest import picture
from tests.results.districts import copied, hold_the_first, hold_the_second
from tests.results.papers import (
    bookmarks,
    elements,
    marked_content,
    outside_of_the_structure,
    pages,
    pieces,
)
from tests.running import finish

Material = tuple[Joint, Pictures]


def german(text: str) -> str:
    return text


def squeezed(text: str) -> str:
    return "".join(text.split())


def photograph(session: Session, event: Event, *photos: tuple[str, int]) -> None:
    """Caption and hue of each: the first is of the event, the others of its first island."""
    assert event.id is not None
    for number, (caption, hue) in enumerate(photos):
        session.add(
            Photo(
                event_id=event.id,
                id=f"photo-{number}",
                island_number=1 if number else None,
                position=number,
                caption=caption,
                media_type="image/jpeg",
                width=60,
                height=40,
                content=picture("JPEG", hue),
            )
        )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Database]:
    """Mitte/Styrum, Osterfeld, which is still open, and Sterkrade, where nobody has answered; with a logo,
    and photos of the same names at two of them."""
    folder = tmp_path_factory.mktemp("series")
    shutil.copy(migrated, folder)
    database = Database(Settings(data=folder))

    def hold(session: Session) -> None:
        first = hold_the_first(session)
        second = hold_the_second(session, first, phase=Phase.cloud)
        copied(session, first, "Sterkrade", datetime.date(2023, 10, 1), Phase.setup)
        session.add(Logo(series_id=first.series_id, media_type="image/png", content=picture("PNG")))
        photograph(session, first, ("Der Saal", 1), ("Die Pinnwand", 2))
        photograph(session, second, ("Die Halle", 2), ("Die Stellwand", 1))

    database.write(hold)
    yield database
    database.close()


@pytest.fixture(scope="module")
def material(held: Database) -> Material:
    with held.read() as session:
        return read_joint(session, (1, 2, 3))


@pytest.fixture(scope="module")
def pdf(material: Material) -> bytes:
    joint, pictures = material
    return as_pdf("series", series_documentation(joint.comparison, joint.reports, german), pictures)


def said_of(joint: Joint) -> list[str]:
    """Every number of the heat map and of the differences, as it is to be read."""
    said = documented_comparison(joint.comparison, Spoken("de"), german)
    rows = [
        [offer["title"]]
        + [part for cell in offer["cells"] for part in (cell["share"], cell["word"], cell["n"])]
        for offer in said["offers"]
    ]
    rows += [
        [row["offer"], f"{row['best']['event']}:{row['best']['share']}", row["best"]["interval"]]
        for row in said["certain"] + said["chance"]
    ]
    return [squeezed("".join(row)) for row in rows]


def test_the_workbook_has_every_number_of_the_comparison(material: Material) -> None:
    comparison = material[0].comparison
    file = comparison_xlsx(comparison, german)
    book = openpyxl.load_workbook(io.BytesIO(file))
    assert book.sheetnames == ["Bekanntheit", "Unterschiede", "Wörter", "Hinweise"]
    header, *rows = book["Bekanntheit"].iter_rows(values_only=True)
    names = ["Mitte/Styrum 16.08.2023", "Osterfeld 06.09.2023", "Sterkrade 01.10.2023"]
    assert header == ("Angebot", "Themeninsel", *names, *(f"n: {name}" for name in names))
    assert rows == [
        (
            offer.title,
            offer.island,
            *(cell.awareness if cell else None for cell in offer.cells),
            *(cell.total if cell else None for cell in offer.cells),
        )
        for offer in comparison.offers
    ]
    _header, *differences = book["Unterschiede"].iter_rows(values_only=True)
    assert [(row[0], row[1], row[3], row[8]) for row in differences] == [
        (one.offer.title, pytest.approx(one.share), names[one.best], names[one.least])
        for one in comparison.differences
    ]
    _header, *words = book["Wörter"].iter_rows(values_only=True)
    assert [(row[0], row[1], row[2:5]) for row in words] == [
        (word.word, word.total, word.counts) for word in comparison.words
    ]
    assert {sheet.title: sheet.freeze_panes for sheet in book} == {
        **dict.fromkeys(["Bekanntheit", "Unterschiede", "Wörter"], "B2"),
        "Hinweise": "A4",
    }


def test_cells_take_the_colour_of_their_level_and_empty_ones_none(material: Material) -> None:
    comparison = material[0].comparison
    book = openpyxl.load_workbook(io.BytesIO(comparison_xlsx(comparison, german)))
    [(where, rules)] = book["Bekanntheit"].conditional_formatting._cf_rules.items()
    assert str(where.sqref) == f"C2:E{1 + len(comparison.offers)}"
    first, *levels = rules
    assert (first.type, first.stopIfTrue) == ("containsBlanks", True)
    assert [(rule.operator, float(rule.formula[0])) for rule in levels] == [
        ("greaterThanOrEqual", limit) for limit in (0.795, 0.595, 0.395, 0.195, 0.0)
    ]
    fills = [rule.dxf.fill.bgColor.rgb for rule in levels]
    assert fills == [f"FF{colour[1:]}" for colour in reversed(LEVELS)]


def test_same_reports_same_bytes(material: Material, pdf: bytes) -> None:
    joint, pictures = material
    content = series_documentation(joint.comparison, joint.reports, german)
    assert as_pdf("series", content, pictures) == pdf
    assert as_docx("series", content, pictures) == as_docx("series", content, pictures)
    workbooks = [comparison_xlsx(joint.comparison, german) for _ in range(2)]
    assert workbooks[0] == workbooks[1]


def test_the_picture_comes_as_shapes_and_as_pixels(material: Material) -> None:
    content = heatmap_content(material[0].comparison, german)
    svg = as_heatmap("svg", content)
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert (root.get("role"), root.findtext(f"{space}title")) == ("img", content["title"])
    assert list(root.iter(f"{space}text")) == []
    assert as_heatmap("svg", content) == svg
    with Image.open(io.BytesIO(as_heatmap("png", content))) as picture:
        assert picture.format == "PNG"
        assert picture.width > 1000


def test_the_pdf_has_every_number_of_heat_map_and_differences(
    material: Material, pdf: bytes
) -> None:
    text = squeezed("".join(pages(pdf))).replace("-", "")
    rows = said_of(material[0])
    assert len(rows) > 30
    assert [row for row in rows if row.replace("-", "") not in text] == []


def test_the_pdf_is_one_structure_with_the_events_below_each_other(pdf: bytes) -> None:
    found = elements(pdf)
    assert outside_of_the_structure(pdf) == []
    scopes = [one["/A"][0]["/Scope"] for one in found if one["/S"] == "/TH"]
    assert set(scopes) == {"/Column"}
    assert sorted(place for _tag, place in pieces(pdf)) == sorted(marked_content(pdf))
    marks = bookmarks(pdf)
    names = [mark for mark in marks if isinstance(mark, str)]
    assert names == [
        *("Einführung", "So lesen Sie die Zahlen", "Vergleich der Veranstaltungen"),
        *("Mitte/Styrum, 16. August 2023", "Osterfeld, 6. September 2023"),
        *("Sterkrade, 1. Oktober 2023", "Termine der Reihe", "Anhang"),
    ]


def test_every_picture_of_every_event_is_in_the_pdf_and_says_what_it_shows(pdf: bytes) -> None:
    figures = [one["/Alt"] for one in elements(pdf) if one["/S"] == "/Figure"]
    assert figures == [
        "Foto: Der Saal",
        "Logo: Stadt Oberhausen, Bereich 3-2 Soziales – Sozialplanung",
        *("Foto: Der Saal", "Foto: Die Pinnwand"),
        "Wortwolke. Am größten: Vielfalt (4), spannend (1).",
        *("Foto: Die Halle", "Foto: Die Stellwand"),
        "Wortwolke. Am größten: Mut (3), spannend (2).",
    ]


def test_every_picture_of_every_event_is_in_the_word_file(material: Material) -> None:
    joint, pictures = material
    content = series_documentation(joint.comparison, joint.reports, german)
    file = as_docx("series", content, pictures)
    document = docx.Document(io.BytesIO(file))
    shown = [
        element.get("descr")
        for element in document.element.iter()
        if element.tag.endswith("}docPr") and not element.get("descr", "").startswith("Ja:")
    ]
    assert shown == [
        "Logo: Stadt Oberhausen, Bereich 3-2 Soziales – Sozialplanung",
        *("Foto: Der Saal", "Foto: Der Saal", "Foto: Die Pinnwand"),
        "Wortwolke. Am größten: Vielfalt (4), spannend (1).",
        *("Foto: Die Halle", "Foto: Die Stellwand"),
        "Wortwolke. Am größten: Mut (3), spannend (2).",
    ]
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        stored = [parts.read(name) for name in parts.namelist() if "/media/" in name]
    assert len(set(pictures.values())) == 3  # two photos at each event, of the same colours
    assert [name for name, picture in pictures.items() if stored.count(picture) != 1] == []


def test_a_series_whose_latest_event_is_english_has_english_files(database: Database) -> None:
    def hold(session: Session) -> None:
        hold_the_second(session, hold_the_first(session)).locale = "en"

    database.write(hold)
    with database.read() as session:
        joint, pictures = read_joint(session, (1, 2))
    content = series_documentation(joint.comparison, joint.reports, Catalogue().texts("en").gettext)
    pdf = as_pdf("series", content, pictures)
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert (root["/Lang"], outside_of_the_structure(pdf)) == ("en", [])
    chapters = [
        *("Introduction", "How to read the figures", "The events compared"),
        *("Mitte/Styrum, 16 August 2023", "Osterfeld, 6 September 2023"),
        *("Dates of the series", "Annex"),
    ]
    assert [mark for mark in bookmarks(pdf) if isinstance(mark, str)] == chapters
    document = docx.Document(io.BytesIO(as_docx("series", content, pictures)))
    assert [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name == "Heading 1"
    ] == chapters
    [language] = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"


def test_the_word_file_says_the_same_and_its_events_are_a_level_deeper(material: Material) -> None:
    joint, pictures = material
    content = series_documentation(joint.comparison, joint.reports, german)
    document = docx.Document(io.BytesIO(as_docx("series", content, pictures)))
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and (paragraph.style.name or "").startswith("Heading")
    ]
    at = headings.index(("Heading 1", "Osterfeld, 6. September 2023"))
    assert headings[at + 1 : at + 4] == [
        ("Heading 2", "Einführung"),
        ("Heading 3", "So lief das World Café"),
        ("Heading 2", "Überblick"),
    ]
    heat = next(
        table
        for table in document.tables
        if table.rows[0].cells[1].text.startswith("Mitte/Styrum ·")
    )
    said = [squeezed("".join(cell.text for cell in row.cells)) for row in heat.rows[1:]]
    assert said == said_of(joint)[: len(joint.comparison.offers)]
    ids = [
        element.get("id") for element in document.element.iter() if element.tag.endswith("}docPr")
    ]
    assert len(ids) == len(set(ids)) > 0


def test_a_joint_report_is_of_all_events_or_of_none(database: Database) -> None:
    def hold(session: Session) -> None:
        first = hold_the_first(session)
        second = hold_the_second(session, first)
        assert (first.id, second.id) == (1, 2)

    database.write(hold)
    with database.read() as session:
        assert [report.event.district for report in read_joint(session, (1, 2))[0].reports] == [
            "Mitte/Styrum",
            "Osterfeld",
        ]
        with pytest.raises(Unknown):
            read_joint(session, (1,))  # there is one more meanwhile


def test_a_deleted_event_is_in_no_kept_file(database: Database) -> None:
    def hold(session: Session) -> None:
        hold_the_second(session, hold_the_first(session))

    database.write(hold)

    async def ask() -> None:
        making = Making(database, Press(), Catalogue())
        both = await making.file((1, 2), "series.pdf", 1)
        assert making.ask((1, 2), "series.pdf", both.version) is both
        database.write(lambda session: session.delete(session.get_one(Event, 2)))
        alone = await making.file((1,), "series.pdf", 1)
        assert "Osterfeld, 6. September" in "".join(pages(both.content))
        assert "Osterfeld, 6. September" not in "".join(pages(alone.content))
        await making.close()

    finish(ask(), within_s=90)
