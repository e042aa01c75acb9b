"""What is over its time goes by itself: invitations after two days, devices and hidden texts after seven."""

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.database import Database
from app.errors import CannotStore
from app.feedback.models import Card, Dot, Source, State
from app.live.reading import read_tally
from app.moderation.hosting import HostDesk
from app.moderation.paper import Counted, enter_paper
from app.moderation.steering import enter_phase
from app.operations.keeping.retention import retain
from app.people.invitations import invite
from app.people.models import Invitation, Role, StaffSession
from app.people.sessions import sign_in
from app.planning.importing import import_plan
from app.planning.models import Event, Phase
from app.planning.plan_reading import read_plan
from app.results.report import read_report
from app.settings import Settings
from app.sqlite import sqlite_engine
from tests.conftest import StartServer
from tests.results.conftest import imported, spend_the_evening
from tests.running import EXAMPLE, until

CLOSED = datetime(2026, 5, 6, 20, 30, tzinfo=UTC)


@pytest.fixture
def closed(database: Database) -> int:
    """An evening that was closed at CLOSED, with a moderator signed in."""

    def fill(session: Session) -> int:
        spend_the_evening(session)
        event = session.exec(select(Event)).one()
        event.closed_at = CLOSED
        assert event.id is not None
        sign_in(session, invitation_id=invite(session, event.id, Role.moderator, None).id)
        return event.id

    return database.write(fill)


def seen(database: Database) -> dict[str, Any]:
    with database.read() as session:
        return {
            "invited": session.exec(select(Invitation)).one().revoked_at is None,
            "signed in": len(session.exec(select(StaffSession)).all()),
            "sealed": session.exec(select(Event)).one().sealed_at is not None,
            "hidden": len(session.exec(select(Card).where(Card.state == State.hidden)).all()),
        }


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"hours": 47}, {"invited": True, "signed in": 1, "sealed": False, "hidden": 1}),
        ({"hours": 48}, {"invited": False, "signed in": 0, "sealed": False, "hidden": 1}),
        (
            {"days": 6, "hours": 23},
            {"invited": False, "signed in": 0, "sealed": False, "hidden": 1},
        ),
        ({"days": 7}, {"invited": False, "signed in": 0, "sealed": True, "hidden": 0}),
    ],
    ids=str,
)
def test_everything_ends_in_its_time(
    database: Database, closed: int, tmp_path: Path, after: dict[str, int], expected: dict[str, Any]
) -> None:
    for _ in range(2):  # every hour anew
        retain(database, Settings(data=tmp_path), CLOSED + timedelta(**after))

        assert seen(database) == expected


def test_an_event_that_was_closed_by_the_first_program_ends_too(
    database: Database, closed: int, tmp_path: Path
) -> None:
    """It did not note when: its last change counts."""

    def forget_when(session: Session) -> None:
        event = session.get_one(Event, closed)
        event.closed_at, event.changed_at = None, CLOSED

    database.write(forget_when)

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=6))
    assert (seen(database)["invited"], seen(database)["sealed"]) == (False, False)
    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=7))
    assert (seen(database)["hidden"], seen(database)["sealed"]) == (0, True)


def test_an_event_sealed_by_hand_forgets_its_hidden_texts_in_time_too(
    database: Database, closed: int, tmp_path: Path
) -> None:
    from app.moderation.sealing import seal

    database.write(seal, closed, "planner Ada")

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=6))
    assert seen(database)["hidden"] == 1
    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=8))
    assert seen(database)["hidden"] == 0


def test_a_rehearsal_and_what_was_never_used_can_still_be_opened(
    database: Database, tmp_path: Path
) -> None:
    """Two weeks before the evening it was all tried out, and closed."""
    event = database.write(imported)
    assert event.id is not None
    database.write(enter_phase, event.id, Phase.closed)

    retain(database, Settings(data=tmp_path), datetime.now(UTC) + timedelta(days=30))
    database.write(enter_phase, event.id, Phase.cafe)

    with database.read() as session:
        assert session.get_one(Event, event.id).phase == Phase.cafe


def test_a_rehearsal_is_left_to_its_end(database: Database, closed: int, tmp_path: Path) -> None:
    database.write(lambda session: setattr(session.get_one(Event, closed), "is_rehearsal", True))

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=30))

    assert seen(database) == {"invited": True, "signed in": 1, "sealed": False, "hidden": 1}


def test_no_copy_can_tell_devices_apart_or_what_was_hidden(
    database: Database, closed: int, tmp_path: Path
) -> None:
    """Of the evening and of an hour before its end; beside the database and in a folder."""
    names = ["worldcafe.db.bak", "worldcafe.db-before", "backups/monday.db"]
    (tmp_path / "backups").mkdir()
    with contextlib.closing(sqlite3.connect(tmp_path / "worldcafe.db")) as rows:
        for table in ("dot", "card", "entry", "support"):
            rows.execute(f"UPDATE {table} SET device = 'hash of ' || device")
        for table in ("card", "entry"):
            rows.execute(f"UPDATE {table} SET submission = 'name of ' || submission")
        rows.commit()
        (secret,) = rows.execute("SELECT device_secret FROM event").fetchone()
        traces = {secret} | {
            value.encode()
            for (value,) in rows.execute(
                "SELECT device FROM dot UNION SELECT device FROM card UNION SELECT device FROM entry"
                " UNION SELECT submission FROM card UNION SELECT submission FROM entry"
                " UNION SELECT text FROM card WHERE state IN ('hidden', 'waiting')"
            )
            if value
        }
        for name in names:
            rows.execute("VACUUM INTO ?", (str(tmp_path / name),))
    with contextlib.closing(sqlite3.connect(tmp_path / names[1])) as rows:
        rows.execute("UPDATE event SET phase = 'cafe', closed_at = NULL, is_rehearsal = 1")
        rows.commit()
    assert len(traces) > 10
    before = {name: _told(tmp_path / name) for name in names}

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=7))

    database.close()  # who reads the bytes of an open database loses its locks
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert (file.name, [each for each in traces if each in content]) == (file.name, [])
    assert {name: _told(tmp_path / name) for name in names} == before


def _told(file: Path) -> tuple[Any, ...]:
    """The numbers of the event in a copy, sealed or not, and whether it is a rehearsal."""
    with contextlib.closing(sqlite3.connect(file)) as rows:
        assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    engine = sqlite_engine(f"sqlite:///{file}", begin="BEGIN", query_only=1)
    with Session(engine) as session:
        event = session.exec(select(Event)).one()
        assert event.id is not None
        report = read_report(session, event)
        told = (report.devices, report.totals, event.is_rehearsal)
    engine.dispose()
    return told


def test_what_other_programs_keep_below_the_data_folder_is_left_alone(
    database: Database, closed: int, tmp_path: Path
) -> None:
    """Somebody's home, say. A damaged copy of ours is removed: what it holds could still be read."""
    (tmp_path / "backups").mkdir()
    notes, mail, damaged = (
        tmp_path / "backups" / name for name in ("notes.txt", "mail.db", "damaged.db")
    )
    notes.write_text("none of ours")
    with contextlib.closing(sqlite3.connect(mail)) as rows:
        rows.execute("CREATE TABLE message (text)")
        rows.commit()
    with contextlib.closing(sqlite3.connect(tmp_path / "worldcafe.db")) as rows:
        rows.execute("VACUUM INTO ?", (str(damaged),))
    damaged.write_bytes(damaged.read_bytes()[:-8192])
    before = notes.read_bytes(), mail.read_bytes()

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=7))

    assert (notes.read_bytes(), mail.read_bytes()) == before
    assert not damaged.exists()


def test_one_event_that_cannot_be_sealed_keeps_no_other_from_it(
    database: Database, closed: int, tmp_path: Path
) -> None:
    """It was opened again while we looked, say: the time of its closing stands, it is not closed."""

    def add_another(session: Session) -> None:
        session.get_one(Event, closed).phase = Phase.cafe
        document = EXAMPLE.read_text("utf-8").replace('"mitte-styrum-2023"', '"another"', 1)
        another = import_plan(session, read_plan(document.encode()), rehearsal=False)
        another.phase, another.closed_at = Phase.closed, CLOSED
        session.add(
            Dot(
                event_id=another.id,
                offer_key="streetwork",
                device="d",
                knows=True,
                source=Source.phone,
                sequence=1,
            )
        )

    database.write(add_another)

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=7))

    with database.read() as session:
        rows = session.exec(select(Event.key, Event.sealed_at).order_by(col(Event.id))).all()
    assert [(key, sealed is not None) for key, sealed in rows] == [
        ("mitte-styrum-2023", False),
        ("another", True),
    ]


def test_what_a_reader_holds_on_to_is_taken_out_an_hour_later(
    database: Database, closed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, log = tmp_path / "worldcafe.db", tmp_path / "worldcafe.db-wal"
    monkeypatch.setattr("app.sqlite.TRIES", 1)
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        (secret,) = reader.execute("SELECT device_secret FROM event").fetchone()
        retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=6))

        with pytest.raises(CannotStore):
            retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=7))

        assert seen(database)["sealed"] is True
    assert log.stat().st_size > 0

    retain(database, Settings(data=tmp_path), CLOSED + timedelta(days=7, hours=1))

    assert log.stat().st_size == 0
    database.close()
    assert secret not in file.read_bytes()


def test_the_server_does_it_by_itself(start_server: StartServer) -> None:
    server = start_server()
    phone = server.phone()
    dot = {"offer": "streetwork", "knows": "yes"}
    phone.post(f"/e/{server.code}/dots", data=dot)
    server.enter("closed")
    before = server.live()
    server.stop()
    rows = sqlite3.connect(server.data / "worldcafe.db")
    rows.execute("UPDATE event SET closed_at = datetime('now', '-8 days')")
    rows.commit()
    rows.close()

    server.start()

    def sealed() -> bool:
        with server.reading() as session:
            return session.exec(select(Event)).one().sealed_at is not None

    until(sealed, within_s=20)
    until(lambda: server.live()["version"] > before["version"])
    assert server.live() | {"version": 0} == before | {"version": 0}
    assert phone.post(f"/e/{server.code}/dots", data=dot).status_code == 409


def test_an_evening_that_was_all_on_paper_is_sealed_in_time_like_any_other(
    database: Database, event: Event, tmp_path: Path
) -> None:
    """Nobody had a phone: still there is something to keep."""
    assert event.id is not None
    host = HostDesk(event.id, event.code, 1, "host 1")
    counts = [Counted("umweltberatung", 7, 3)]
    database.write(enter_paper, host, counts, 0, is_confirmed=False)
    database.write(enter_phase, event.id, Phase.closed)

    retain(database, Settings(data=tmp_path), datetime.now(UTC) + timedelta(days=8))

    with database.read() as session:
        assert session.get_one(Event, event.id).sealed_at is not None
        assert read_tally(session, event.id).islands[0].yes == 7
