"""What is over its time goes by itself: invitations after two days, devices and hidden texts after seven."""

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from app.database import Database
from app.feedback.models import Card, State
from app.moderation.steering import enter_phase
from app.operations.retention import retain
from app.people.invitations import invite
from app.people.models import Invitation, Role, StaffSession
from app.people.sessions import sign_in
from app.planning.models import Event, Phase
from tests.conftest import StartServer
from tests.results.conftest import imported, spend_the_evening
from tests.running import until

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
        retain(database, tmp_path, CLOSED + timedelta(**after))

        assert seen(database) == expected


def test_an_event_sealed_by_hand_forgets_its_hidden_texts_in_time_too(
    database: Database, closed: int, tmp_path: Path
) -> None:
    from app.moderation.sealing import seal

    database.write(seal, closed, "planner Ada")

    retain(database, tmp_path, CLOSED + timedelta(days=6))
    assert seen(database)["hidden"] == 1
    retain(database, tmp_path, CLOSED + timedelta(days=8))
    assert seen(database)["hidden"] == 0


def test_a_rehearsal_and_what_was_never_used_can_still_be_opened(
    database: Database, tmp_path: Path
) -> None:
    """Two weeks before the evening it was all tried out, and closed."""
    event = database.write(imported)
    assert event.id is not None
    database.write(enter_phase, event.id, Phase.closed)

    retain(database, tmp_path, datetime.now(UTC) + timedelta(days=30))
    database.write(enter_phase, event.id, Phase.cafe)

    with database.read() as session:
        assert session.get_one(Event, event.id).phase == Phase.cafe


def test_a_rehearsal_is_left_to_its_end(database: Database, closed: int, tmp_path: Path) -> None:
    database.write(lambda session: setattr(session.get_one(Event, closed), "is_rehearsal", True))

    retain(database, tmp_path, CLOSED + timedelta(days=30))

    assert seen(database) == {"invited": True, "signed in": 1, "sealed": False, "hidden": 1}


def test_the_secret_is_destroyed_in_backups_too(
    database: Database, closed: int, tmp_path: Path
) -> None:
    with database.read() as session:
        secret = session.get_one(Event, closed).device_secret
    backups = tmp_path / "backups"
    backups.mkdir()
    with contextlib.closing(sqlite3.connect(tmp_path / "worldcafe.db")) as rows:
        rows.execute("VACUUM INTO ?", (str(backups / "monday.db"),))
    (backups / "notes.txt").write_text("none of ours")
    assert secret in (backups / "monday.db").read_bytes()

    retain(database, tmp_path, CLOSED + timedelta(days=7))

    database.close()  # who reads the bytes of an open database loses its locks
    holding = [
        file for file in tmp_path.rglob("*") if file.is_file() and secret in file.read_bytes()
    ]
    assert holding == []
    with sqlite3.connect(backups / "monday.db") as rows:
        assert rows.execute("SELECT count(*) FROM dot").fetchone() != (0,), "the copy is still one"
    assert (backups / "notes.txt").read_text() == "none of ours"


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
