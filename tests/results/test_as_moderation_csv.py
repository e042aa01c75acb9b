"""The planners' own file: everything that was sent, shown or not, and everything that was decided."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, select

from app.database import Database
from app.feedback.models import Card, State
from app.moderation.deciding import decide
from app.planning.journal import act_and_record
from app.planning.models import Event
from app.results.as_moderation_csv import moderation_csv, read_moderation
from app.results.files import RESULT_FILES
from app.results.report import Report
from tests.conftest import StartServer


def rows(content: bytes) -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def written(database: Database) -> list[dict[str, str]]:
    with database.read() as session:
        return rows(moderation_csv(read_moderation(session, session.exec(select(Event)).one())))


def test_every_card_and_word_is_there_with_its_state(database: Database, report: Report) -> None:
    found = written(database)

    cards = [(row["text"], row["state"], row["count"]) for row in found if row["kind"] == "card"]
    words = [(row["text"], row["state"], row["count"]) for row in found if row["kind"] == "word"]
    assert cards == [
        ("Mehr Aushänge im Hausflur", "approved", "2"),
        ("Am Kiosk werben", "approved", "0"),
        ("Kurse im Stadtteilbüro", "approved", "0"),
        ("Eine Beleidigung", "hidden", "0"),
        ("", "withdrawn", "0"),
        ("Noch nicht gelesen", "waiting", "0"),
    ]
    assert words == [
        ("Spannend", "approved", "2"),
        ("gut vernetzt", "approved", "1"),
        ("Aufbruch", "approved", "1"),
        ("doof", "hidden", "1"),
        ("na ja", "waiting", "1"),
    ]


def test_the_journal_follows_oldest_first(database: Database, report: Report) -> None:
    with database.read() as session:
        card = session.exec(select(Card).where(Card.state == State.waiting)).one()
    for act, version in (("hiding", 1), ("restoration", 2)):
        told = (card.event_id, "planner Kim", act, card.id, decide)
        database.write(act_and_record, *told, Card, card.event_id, card.id, act, version)

    acts = [row for row in written(database) if row["kind"] == "act"]

    assert [(row["number"], row["actor"], row["act"], row["subject"]) for row in acts] == [
        ("1", "planner Kim", "hiding", card.id),
        ("2", "planner Kim", "restoration", card.id),
    ]
    assert acts[0]["details"] == (
        '{"after": "hidden", "before": "waiting", "island": 1, "of": "card"}'
    )


def test_nothing_runs_in_a_spreadsheet(
    database: Database, hostile: Report, hostile_texts: list[str]
) -> None:
    """F01, F02"""
    found = written(database)

    texts = {row["text"] for row in found if row["kind"] == "card"}
    assert {f"'{text}" for text in hostile_texts} <= texts
    assert {row["island_title"] for row in found if row["island"] == "1"} == {"'=cmd|' /C calc'!A0"}


@contextmanager
def counted(session: Session) -> Iterator[Counter[str]]:
    statements: Counter[str] = Counter()

    def note(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:
        statements[statement.split(maxsplit=1)[0]] += 1

    sqlalchemy_event.listen(session.get_bind(), "before_cursor_execute", note)
    yield statements


def test_the_number_of_queries_does_not_grow_with_the_evening(
    database: Database, report: Report
) -> None:
    with database.read() as session:
        event = session.exec(select(Event)).one()
        with counted(session) as statements:
            read_moderation(session, event)

    assert statements["SELECT"] == 5


def test_it_is_for_planners_alone_and_in_no_archive(start_server: StartServer) -> None:
    server = start_server()
    path = f"/plan/events/{server.event}/moderation.csv"
    planner = server.planner()

    answers = [client.get(path).status_code for client in (server.client(), server.desk(), planner)]
    file = planner.get(path)

    assert answers == [303, 303, 200]
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"] == (
        f'attachment; filename="{server.event}-moderation.csv"'
    )
    assert [row["act"] for row in rows(file.content)] == ["sign-in"]  # the desk's
    assert f'href="{path}"' in planner.get(f"/plan/events/{server.event}").text
    assert "moderation.csv" not in RESULT_FILES
