"""The kit as a printer gets it: opened by pypdf, drawn by PDFium, its codes read by zxing."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from sqlmodel import Session, select

from app.database import Database
from app.errors import NotAcceptable
from app.people.invitations import link_to
from app.people.models import Invitation
from app.planning.hosts import host_invitations
from app.planning.importing import import_plan
from app.planning.models import Event, Island, Logo, Series
from app.planning.plan_reading import read_plan
from app.planning.posters.kit import (
    TEMPLATE,
    Part,
    Print,
    Size,
    invite_all,
    moderators_invitation,
    poster_kit,
)
from app.planning.queries import islands_of
from app.planning.typesetting import NotSet, Press, typeset
from app.settings import Settings
from app.web.catalogue import Catalogue
from tests.planning.conftest import EXAMPLE, Statements
from tests.running import finish

KEY = b"k" * 32
ADDRESS = "https://worldcafe.oberhausen.de"
IN_QR = "HTTPS://WORLDCAFE.OBERHAUSEN.DE/E"
GERMAN = Print(ADDRESS, False, KEY, Catalogue().texts("de").gettext, "de", parts=tuple(Part))
HOSTILE = [
    '#panic("out") $x^2$ *b* _i_ `raw` @ref <label> \\ // /* */',
    "= Überschrift",
    '"Anführung" „unten“ {{ x }} #import "/etc/passwd": *',
    "Дитинство – مرحبا – 🎉 – ελληνικά",
    "Nachbarschaftshilfe, Quartiersmanagement, Begegnung und Beratung für Menschen in allen"
    " Lebenslagen im Sozialraum Mitte",
    "W" * 120,
    "$",
    "\\",
]


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    """Fresh and migrated."""
    shutil.copy(migrated, tmp_path)
    database = Database(Settings(data=tmp_path))
    yield database
    database.close()


@pytest.fixture(scope="module")
def planned(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The real plan with everybody invited and a network for guests."""
    data = tmp_path_factory.mktemp("planned")
    shutil.copy(migrated, data)
    database = Database(Settings(data=data))
    plan = read_plan(EXAMPLE.read_bytes())

    def prepare(session: Session) -> None:
        event = import_plan(session, plan, rehearsal=False)
        event.wifi_name, event.wifi_password = 'Rathaus; "Gäste"', "a:b,c\\d"
        invite_all(session, event)

    database.write(prepare)
    yield database
    database.close()


@pytest.fixture(scope="module")
def kit(planned: Database) -> dict[str, Any]:
    with planned.read() as session:
        return poster_kit(session, session.exec(select(Event)).one(), GERMAN)


@pytest.fixture(scope="module")
def a4(kit: dict[str, Any]) -> bytes:
    return typeset(TEMPLATE, kit)


@pytest.fixture(scope="module")
def a3(planned: Database) -> bytes:
    wanted = replace(GERMAN, size=Size.a3, parts=(Part.event, Part.islands))
    with planned.read() as session:
        return typeset(TEMPLATE, poster_kit(session, session.exec(select(Event)).one(), wanted))


def codes_on(pdf: bytes) -> list[list[str]]:
    """What an independent reader finds on every page, at 150 dpi in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            sorted(
                code.text
                for code in zxingcpp.read_barcodes(
                    page.render(scale=150 / 72, grayscale=True).to_pil(),
                    formats=zxingcpp.BarcodeFormat.QRCode,
                )
            )
            for page in document
        ]
    finally:
        document.close()


def bookmarks(pdf: bytes) -> list[str]:
    return [entry.title for entry in pypdf.PdfReader(BytesIO(pdf)).outline]


def alt_texts(pdf: bytes) -> list[str | None]:
    """Of every figure in the structure, in reading order."""

    def figures(element: Any) -> Iterator[str | None]:
        element = element.get_object()
        if not isinstance(element, pypdf.generic.DictionaryObject):
            return
        if element.get("/S") == "/Figure":
            yield element.get("/Alt")
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from figures(child)

    return list(figures(pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]))


def texts_of(pdf: bytes) -> list[str]:
    """What every page says, its lines joined."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def with_islands(database: Database, titles: list[str], offers: int) -> Event:
    """An English event whose islands, and all their offers, are called so."""
    quoted = [title.replace("\\", "\\\\").replace('"', '\\"') for title in titles]
    document = '[series]\nkey = "s"\ntitle = "#s $"\n[event]\nkey = "hostile"\n'
    document += f'title = "{quoted[0]}"\ndate = 2026-05-04\ndistrict = "D"\nlocale = "en"\n'
    for number, title in enumerate(quoted, start=1):
        rows = ",".join(
            f'{{ key = "o{number}-{row}", title = "{title}", scope = "city" }}'
            for row in range(offers)
        )
        document += f'[[islands]]\nnumber = {number}\ntitle = "{title}"\noffers = [{rows}]\n'
        document += f'contacts = [{{ name = "{title}", phone = "#1 $" }}]\n'
    return database.write(import_plan, read_plan(document.encode()), rehearsal=False)


def test_every_code_of_the_kit_leads_where_its_page_says(planned: Database, a4: bytes) -> None:
    """F12"""
    with planned.read() as session:
        event = session.exec(select(Event)).one()
        numbers = [island.number for island in islands_of(session, event)]
        moderator = moderators_invitation(session, event)
        assert moderator is not None
        hosts = host_invitations(session, event)
        invited = [moderator, *(hosts[number] for number in numbers)]
        links = [ADDRESS + link_to(invitation, KEY) for invitation in invited]
    islands = [f"{IN_QR}/{event.code}/{number}" for number in numbers]

    assert codes_on(a4) == [
        [f"{IN_QR}/{event.code}"],
        *([island] for island in islands),
        *([island, island] for island in islands),
        ['WIFI:T:WPA;S:Rathaus\\; \\"Gäste\\";P:a\\:b\\,c\\\\d;;'],
        *(sorted(links[at : at + 4]) for at in range(0, 13, 4)),
        *([] for _ in range(12 + 1)),
        [f"{IN_QR}/{event.code}"],
    ]


def test_every_code_is_read_from_a3_too(planned: Database, a3: bytes) -> None:
    """F12"""
    with planned.read() as session:
        code = session.exec(select(Event)).one().code

    assert codes_on(a3) == [
        [f"{IN_QR}/{code}"],
        *([f"{IN_QR}/{code}/{number}"] for number in range(1, 13)),
    ]


def test_posters_are_as_large_as_chosen_and_all_else_is_a4(a4: bytes, a3: bytes) -> None:
    def sizes(pdf: bytes) -> set[tuple[int, int]]:
        boxes = [page.mediabox for page in pypdf.PdfReader(BytesIO(pdf)).pages]
        return {(round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) for box in boxes}

    assert (sizes(a4), sizes(a3)) == ({(210, 297)}, {(297, 420)})


def test_nothing_is_printed_where_office_printers_cannot(a4: bytes) -> None:
    """Within 4 mm of the edge; cuts and folds come nearest."""
    document = pypdfium2.PdfDocument(a4)
    for page in document:
        picture = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 - grey)
        left, top, right, bottom = picture.getbbox()
        nearest = min(left, top, picture.width - right, picture.height - bottom)
        assert nearest / 72 * 25.4 >= 4
    document.close()


def test_readers_are_told_language_title_and_structure(a4: bytes, kit: dict[str, Any]) -> None:
    reader = pypdf.PdfReader(BytesIO(a4))
    root: Any = reader.trailer["/Root"]

    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == kit["title"]
    assert kit["title"] == "Plakate und Karten – Expert*innendialog im Sozialraum Mitte/Styrum"
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", root["/Metadata"].get_data()) == [b"1"]
    islands = [island["code"]["alt"] for island in kit["islands"]]
    invited = [island["invitation"]["code"]["alt"] for island in kit["islands"]]
    assert alt_texts(a4) == [
        kit["qr"]["alt"],
        *islands,
        *islands,  # a tent's other side is the same: read once
        kit["wifi"]["code"]["alt"],
        kit["moderator"]["code"]["alt"],
        *invited,
        kit["qr"]["alt"],
    ]


def unspaced(text: str) -> str:
    """Wherever its lines are broken."""
    return re.sub(r"[\s\u200b]", "", text)


def test_every_page_is_found_by_its_bookmark_and_bears_its_title(
    a4: bytes, kit: dict[str, Any]
) -> None:
    titles = [island["title"] for island in kit["islands"]]

    assert bookmarks(a4) == [
        "Machen Sie mit!",
        *titles,
        *titles,
        "WLAN für alle",
        "Moderation",
        *titles,
        *titles,
        "Moderationskarten",
    ]
    pages = texts_of(a4)
    assert len(pages) == 1 + 12 + 12 + 1 + 4 + 12 + 1 + 1
    for part in (1, 13, 30):
        for island, page in zip(kit["islands"], pages[part : part + 12], strict=True):
            assert unspaced(island["title"]) in unspaced(page)
            assert part == 30 or f"Code{kit['code']}" in unspaced(page)  # "Q A3" may be set apart


def test_a_sheet_of_paper_has_every_offer(a4: bytes, kit: dict[str, Any]) -> None:
    for island, page in zip(kit["islands"], texts_of(a4)[30:42], strict=True):
        assert [offer for offer in island["offers"] if offer not in page] == []


def test_the_server_gives_the_same_bytes_every_time(kit: dict[str, Any]) -> None:
    """F10"""
    kit = kit | {"parts": ["event", "wifi"]}

    async def by_the_server() -> list[bytes]:
        press = Press()
        return await asyncio.gather(press.pdf(TEMPLATE, kit), press.pdf(TEMPLATE, kit))

    assert finish(by_the_server()) == [typeset(TEMPLATE, kit)] * 2


def test_what_cannot_be_set_is_told_by_the_server(kit: dict[str, Any]) -> None:
    with pytest.raises(NotSet, match=r"posters\.typ"):
        finish(Press().pdf(TEMPLATE, kit | {"language": 3}))


def test_texts_are_printed_as_they_are_whatever_they_mean_to_the_typesetter(
    database: Database,
) -> None:
    """With no offer, and with more than a sheet holds."""
    for offers, sheets in ((0, 1), (20, 2)):
        event = with_islands(database, HOSTILE, offers)
        with database.read() as session:
            pdf = typeset(
                TEMPLATE,
                poster_kit(
                    session,
                    session.get_one(Event, event.id),
                    replace(GERMAN, parts=(Part.islands, Part.tents, Part.paper)),
                ),
            )

        assert bookmarks(pdf) == [*HOSTILE * 3, "Moderationskarten"]
        pages = texts_of(pdf)
        assert len(pages) == len(HOSTILE) * (2 + sheets) + 1
        for title, page in zip(HOSTILE[:3], pages, strict=False):
            assert title in page


def test_signs_that_no_font_has_are_printed_as_boxes(database: Database) -> None:
    event = with_islands(database, ["中文 हिन्दी \ue000 Ä"], 1)
    with database.read() as session:
        pdf = typeset(
            TEMPLATE,
            poster_kit(
                session,
                session.get_one(Event, event.id),
                replace(GERMAN, parts=(Part.islands,)),
            ),
        )

    [title] = bookmarks(pdf)
    assert re.sub("□+", "□", title) == "□ □ □ Ä"


def test_forty_islands_have_forty_posters(database: Database) -> None:
    event = with_islands(database, [f"Insel {number}" for number in range(1, 41)], 1)
    with database.read() as session:
        wanted = replace(GERMAN, parts=(Part.event, Part.islands))
        pdf = typeset(TEMPLATE, poster_kit(session, session.get_one(Event, event.id), wanted))

    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 41


def test_an_english_event_has_english_posters(database: Database) -> None:
    event = with_islands(database, ["Housing"], 1)
    english = replace(
        GERMAN,
        language="en",
        translate=Catalogue().texts("en").gettext,
        parts=(Part.islands,),
    )
    with database.read() as session:
        pdf = typeset(TEMPLATE, poster_kit(session, session.get_one(Event, event.id), english))

    reader = pypdf.PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    [said] = texts_of(pdf)
    for phrase in ("Do you know this offer?", "Scan with your camera", "4 May 2026"):
        assert phrase in said


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nbroken", b"<svg/>"])
def test_a_logo_that_cannot_be_drawn_is_left_out(database: Database, content: bytes) -> None:
    event = with_islands(database, ["One"], 0)
    database.write(_set_logo, event, content)

    with database.read() as session:
        assert poster_kit(session, session.get_one(Event, event.id), GERMAN)["logo"] is None


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "CMYK"])
def test_a_logo_is_printed_with_its_name(database: Database, mode: str) -> None:
    file = BytesIO()
    picture = Image.new("RGB", (90, 30), (10, 200, 30)).convert(mode)
    picture.save(file, "TIFF" if mode == "CMYK" else "PNG")
    event = with_islands(database, ["One"], 0)
    database.write(_set_logo, event, file.getvalue())
    wanted = replace(GERMAN, parts=(Part.event,))
    with database.read() as session:
        pdf = typeset(TEMPLATE, poster_kit(session, session.get_one(Event, event.id), wanted))

    assert alt_texts(pdf)[1:] == ["Logo:"]
    page = pypdfium2.PdfDocument(pdf)[0]
    drawn = page.render(scale=1).to_pil().convert("RGB")
    page.parent.close()
    reds, greens, blues = drawn.getpixel((round(178 / 25.4 * 72), round(279 / 25.4 * 72)))
    assert greens > 2 * max(reds, blues) or mode in ("L", "CMYK")


def test_invitations_are_made_once_and_printed_only_when_asked_for(database: Database) -> None:
    event = with_islands(database, ["One", "Two"], 1)
    for _ in range(2):
        database.write(lambda session: invite_all(session, session.get_one(Event, event.id)))

    with database.read() as session:
        stored = session.get_one(Event, event.id)
        assert len(session.exec(select(Invitation)).all()) == 3
        kit = poster_kit(session, stored, replace(GERMAN, parts=(Part.islands,)))
    assert kit["moderator"] is None
    assert [island["invitation"] for island in kit["islands"]] == [None, None]


@pytest.mark.parametrize("part", [Part.wifi, Part.invitations])
def test_nothing_to_print_is_said_instead_of_an_empty_file(database: Database, part: Part) -> None:
    event = with_islands(database, ["One"], 1)
    with database.read() as session, pytest.raises(NotAcceptable):
        poster_kit(session, session.get_one(Event, event.id), replace(GERMAN, parts=(part,)))


def test_a_retired_island_gets_no_poster(database: Database) -> None:
    event = with_islands(database, ["One", "Two"], 1)

    def retire(session: Session) -> None:
        session.get_one(Island, (event.id, 1)).is_retired = True

    database.write(retire)
    with database.read() as session:
        kit = poster_kit(session, session.get_one(Event, event.id), GERMAN)

    assert [island["number"] for island in kit["islands"]] == [2]


def test_more_islands_take_no_more_queries(database: Database, statements: Statements) -> None:
    counts = []
    for titles in (["One"], ["One", "Two", "Three"]):
        event = with_islands(database, titles, 2)
        with database.read() as session:
            stored = session.get_one(Event, event.id)
            with statements.of(session):
                poster_kit(session, stored, GERMAN)
        counts.append(len(statements))
        statements.clear()

    assert counts[0] == counts[1]


def _set_logo(session: Session, event: Event, content: bytes) -> None:
    assert session.get(Series, event.series_id)
    session.add(Logo(series_id=event.series_id, media_type="image/png", content=content))
