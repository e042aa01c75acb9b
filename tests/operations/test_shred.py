"""O09: a deleted event leaves no trace in any file, whether the server runs or not."""

import contextlib
import re
import sqlite3
from pathlib import Path

import pytest
from sqlmodel import select

from app.planning.models import Event, Series
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import EXAMPLE, Server, until

CARD, WORD, TITLE, NOTE = "kanarienkarte", "kanarienwort", "Kanarientitel", "kanariennotiz"
PHOTO, GROUP = "kanarienfoto", "kanariengruppe"
CANARIES = [each.encode() for each in (CARD, WORD, TITLE, NOTE, PHOTO, GROUP)]


def sing(server: Server) -> None:
    """Canaries as a title, cards (shown, withdrawn), words, a host's note, a photo, a group of cards, and
    in a backup; and so much else that pages of the database are split and freed."""
    plan = EXAMPLE.read_text("utf-8")
    plan = re.sub(
        r'(\[event\].*?\ntitle = )"[^"]*"', rf'\1"{TITLE}"', plan, count=1, flags=re.DOTALL
    )
    server.ask("import", plan=plan, rehearsal=False)
    server.enter("cloud")
    for number in range(12):
        phone = server.phone(headers={"accept": "application/json"})
        for text in (f"{CARD} {number} " + "Bank " * 40, f"{number} Hund"):
            sent = phone.post(f"/e/{server.code}/cards", data={"island": "1", "text": text})
            assert sent.status_code == 200, sent.text
            if number % 3 == 0:
                submission = sent.json()["submission"]
                phone.post(f"/e/{server.code}/cards/{submission}/withdrawal").raise_for_status()
        phone.post(f"/e/{server.code}/words", data={"text": WORD}).raise_for_status()
    backups = server.data / "backups"
    backups.mkdir(exist_ok=True)
    with contextlib.closing(sqlite3.connect(server.data / "worldcafe.db", timeout=10)) as rows:
        rows.execute(
            "UPDATE island SET note = ? WHERE number = 1"
            " AND event_id = (SELECT id FROM event WHERE code = ?)",
            (NOTE, server.code),
        )
        photo = PHOTO.encode() * 20_000
        rows.execute(
            "INSERT INTO photo (event_id, id, position, caption, media_type, width, height, content,"
            " version) SELECT id, 'p', 0, ?, 'image/jpeg', 1, 1, ?, 1 FROM event WHERE code = ?",
            (PHOTO, photo, server.code),
        )
        rows.execute(
            "INSERT INTO card_group (event_id, id, position, title, outcome, department, progress,"
            " reason, version) SELECT id, 'g', 0, ?, '', '', 'open', '', 1 FROM event WHERE code = ?",
            (GROUP, server.code),
        )
        rows.commit()
        rows.execute("VACUUM INTO ?", (str(backups / "monday.db"),))


def holding(server: Server) -> set[str]:
    """Files in which a canary sings: of the data folder, and the log."""
    files = [file for file in server.data.rglob("*") if file.is_file()] + [server.log]
    return {
        file.name
        for file in files
        if any(canary.lower() in file.read_bytes().lower() for canary in CANARIES)
    }


@pytest.mark.parametrize("is_running", [True, False], ids=["running", "stopped"])
def test_no_trace_is_left_by_the_command(start_server: StartServer, is_running: bool) -> None:
    """O09"""
    server = start_server()
    sing(server)
    wall = server.live()
    assert TITLE in wall["event"]["title"]
    assert {"monday.db"} < holding(server)
    if not is_running:
        server.stop()

    done = server.run("shred", server.code.lower(), "--yes")

    assert (done.returncode, done.stderr) == (0, "")
    assert holding(server) == set()
    if not is_running:
        server.start()
    assert server.client().get(f"/e/{server.code}").status_code == 404
    assert server.client().get(f"/e/{server.code}/live.json").status_code == 404
    server.stop()
    assert holding(server) == set()


def test_no_trace_is_left_by_the_planners_page_and_other_events_stay(
    start_server: StartServer,
) -> None:
    """O09"""
    server = start_server()
    plan = EXAMPLE.read_text("utf-8").replace('"mitte-styrum-2023"', '"another"', 1)
    other = server.ask("import", plan=plan, rehearsal=False)["code"]
    sing(server)
    planner = server.planner()
    page = Page(planner.get(f"/plan/events/{server.event}/ending"))

    wrong = page.form("/deletion").submit(planner, confirm=other)
    assert (wrong.status_code, holding(server) > {"monday.db"}) == (422, True)
    gone = page.form("/deletion").submit(planner, confirm=server.code.lower())

    assert (gone.status_code, gone.headers["location"]) == (303, "/plan")
    assert holding(server) == set()
    assert server.client().get(f"/e/{other}/3").status_code == 200
    with contextlib.closing(sqlite3.connect(server.data / "backups" / "monday.db")) as copy:
        assert copy.execute("SELECT key FROM event").fetchall() == [("another",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM series").fetchone() == (1,)
    server.ask("shred", event="another")
    with server.reading() as session:
        assert session.exec(select(Event)).all() == []
        assert session.exec(select(Series)).all() == []


def test_a_wall_that_watches_a_deleted_event_is_told_that_it_is_gone(server: Server) -> None:
    client = server.client()
    assert client.get(f"/e/{server.code}/live.json").status_code == 200

    server.ask("shred", event=server.code)

    until(lambda: client.get(f"/e/{server.code}/live.json").status_code == 404)
    assert server.planner().get("/plan").status_code == 200


def test_shredding_asks_first_and_knows_its_events(server: Server) -> None:
    asked = server.run("shred", server.code)  # there is nobody who could say yes
    unknown = server.run("shred", "ZZZZZZ", "--yes")

    assert asked.returncode == 1
    assert (unknown.returncode, len(unknown.stderr.strip().splitlines())) == (1, 1)
    assert server.client().get(f"/e/{server.code}").status_code == 200
    assert list(Path(server.data).glob("*.json")) != []
