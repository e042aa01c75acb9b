"""Long files over HTTP: waited for, shared, made one at a time, kept as long as they are the newest."""

import io
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from sqlmodel import Session, select

from app.database import Database
from app.photos.models import Photo
from app.planning.child import NotSet
from app.planning.models import Event
from app.planning.typesetting import Press
from app.results.making import Job, Made, Making
from app.results.report import Report
from app.results.reported.photos import EMPTY, read_pictures
from app.settings import Settings
from app.web.catalogue import Catalogue
from tests.conftest import StartServer
from tests.forms import Page
from tests.results.conftest import picture
from tests.running import Server, finish, until

PDF, DOCX = "documentation.pdf", "documentation.docx"


def making_on(database: Database) -> Making:
    return Making(database, Press(), Catalogue())


def event_id_of(database: Database) -> int:
    with database.read() as session:
        found = session.exec(select(Event.id)).one()
    assert found is not None
    return found


def test_who_asks_meanwhile_gets_the_same_file_and_who_asks_later_the_kept_one(
    database: Database, documented: Report
) -> None:
    event_id = event_id_of(database)

    async def ask() -> None:
        making = making_on(database)
        first, second = making.ask(event_id, PDF, 1), making.ask(event_id, PDF, 1)
        other = making.ask(event_id, DOCX, 1)
        assert isinstance(first, Job)
        assert isinstance(other, Job)
        assert second is first
        assert (making.ahead_of(first), making.ahead_of(other)) == (0, 1)
        made = await making.file(event_id, PDF, 1)
        assert making.ask(event_id, PDF, made.version) is made
        newer = making.ask(event_id, PDF, made.version + 1)
        assert isinstance(newer, Job)
        assert newer is not first
        await making.close()
        assert (other.task.cancelled(), newer.task.cancelled()) == (True, True)

    finish(ask())


def test_a_file_that_cannot_be_made_says_so_to_all_who_wait(
    database: Database, documented: Report
) -> None:
    def break_a_photo(session: Session) -> None:
        photo = session.exec(select(Photo)).first()
        assert photo is not None
        photo.content = picture("PNG")[:60]  # begins like a picture

    database.write(break_a_photo)

    async def ask() -> None:
        making = making_on(database)
        first = making.ask(event_id_of(database), PDF, 1)
        assert isinstance(first, Job)
        with pytest.raises(NotSet):
            await first.task
        assert making.ask(event_id_of(database), PDF, 1) is first  # not again at once
        await making.close()

    finish(ask())


def test_only_so_much_is_kept(
    database: Database, documented: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.results.making.MOST_KEPT_BYTES", 1)
    event_id = event_id_of(database)

    async def ask() -> None:
        making = making_on(database)
        await making.file(event_id, PDF, 1)
        await making.file(event_id, DOCX, 1)
        assert isinstance(making.ask(event_id, DOCX, 1), Made)
        assert isinstance(making.ask(event_id, PDF, 1), Job)
        await making.close()

    finish(ask())


def test_what_is_no_picture_is_left_empty(database: Database, documented: Report) -> None:
    def break_a_photo(session: Session) -> None:
        photo = session.exec(select(Photo).where(Photo.id == "photo-9")).one()
        photo.content = b"<svg/>"

    database.write(break_a_photo)
    with database.read() as session:
        pictures = read_pictures(session, session.exec(select(Event)).one())
    assert [name for name, content in pictures.items() if content == EMPTY] == ["photo-9"]


def dot(phone: httpx.Client, hall: Server, knows: str) -> int:
    """Its status."""
    sent = {"offer": "umweltberatung", "knows": knows}
    return phone.post(f"/e/{hall.code}/dots", data=sent).status_code


@pytest.fixture(scope="module")
def planner(hall: Server) -> httpx.Client:
    return hall.planner()


def test_the_address_of_a_long_file_gives_the_bytes_of_the_export(
    hall: Server, planner: httpx.Client, tmp_path: Path
) -> None:
    """F10."""
    assert hall.run("export", hall.event, "--to", str(tmp_path)).returncode == 0
    for name, start in ((PDF, b"%PDF-1.7"), (DOCX, b"PK\x03\x04")):
        answer = planner.get(f"/plan/events/{hall.event}/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"] == (
            f'attachment; filename="{hall.event}-{name}"'
        )
        assert answer.content.startswith(start)
        assert answer.content == (tmp_path / name).read_bytes()


def test_a_page_waits_in_place_of_the_visitor(hall: Server, planner: httpx.Client) -> None:
    """Without JavaScript: the page renews itself, may be left, and leads to the file once it is there."""
    phone = hall.phone()
    assert dot(phone, hall, "yes") == 303
    address = f"/plan/events/{hall.event}/{PDF}"
    waiting = planner.get(f"{address}/making")
    assert waiting.status_code == 200
    assert "documentation.pdf wird erstellt" in Page(waiting).text
    again = refresh_of(waiting)
    assert again.startswith(f"{address}/making?since=")
    assert dot(phone, hall, "no") == 303  # the event goes on meanwhile

    until = time.monotonic() + 60
    while refresh_of(page := planner.get(again)) == again:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert "documentation.pdf ist fertig" in Page(page).text
    file = refresh_of(page)
    assert file == f"{address}?since={again.rpartition('=')[2]}"
    began = planner.get(file)
    assert began.headers["content-type"] == "application/pdf"
    newest = planner.get(address)
    assert planner.get(address).content == newest.content
    at_once = planner.get(f"{address}/making")
    assert at_once.status_code == 303
    assert planner.get(at_once.headers["location"]).content == newest.content


def test_a_page_that_waits_for_what_can_not_be_made_says_so_and_stops_waiting(
    start_server: StartServer,
) -> None:
    server = start_server()
    server.may_log_tracebacks = True
    server.stop()
    database = Database(Settings(data=server.data))
    database.write(hang_up_a_broken_photo)
    database.close()
    server.start()
    planner = server.planner()
    address = f"/plan/events/{server.event}/{PDF}/making"

    assert planner.get(address).status_code == 200
    until(lambda: planner.get(address).status_code == 500)
    page = planner.get(address, headers={"hx-request": "true"})

    assert "documentation.pdf konnte nicht erstellt werden" in Page(page).text
    assert ("http-equiv" in page.text, "hx-get" in page.text) == (False, False)
    assert server.log_text.count("documentation.pdf could not be made") == 1
    assert "a request failed" not in server.log_text


def hang_up_a_broken_photo(session: Session) -> None:
    event = session.exec(select(Event)).one()
    assert event.id is not None
    begins_like_one = picture("PNG")[:60]
    session.add(
        Photo(
            event_id=event.id,
            id="broken",
            position=0,
            media_type="image/png",
            width=60,
            height=40,
            content=begins_like_one,
        )
    )


def refresh_of(answer: httpx.Response) -> str:
    """Where the page goes by itself."""
    [content] = [
        line.partition("url=")[2].partition('"')[0]
        for line in answer.text.splitlines()
        if "http-equiv" in line
    ]
    return content


def test_a_new_logo_is_in_the_next_file(hall: Server, planner: httpx.Client) -> None:
    address = f"/plan/events/{hall.event}/{DOCX}"
    before = planner.get(address).content
    assert planner.get(address).content == before
    logo = {"logo": ("logo.png", picture("PNG"), "image/png")}
    answer = planner.post("/plan/series/expertinnendialoge-2023/logo", files=logo)
    assert answer.status_code == 303
    with zipfile.ZipFile(io.BytesIO(planner.get(address).content)) as parts:
        logos = [name for name in parts.namelist() if "/media/" in name]
    with zipfile.ZipFile(io.BytesIO(before)) as parts:
        assert len(logos) == 1 + len([name for name in parts.namelist() if "/media/" in name])


@pytest.mark.parametrize("name", ["results.json", "moderation.csv", "nothing.pdf"])
def test_only_long_files_have_such_a_page(hall: Server, planner: httpx.Client, name: str) -> None:
    assert planner.get(f"/plan/events/{hall.event}/{name}/making").status_code == 404


def test_an_event_that_is_not_there_has_no_files(hall: Server, planner: httpx.Client) -> None:
    assert planner.get(f"/plan/events/nothing/{PDF}").status_code == 404
    assert planner.get(f"/plan/events/nothing/{PDF}/making").status_code == 404


def test_twenty_downloads_at_once_are_made_one_at_a_time_while_dots_count(
    hall: Server, planner: httpx.Client
) -> None:
    """L11. Their latency is measured by `python -m tests.bench.documents`."""
    phone = hall.phone()
    assert dot(phone, hall, "yes") == 303
    addresses = [f"/plan/events/{hall.event}/{name}" for name in (PDF, DOCX)] * 10
    server = psutil.Process(hall.pid)
    most, counted = 0, 0
    with ThreadPoolExecutor(20) as pool:
        downloads = [pool.submit(planner.get, address, timeout=90) for address in addresses]
        while not all(download.done() for download in downloads):
            most = max(most, len(server.children()))
            counted += dot(phone, hall, "no" if counted % 2 else "yes") == 303
            time.sleep(0.02)
    answers = [download.result() for download in downloads]
    assert {answer.status_code for answer in answers} == {200}
    assert most == 1
    assert counted > 1
    assert {answer.content[:4] for answer in answers} == {b"%PDF", b"PK\x03\x04"}
