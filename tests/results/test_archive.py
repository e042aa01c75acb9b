"""archive.zip, opened by zipfile, its page read by the standard library's HTML parser and by a browser."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pypdf
import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser

from app.planning.models import Phase
from app.results.archive.archive import archived
from app.results.documents import cloud_svg
from app.results.files import RESULT_FILES, write_all
from app.results.report import Report
from app.results.reported.islands import ReportedContact
from app.results.reported.photos import Pictures
from app.web.catalogue import Catalogue
from tests.axe import violations
from tests.running import Server


def german(text: str) -> str:
    return text


class Read(HTMLParser):
    """What a page says, and every address in it."""

    VOID = ("meta", "img", "rect", "br", "link", "input", "wbr")

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.alts: list[str | None] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.language: str | None = None
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.language = given.get("lang")
        if tag == "img":
            self.alts.append(given.get("alt"))
        self.links += [given["href"] or ""] if "href" in given else []
        self.sources += [value or "" for name, value in attrs if name in ("src", "srcset", "data")]
        assert [name for name, _ in attrs if name.startswith("on") or name == "style"] == []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def page_of(report: Report, pictures: Pictures, translate: Callable[[str], str] = german) -> bytes:
    """Beside files that stand for the others: only the cloud is shown in it."""
    files = dict.fromkeys(RESULT_FILES, b"") | {"cloud.svg": cloud_svg(report, translate, {})}
    del files["archive.zip"]
    return opened(archived(report, translate, pictures, files)).read("index.html")


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_it_has_the_bytes_of_all_the_other_files_and_never_the_moderation(
    reported: Report, photographed: Pictures, tmp_path: Path
) -> None:
    """F10: and they are the same each time."""
    written = {
        path.name: path.read_bytes() for path in write_all(reported, tmp_path, german, photographed)
    }
    content = written.pop("archive.zip")
    archive = opened(content)
    assert archive.testzip() is None
    names = archive.namelist()
    assert names == sorted(names)
    assert {name: archive.read(name) for name in written} == written
    assert sorted(set(names) - written.keys()) == [
        "index.html",
        "photos/00-01.jpg",
        "photos/01-wohnumfeld-01.jpg",
        "photos/01-wohnumfeld-02.jpg",
        "photos/captions.csv",
    ]
    changed = reported.event.changed_at
    assert {entry.date_time for entry in archive.infolist()} == {
        (changed.year, changed.month, changed.day, changed.hour, changed.minute, 0)
    }
    assert RESULT_FILES["archive.zip"].render(reported, german, photographed) == content


def test_every_file_in_it_opens(reported: Report, photographed: Pictures) -> None:
    archive = opened(RESULT_FILES["archive.zip"].render(reported, german, photographed))
    assert json.loads(archive.read("results.json"))["event"]["key"] == reported.event.key
    assert len(load_workbook(io.BytesIO(archive.read("results.xlsx"))).sheetnames) == 16
    assert len(pypdf.PdfReader(io.BytesIO(archive.read("documentation.pdf"))).pages) > 12
    assert opened(archive.read("documentation.docx")).testzip() is None
    with Image.open(io.BytesIO(archive.read("cloud.png"))) as picture:
        assert picture.size == (3200, 1800)


def test_photos_are_whole_and_their_captions_stand_beside_them(
    reported: Report, photographed: Pictures
) -> None:
    archive = opened(RESULT_FILES["archive.zip"].render(reported, german, photographed))
    rows = list(
        csv.reader(
            archive.read("photos/captions.csv").decode("utf-8-sig").splitlines(), delimiter=";"
        )
    )
    first, second = reported.islands[0].photos
    assert rows == [
        ["file", "island", "island_title", "caption"],
        ["photos/00-01.jpg", "", "", "Der Saal"],
        ["photos/01-wohnumfeld-01.jpg", "1", "Wohnumfeld", first.caption],
        ["photos/01-wohnumfeld-02.jpg", "1", "Wohnumfeld", second.caption],
    ]
    assert [archive.read(row[0]) for row in rows[1:]] == [
        photographed[photo.id] for photo in (*reported.photos, first, second)
    ]


def test_its_page_says_every_number_and_every_text(
    reported: Report, photographed: Pictures
) -> None:
    page = Read(page_of(reported, photographed))
    assert page.open == []
    assert page.language == "de"
    for island in reported.islands:
        for offer in island.offers:
            if offer.total:
                said = f"✔ {offer.yes} Ja n = {offer.total}"
                assert said in page.text.partition(offer.title)[2]
                assert f"✖ {offer.no} Nein" in page.text
        for contact in island.contacts:
            assert contact.name in page.text
        for card in island.cards:
            assert card.text in page.text
        for photo in island.photos:
            assert photo.caption in page.text
    for word in reported.words:
        assert f"{word.word} {word.count}" in page.text
    for text in ("Sichtbar werden!", "Viele kannten", "Aushänge und Werbung", "im Haushalt 2024"):
        assert text in page.text


def test_its_page_needs_no_server_no_script_and_no_other_file(
    reported: Report, photographed: Pictures
) -> None:
    content = page_of(reported, photographed)
    page = Read(content)
    assert {"script", "link", "iframe", "object", "base", "form"} & set(page.tags) == set()
    assert page.sources != []
    assert [source for source in page.sources if not source.startswith("data:image/")] == []
    assert content.count(b"url(") == content.count(b'url("data:font/woff2;base64,') == 4
    assert b"@import" not in content
    assert len(page.alts) == len(page.sources)
    assert [alt for alt in page.alts if not alt] == []


def test_every_link_leads_to_a_file_a_place_on_the_page_or_a_contact(
    reported: Report, photographed: Pictures
) -> None:
    archive = opened(RESULT_FILES["archive.zip"].render(reported, german, photographed))
    content = archive.read("index.html")
    links = Read(content).links
    addresses = {contact.url for island in reported.islands for contact in island.contacts}
    mails = {f"mailto:{contact.mail}" for island in reported.islands for contact in island.contacts}
    beside = set(links) - addresses - mails
    places = {link for link in beside if link.startswith("#")}
    assert {unquote(link) for link in beside - places} == {
        name for name in archive.namelist() if name not in ("index.html", "photos/captions.csv")
    }
    assert [link for link in places if f'id="{link[1:]}"'.encode() not in content] == []


WILD = '</style><script>alert(1)</script><img src=x onerror="alert(1)">&amp;{{ 7*7 }}'


def test_no_text_becomes_markup(reported: Report, photographed: Pictures) -> None:
    """F01 F02 F04: hostile titles, cards, words, captions, contacts."""
    first = reported.islands[0]
    island = replace(
        first,
        title=f"../../CON<>: {WILD}",
        note=WILD,
        key_sentence=WILD,
        contacts=(ReportedContact(WILD, "javascript:alert(1)", WILD, WILD),),
        offers=(replace(first.offers[0], title=WILD, description=WILD), *first.offers[1:]),
        cards=tuple(replace(card, text=WILD) for card in first.cards),
        photos=tuple(replace(photo, caption=WILD) for photo in first.photos),
    )
    event = replace(reported.event, title=WILD, introduction=WILD, conclusion=WILD)
    words = tuple(replace(word, word=WILD) for word in reported.words)
    hostile = replace(reported, event=event, words=words, islands=(island, *reported.islands[1:]))
    calm, wild = Read(page_of(reported, photographed)), Read(page_of(hostile, photographed))
    assert wild.open == []
    assert "script" not in wild.tags
    assert wild.tags.count("img") == calm.tags.count("img")
    assert wild.text.count("{{ 7*7 }}") > 10
    assert [link for link in wild.links if link.startswith("javascript:")] == []
    names = opened(
        archived(hostile, german, photographed, {"cloud.svg": cloud_svg(hostile, german, {})})
    ).namelist()
    photos = [name for name in names if name.startswith("photos/01")]
    assert len(photos) == 2
    for name in names:
        assert name.isascii()
        assert set(name) & set('\\:<>"|?* ') == set()
        assert ".." not in name
        assert not name.startswith("/")


def test_as_long_as_the_event_runs_it_says_so(reported: Report) -> None:
    running = replace(
        reported,
        event=replace(reported.event, phase=Phase.cafe),
        photos=(),
        islands=tuple(replace(island, photos=()) for island in reported.islands),
    )
    notice = "Zwischenstand: Die Veranstaltung ist noch nicht geschlossen."
    assert Read(page_of(running, {"logo": _pixel()})).text.count(notice) == 1
    closed = replace(running, event=reported.event)
    assert notice not in Read(page_of(closed, {"logo": _pixel()})).text


def _pixel() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    return file.getvalue()


def test_an_english_event_has_an_english_page(reported: Report, photographed: Pictures) -> None:
    english = replace(reported, event=replace(reported.event, locale="en"))
    page = Read(page_of(english, photographed, Catalogue().texts("en").gettext))
    assert page.language == "en"
    assert "Word cloud" in page.text
    assert [word for word in ("Dateien", "Vorschläge", "Wortwolke") if word in page.text] == []


@pytest.mark.parametrize("is_bare", [False, True])
def test_an_event_in_which_nobody_took_part_has_one_too(untouched: Report, is_bare: bool) -> None:
    """F11."""
    report = replace(untouched, islands=()) if is_bare else untouched
    page = Read(page_of(report, {}))
    assert page.open == []
    assert "Es wurden keine Wörter geschickt." in page.alts
    assert "photos/captions.csv" not in page.links


def test_the_page_unpacked_shows_all_its_pictures_and_asks_nobody(
    browser: Browser, reported: Report, photographed: Pictures, tmp_path: Path
) -> None:
    content = RESULT_FILES["archive.zip"].render(reported, german, photographed)
    opened(content).extractall(tmp_path)
    context = browser.new_context(viewport={"width": 320, "height": 640}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert len(widths) == 5  # the logo, the cloud, three photos
    assert 0 not in widths
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert [url for url in asked if not url.startswith("data:")] == [
        (tmp_path / "index.html").as_uri()
    ]
    assert said == []
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert violations(page) == {}
    context.close()


def test_planners_get_the_bytes_of_the_export(hall: Server, tmp_path: Path) -> None:
    """F10. Also while the event runs."""
    planner = hall.planner()
    assert hall.run("export", hall.event, "--to", str(tmp_path)).returncode == 0
    for name in ("archive.zip", "cloud.svg", "cloud.png"):
        answer = planner.get(f"/plan/events/{hall.event}/{name}")
        assert answer.headers["content-type"] == RESULT_FILES[name].media_type
        assert answer.headers["content-disposition"] == (
            f'attachment; filename="{hall.event}-{name}"'
        )
        assert answer.content == (tmp_path / name).read_bytes()
