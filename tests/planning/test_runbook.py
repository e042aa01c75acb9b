"""The guide for the day: one page, legible, and true to the program word for word."""

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import httpx
import pypdf
import pypdfium2
import pytest
import typer
import zxingcpp
from sqlmodel import Session, select

from app.cli import app
from app.database import Database
from app.feedback.limits import TEXTS
from app.planning.importing import import_plan
from app.planning.models import Event
from app.planning.plan_reading import read_plan
from app.planning.runbook.chapters import course, troubles
from app.planning.runbook.quoted import COMMANDS, LABELS, PROGRAM
from app.planning.runbook.sheet import TEMPLATE, TEXTS_A_MINUTE, runbook
from app.planning.typesetting import typeset
from app.settings import Settings
from app.web.catalogue import Catalogue
from tests.catalogues import messages_in
from tests.conftest import StartServer
from tests.planning.conftest import EXAMPLE
from tests.running import ROOT, Server

ADDRESS = "http://192.168.178.34:8000"
LONG_ADDRESS = "https://feedback.stadtverwaltung-musterhausen-an-der-ruhr.example.org"
SMALLEST_PT = 8.5
A4 = (210, 297)
WORDS = "Nachbarschaftshilfe, Quartiersmanagement und Begegnung im Sozialraum "

Sheet = Callable[..., dict[str, Any]]


@pytest.fixture
def sheet(migrated: Path, tmp_path: Path) -> Sheet:
    """The real plan's sheet; columns of the event by their name."""
    shutil.copy(migrated, tmp_path)
    database = Database(Settings(data=tmp_path))

    def prepare(session: Session, columns: dict[str, str]) -> None:
        event = import_plan(session, read_plan(EXAMPLE.read_bytes()), rehearsal=False)
        for name, value in columns.items():
            setattr(event, name, value)

    def read(*, language: str = "de", address: str = ADDRESS, **columns: str) -> dict[str, Any]:
        database.write(prepare, columns)
        try:
            with database.read() as session:
                return runbook(
                    session,
                    session.exec(select(Event)).one(),
                    address=address,
                    is_local=False,
                    translate=Catalogue().texts(language).gettext,
                    language=language,
                )
        finally:
            database.close()

    return read


def letters_of(pdf: bytes) -> list[tuple[float, str]]:
    """Every piece of text with its size in points, as it stands on the paper."""
    found = []

    def note(text: str, place: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            found.append((round(size * abs(matrix[3]) * abs(place[3]), 2), text))

    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    return found


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def unspaced(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad\ufffe-]", "", text)


def said(sheet: dict[str, Any]) -> list[str]:
    return [
        "".join(part["text"] for part in line)
        for side in ("course", "troubles")
        for chapter in sheet[side]["chapters"]
        for line in chapter["lines"]
    ]


PLAIN: dict[str, str] = {}
WITH_WIFI = {"wifi_name": "Rathaus-Gast", "wifi_password": "apfelbaum-17"}
LONG = {
    "title": (WORDS * 4)[:200],
    "place": (WORDS * 4)[:200],
    "wifi_name": "W" * 32,
    "wifi_password": "M" * 63,
    "address": LONG_ADDRESS,
}
UNBROKEN = LONG | {"title": "W" * 200, "place": "M" * 200}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("filled", [PLAIN, WITH_WIFI, LONG, UNBROKEN])
def test_it_is_one_page_of_a4_that_can_be_read(
    sheet: Sheet, language: str, filled: dict[str, str]
) -> None:
    """Whatever the event is called; and nothing of it is left out or lost over the edge."""
    told = sheet(language=language, **filled)
    pdf = typeset(TEMPLATE, told)

    [page] = pypdf.PdfReader(BytesIO(pdf)).pages
    size = (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4))
    assert size == A4
    assert [each for each in letters_of(pdf) if each[0] < SMALLEST_PT] == []
    text = unspaced(text_of(pdf))
    facts = [part for fact in told["facts"] for part in fact]
    wanted = [*said(told), *facts, told["event_title"], told["about"], told["footer"]]
    assert [line for line in wanted if unspaced(line) not in text] == []
    assert margins_mm(pdf) >= 4


def margins_mm(pdf: bytes) -> float:
    """Of the four the narrowest."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=2, grayscale=True).to_pil()
    document.close()
    box = picture.point(lambda grey: 255 - grey).getbbox()
    assert box is not None
    left, top, right, bottom = box
    return min(left, top, picture.width - right, picture.height - bottom) / 144 * 25.4


def test_its_code_leads_to_the_event(sheet: Sheet) -> None:
    """F12"""
    told = sheet(address=LONG_ADDRESS)
    document = pypdfium2.PdfDocument(typeset(TEMPLATE, told))
    picture = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    document.close()

    [code] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)

    assert code.text == f"{LONG_ADDRESS.upper()}/E/{told['facts'][0][2].split()[-1]}"


def test_readers_are_told_language_title_and_structure(sheet: Sheet) -> None:
    reader = pypdf.PdfReader(BytesIO(typeset(TEMPLATE, sheet())))
    root: Any = reader.trailer["/Root"]

    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Leitfaden für den Tag – Expert*innendialog im Sozialraum Mitte/Styrum"
    )
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", root["/Metadata"].get_data()) == [b"1"]


def test_what_an_event_is_called_means_nothing_to_the_typesetter(sheet: Sheet) -> None:
    title = '#panic("out") $x$ *b* {open} %s'
    assert title in text_of(typeset(TEMPLATE, sheet(title=title)))


# --- what it quotes -------------------------------------------------------------------------------


def test_every_label_it_quotes_is_one_that_a_page_shows() -> None:
    shown = messages_in((ROOT / "templates").rglob("*.html"))
    assert sorted(set(LABELS.values()) - shown) == []


def test_it_uses_all_that_it_could_quote_and_nothing_else() -> None:
    """Else a label in quotation marks could slip into a sentence, and nobody would look for it."""
    lines = [
        line
        for chapters in (course(str), troubles(str))
        for _title, lines in chapters
        for line in lines
    ]
    named = {name for line in lines for _, name, _, _ in Formatter().parse(line) if name}

    facts = {"host", "code", "wall", "minutes", "texts"}
    assert named == LABELS.keys() | COMMANDS.keys() | facts
    assert [line for line in lines if re.search("[„“”»«]", line)] == []


def test_its_labels_are_in_the_language_of_the_page(sheet: Sheet) -> None:
    told = sheet(language="en")
    labels = {
        part["text"]
        for side in ("course", "troubles")
        for chapter in told[side]["chapters"]
        for line in chapter["lines"]
        for part in line
        if part["kind"] == "label"
    }
    english = Catalogue().texts("en").gettext
    assert labels == {english(label) for label in LABELS.values()}
    assert not labels & set(LABELS.values())


@pytest.mark.parametrize("command", COMMANDS.values())
def test_every_command_it_quotes_exists(command: str) -> None:
    words = command.split()
    while "=" in words[0]:
        name = words.pop(0).partition("=")[0].removeprefix("WORLDCAFE_").lower()
        assert name in Settings.model_fields
    if words[0] == "make":
        targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert set(words[1:]) <= set(targets)
        return
    assert words[0] == PROGRAM
    group = typer.main.get_command(app)
    context: Any = group.make_context("worldcafe", words[1:])
    name, chosen, rest = group.resolve_command(context, words[1:])  # type: ignore[attr-defined]
    chosen.make_context(name, rest, parent=context)  # wrong options and arguments are refused


def test_it_says_the_limit_that_holds() -> None:
    assert TEXTS.per_s * 60 == TEXTS_A_MINUTE


# --- where it is fetched --------------------------------------------------------------------------


def page_count(answer: httpx.Response) -> int:
    assert answer.headers["content-type"] == "application/pdf"
    return len(pypdf.PdfReader(BytesIO(answer.content)).pages)


def test_planners_and_moderators_fetch_the_same_page(hall: Server) -> None:
    links = {
        f"/plan/events/{hall.event}": hall.planner(),
        f"/moderate/{hall.code}": hall.desk(),
    }
    files = []
    for page, client in links.items():
        assert f'href="{page}/runbook.pdf"' in client.get(page).text
        answer = client.get(f"{page}/runbook.pdf")
        assert page_count(answer) == 1
        disposition = f'attachment; filename="{hall.event}-runbook.pdf"'
        assert answer.headers["content-disposition"] == disposition
        assert answer.headers["cache-control"] == "no-store"
        files.append(answer.content)

    assert files[0] == files[1]
    assert f"127.0.0.1:{hall.port}" in text_of(files[0])


def test_it_opens_nothing_to_who_finds_it(hall: Server) -> None:
    """Links that let somebody in are on cards of their own."""
    page = hall.desk().get(f"/moderate/{hall.code}/runbook.pdf").content
    assert "/invite/" not in text_of(page)
    assert b"/invite/" not in page


def test_the_command_line_writes_the_page_of_the_running_server(
    start_server: StartServer, tmp_path: Path
) -> None:
    server = start_server(public_url="http://192.168.178.34:8000")
    del server.environment["WORLDCAFE_PUBLIC_URL"]  # as after --lan, which only the server knows
    file = tmp_path / "guide.pdf"

    done = server.run("runbook", server.code.lower(), "--to", str(file))

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{file}\n", "")
    assert f"192.168.178.34:8000/e/{server.code}/live" in text_of(file.read_bytes())

    nowhere = server.run("runbook", server.code, "--to", str(tmp_path / "no" / "guide.pdf"))
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (1, 1)
