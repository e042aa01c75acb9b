"""Sealing: every number stays, and nobody can tell devices apart any more."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.database import Database
from app.errors import NotAcceptable, NotOpen
from app.feedback.models import Card, Dot, Entry, SealedDots, State, Support, Word
from app.live.reading import read_tally
from app.live.state import wall_state
from app.moderation.dropping import forget_hidden
from app.moderation.sealing import seal
from app.moderation.steering import enter_phase
from app.moderation.wiping import begin_rehearsal, end_rehearsal
from app.planning.models import Event, Phase
from app.results.files import RESULT_FILES
from app.results.report import read_report
from tests.results.conftest import spend_the_evening

Numbers = dict[str, Any]


@pytest.fixture
def event_id(database: Database) -> int:
    """A closed evening with dots, cards, supports and words of every state, some of them merged."""

    def fill(session: Session) -> int:
        spend_the_evening(session)
        session.flush()
        event = session.exec(select(Event)).one()
        first, second = session.exec(
            select(Word).where(Word.state == State.approved).order_by(col(Word.arrival)).limit(2)
        )
        second.merged_into = first.id
        assert event.id is not None
        return event.id

    return database.write(fill)


def numbers(database: Database, event_id: int) -> Numbers:
    """Every result file's bytes, and all that walls show, but for the version."""
    with database.read() as session:
        report = read_report(session, session.get_one(Event, event_id))
        files = {name: file.render(report, str, {}) for name, file in RESULT_FILES.items()}
        tally = read_tally(session, event_id)
    assert tally is not None
    return files | {"wall": wall_state(tally, 0) | {"version": 0}}


def stored(database: Database, of: Callable[[Session], Any]) -> Any:
    with database.read() as session:
        return of(session)


def test_no_file_and_no_wall_shows_another_number(database: Database, event_id: int) -> None:
    before = numbers(database, event_id)
    assert before["wall"]["devices"] == 6
    assert [island["devices"] for island in before["wall"]["islands"][:2]] == [5, 1]

    database.write(seal, event_id, "planner Ada")

    assert numbers(database, event_id) == before


def test_no_device_can_be_told_from_another(database: Database, event_id: int) -> None:
    """Bela sent one word in two spellings, and one word of Anna's waited: what is left says neither."""
    names = {"anna", "bela", "cem", "dora", "emil", "fred", "gina", "hedi", "ida"}
    assert names <= stored(database, devices_of)

    database.write(seal, event_id, "planner Ada")

    assert stored(database, devices_of) & names == set()
    words = stored(database, lambda s: s.exec(select(Entry.word_id, Entry.device)).all())
    merged = stored(database, lambda s: dict(s.exec(select(Word.id, Word.merged_into)).all()))
    shown: dict[str, set[str]] = {}
    for word, device in words:
        shown.setdefault(device, set()).add(merged[word] or word)
    assert {len(of_one) for of_one in shown.values()} == {1}, "nobody is followed to another word"
    cards = stored(database, lambda s: s.exec(select(Card.device, Card.submission, Card.id)).all())
    assert [(device, submission) for device, submission, _ in cards] == [
        ("", id) for _, _, id in cards
    ]
    assert stored(database, lambda s: s.exec(select(Dot)).all()) == []


def devices_of(session: Session) -> set[str]:
    return {
        device
        for table in (Dot, Card, Support, Entry)
        for device in session.exec(select(table.device))
    }


def test_what_nobody_decided_on_is_dropped_and_what_was_hidden_is_kept(
    database: Database, event_id: int
) -> None:
    database.write(seal, event_id, "planner Ada")

    states = {
        table: set(stored(database, lambda s, table=table: s.exec(select(table.state)).all()))
        for table in (Card, Word)
    }
    assert states == {table: {State.approved, State.hidden} for table in (Card, Word)}
    before = numbers(database, event_id)
    assert database.write(forget_hidden, event_id) is True
    assert database.write(forget_hidden, event_id) is False
    assert set(stored(database, lambda s: s.exec(select(Card.state)).all())) == {State.approved}
    assert numbers(database, event_id) == before


def test_the_secret_is_another_and_the_epoch_too(database: Database, event_id: int) -> None:
    before = stored(database, lambda s: s.get_one(Event, event_id))

    database.write(seal, event_id, "planner Ada")

    after = stored(database, lambda s: s.get_one(Event, event_id))
    assert after.device_secret != before.device_secret
    assert len(after.device_secret) == 32
    assert (after.epoch, after.version) == (before.epoch + 1, before.version + 1)
    assert after.changed_at == before.changed_at, "the results are not those of a later change"
    assert after.sealed_at is not None


def test_sealing_twice_is_sealing_once(database: Database, event_id: int) -> None:
    database.write(seal, event_id, "planner Ada")
    first = stored(database, lambda s: s.get_one(Event, event_id))

    database.write(seal, event_id, "planner Bo")

    assert stored(database, lambda s: s.get_one(Event, event_id)) == first


def test_a_sealed_event_is_neither_opened_nor_rehearsed_again(
    database: Database, event_id: int
) -> None:
    database.write(seal, event_id, "planner Ada")

    for act, *values in ((enter_phase, Phase.cafe), (begin_rehearsal,)):
        with pytest.raises(NotOpen):
            database.write(act, event_id, *values)
    database.write(enter_phase, event_id, Phase.closed)


@pytest.mark.parametrize("phase", [Phase.setup, Phase.cafe, Phase.cloud])
def test_what_is_not_closed_is_not_sealed(database: Database, event_id: int, phase: Phase) -> None:
    database.write(enter_phase, event_id, phase)

    with pytest.raises(NotOpen):
        database.write(seal, event_id, "planner Ada")

    assert stored(database, lambda s: s.exec(select(SealedDots)).all()) == []


def test_a_rehearsal_is_not_sealed_and_a_wrong_code_seals_nothing(
    database: Database, event_id: int
) -> None:
    code = stored(database, lambda s: s.get_one(Event, event_id).code)
    for wrong in ("", "ZZZZZZ", secrets.token_hex(30)):
        with pytest.raises(NotAcceptable):
            database.write(seal, event_id, "planner Ada", wrong)
    database.write(lambda s: setattr(s.get_one(Event, event_id), "is_rehearsal", True))

    with pytest.raises(NotOpen):
        database.write(seal, event_id, "planner Ada", code)

    database.write(end_rehearsal, event_id, keep=True)
    database.write(seal, event_id, "planner Ada", f" {code.lower()[:3]}-{code[3:]}")
    assert stored(database, lambda s: s.get_one(Event, event_id).sealed_at) is not None


def test_closing_is_remembered_until_it_is_opened_again(database: Database, event_id: int) -> None:
    def closed_at() -> Any:
        return stored(database, lambda s: s.get_one(Event, event_id).closed_at)

    database.write(enter_phase, event_id, Phase.cloud)
    assert closed_at() is None
    database.write(enter_phase, event_id, Phase.closed)
    first = closed_at()
    assert first is not None
    database.write(enter_phase, event_id, Phase.closed)
    assert closed_at() == first
