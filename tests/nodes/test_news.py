"""What one node changes, the others hear of, and find by themselves when nobody tells them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from sqlmodel import Session, select

from app.changes import Change
from app.database import Database
from app.feedback.commands import PlaceDot, SubmitWord
from app.feedback.ledger import Ledger
from app.feedback.models import Word
from app.feedback.stores import store_of
from app.live.hub import Hub
from app.live.layouter import _store_moved
from app.live.room import TICK_S
from app.moderation.steering import enter_phase
from app.planning.models import Event, Phase
from app.planning.versions import raise_version
from app.postgres.locks import CHANNEL
from app.postgres.news import LOOK_S, PATIENCE_S, STEP_S
from tests.nodes.conftest import NewNode
from tests.running import until

OFFER = "umweltberatung"


class Heard:
    """A listening node, and what it was told."""

    def __init__(self, node: Database) -> None:
        self.changes: list[Change] = []
        node.on_change.append(self.changes.extend)
        node.listen()

    def eventually(self, change: Change) -> None:
        until(lambda: change in self.changes)


def raised(database: Database, event: Event, *, is_plan: bool = False) -> int:
    def change(session: Session) -> int:
        steered = session.get_one(Event, event.id)
        raise_version(session, steered, is_plan=is_plan)
        return steered.version

    return database.write(change)


def listening(node: Database, by: Database, event: Event) -> Heard:
    """Has surely begun: it has heard something."""
    heard = Heard(node)
    until(lambda: raised(by, event) and bool(heard.changes))
    return heard


def test_an_action_is_heard_by_the_others_and_told_once_at_home(
    new_node: NewNode, event: Event
) -> None:
    here, there = new_node(), new_node()
    heard = listening(there, here, event)
    at_home = listening(here, there, event)
    before = len(at_home.changes)

    version = raised(here, event, is_plan=True)

    heard.eventually(Change(event.id or 0, version, is_plan=True))
    last = raised(there, event)  # heard after whatever was said before
    at_home.eventually(Change(event.id or 0, last, is_plan=False))
    told = [change.version for change in at_home.changes[before:]]
    assert told.count(version) == 1


def test_a_batch_is_heard_as_a_vote(new_node: NewNode, event: Event) -> None:
    here, there = new_node(), new_node()
    heard = listening(there, here, event)
    dot = PlaceDot(event.id or 0, "ada", OFFER, True, 1, epoch=event.epoch)

    _, (change,) = here.on_writer(store_of(here).commit, [dot]).result(10)

    heard.eventually(Change(event.id or 0, change.version, is_plan=False, is_vote=True))


def test_what_nobody_told_is_found_by_looking(
    new_node: NewNode, event: Event, emptied_postgres: str
) -> None:
    """X01: a version that rose without a word, and an event that is gone."""
    node = new_node()
    heard = listening(node, new_node(), event)
    with psycopg.connect(emptied_postgres, autocommit=True) as rows:
        rows.execute("UPDATE event SET version = version + 1000")
        (version,) = rows.execute("SELECT version FROM event").fetchone() or (0,)

    heard.eventually(Change(event.id or 0, version, is_plan=True))
    with psycopg.connect(emptied_postgres, autocommit=True) as rows:
        rows.execute(
            "DELETE FROM offer; DELETE FROM contact; DELETE FROM island; DELETE FROM event"
        )
    heard.eventually(Change(event.id or 0, version + 1, is_plan=True))


def test_looking_takes_less_than_five_seconds() -> None:
    """X01: it is looked for, and then shown, in time."""
    assert LOOK_S + STEP_S + TICK_S < 5


def test_a_node_that_lost_its_connection_hears_what_happened_meanwhile(
    new_node: NewNode, event: Event, emptied_postgres: str
) -> None:
    node, other = new_node(), new_node()
    heard = listening(node, other, event)

    with psycopg.connect(emptied_postgres, autocommit=True) as rows:
        rows.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%' OR query LIKE '%pg_notify%'"
            " AND pid != pg_backend_pid()"
        )
    version = raised(other, event)

    until(lambda: version in [change.version for change in heard.changes])
    assert sum(PATIENCE_S) < 5


def test_nonsense_on_the_channel_is_let_pass(
    new_node: NewNode, event: Event, emptied_postgres: str
) -> None:
    node, other = new_node(), new_node()
    heard = listening(node, other, event)

    with psycopg.connect(emptied_postgres, autocommit=True) as rows:
        for nonsense in ("", "{", "7", '{"a": 1}', "[1]", '["x", {}, [], 1, 2]', "null"):
            rows.execute("SELECT pg_notify(%s, %s)", (CHANNEL, nonsense))

    heard.eventually(Change(event.id or 0, raised(other, event), is_plan=False))


def test_phones_of_all_nodes_are_counted_and_those_of_a_dead_one_forgotten(
    new_node: NewNode, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.postgres.news.SAID_S", 0.1)
    monkeypatch.setattr("app.postgres.news.FORGOTTEN_S", 3.0)
    here, there = new_node(), new_node()
    here.phones_here = lambda: {7: 3}
    there.phones_here = lambda: {7: 2, 8: 1}

    here.listen()
    there.listen()

    until(lambda: (here.phones_elsewhere(7), here.phones_elsewhere(8)) == (2, 1))
    until(lambda: there.phones_elsewhere(7) == 3)
    there.close()
    until(lambda: here.phones_elsewhere(7) == 0)


def test_a_node_that_can_not_measure_its_tables_listens_all_the_same(
    new_node: NewNode, event: Event, emptied_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds one of them for as long as this takes."""
    monkeypatch.setattr("app.postgres.server.LOCK_TIMEOUT_S", 1)
    monkeypatch.setattr("app.postgres.news.SAID_S", 0.1)
    here, there = new_node(), new_node()
    there.phones_here = lambda: {7: 2}

    with psycopg.connect(emptied_postgres) as holding:
        holding.execute("LOCK TABLE photo IN ACCESS EXCLUSIVE MODE")
        here.listen()
        there.listen()
        until(lambda: here.phones_elsewhere(7) == 2)


def during(*scenario: Callable[[], Any]) -> None:
    async def run() -> None:
        for step in scenario:
            await step()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_a_room_shows_what_both_nodes_store_and_nothing_twice(
    new_node: NewNode, event: Event
) -> None:
    """Two ledgers at the same event, each with a wall: both end with the same, exact numbers."""
    here, there = new_node(), new_node()
    event_id = event.id or 0

    def stored() -> int:
        with here.read() as session:
            return session.exec(select(Event.version)).one()

    async def evening() -> None:
        here.listen()
        there.listen()
        hubs = [Hub(here), Hub(there)]
        ledgers = [
            Ledger(node, store_of(node), hub.committed)
            for node, hub in zip((here, there), hubs, strict=True)
        ]
        rooms = [hub.room(event_id) for hub in hubs]
        for room in rooms:
            await room.tally()
        dots = [
            PlaceDot(event_id, f"device {n}", OFFER, n % 3 > 0, 1, epoch=event.epoch)
            for n in range(300)
        ]
        receipts = await asyncio.gather(
            *(ledgers[n % 2].enter(dot) for n, dot in enumerate(dots)),
            *(ledgers[(n + 1) % 2].enter(dot) for n, dot in enumerate(dots)),
        )
        assert {receipt.status for receipt in receipts} == {"counted"}
        await asyncio.to_thread(until, lambda: [room.version for room in rooms] == [stored()] * 2)
        states = [json.loads(room.state) for room in rooms]
        for state in states:
            del state["clock"]
        assert states[0] == states[1]
        totals = states[0]["totals"]
        assert (totals["yes"], totals["no"]) == (200, 100)
        for hub in hubs:
            await hub.close()

    during(evening)


def test_the_slower_of_two_layouters_stores_nothing(new_node: NewNode, event: Event) -> None:
    """One picture an event, whoever draws it; and the other's is no news."""
    from app.cloud.layout import Place

    here, there = new_node(), new_node()
    event_id = event.id or 0
    here.write(enter_phase, event_id, Phase.cloud)
    word = SubmitWord(event_id, "ada", "w", "gut", "gut", "0123", False, epoch=event.epoch)
    here.on_writer(store_of(here).commit, [word]).result(10)

    def version() -> int:
        with here.read() as session:
            return session.exec(select(Event.version)).one()

    first, second = Place("0123", 800.0, 450.0, 90.0), Place("0123", 100.0, 100.0, 20.0)
    here.write(_store_moved, event_id, {"0123": first}, {})
    stored = version()
    there.write(_store_moved, event_id, {"0123": second}, {})

    assert version() == stored
    with there.read() as session:
        assert session.exec(select(Word.x, Word.y, Word.size)).one() == (800.0, 450.0, 90.0)
    there.write(_store_moved, event_id, {"0123": second}, {"0123": first})
    with here.read() as session:
        assert session.exec(select(Word.x)).one() == 100.0
