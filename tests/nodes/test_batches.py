"""Batches and actions of several nodes at the same time: side by side where they may be, alone where not."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlmodel import Session, select

from app.database import Database
from app.errors import CannotStore
from app.feedback.commands import PlaceDot
from app.feedback.models import Dot
from app.feedback.stores import store_of
from app.planning.journal import Act, record
from app.planning.models import Event
from app.planning.plan import Plan
from app.settings import Settings
from tests.nodes.conftest import NewNode, opened_cafe
from tests.postgres import new_database

OFFER = "umweltberatung"
IN_FORCE = {
    "synchronous_commit": "on",
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    "TimeZone": "UTC",
    "idle_in_transaction_session_timeout": "1min",
}


def dot(event: Event, device: str, sequence: int = 1) -> PlaceDot:
    return PlaceDot(event.id or 0, device, OFFER, True, sequence, epoch=event.epoch)


def test_what_postgres_was_told_is_in_force_on_every_connection(
    new_node: NewNode, event: Event
) -> None:
    """D05"""
    node = new_node()

    def said(execute: object) -> dict[str, str]:
        return {name: execute(f"SHOW {name}").scalar_one() for name in IN_FORCE}  # type: ignore[operator]

    assert node.write(lambda session: said(session.connection().exec_driver_sql)) == IN_FORCE
    assert (
        node.on_writer(lambda batch: said(batch.connection.exec_driver_sql)).result(10) == IN_FORCE
    )
    with node.read() as session:
        assert said(session.connection().exec_driver_sql) == IN_FORCE
        level = session.connection().exec_driver_sql("SHOW transaction_isolation").scalar_one()
        assert level == "repeatable read"
        with pytest.raises(InternalError, match="read-only"):
            session.connection().exec_driver_sql("UPDATE event SET title = 'x'")


def test_batches_of_two_nodes_at_two_events_lose_nothing_and_never_block_each_other_for_good(
    new_node: NewNode, event: Event, plan: Plan
) -> None:
    """Each batch touches both events, and the nodes name them in opposite order."""
    nodes = [new_node(), new_node()]
    second = opened_cafe(nodes[0], _another(plan))

    def evening(number: int) -> int:
        events = [event, second][:: 1 - 2 * number]
        counted = 0
        for n in range(60):
            batch = [dot(each, f"{number} {n}") for each in events]
            receipts, _ = nodes[number].on_writer(store_of(nodes[number]).commit, batch).result(30)
            counted += sum(receipt.status == "counted" for receipt in receipts)  # type: ignore[union-attr]
        return counted

    with ThreadPoolExecutor() as threads:
        assert list(threads.map(evening, (0, 1))) == [120, 120]
    with nodes[0].read() as session:
        versions = {each.id: each.version for each in session.exec(select(Event))}
        assert len(session.exec(select(Dot.device)).all()) == 240
    assert versions == {event.id: event.version + 120, second.id: second.version + 120}


def _another(plan: Plan) -> Plan:
    return plan.model_copy(
        update={"event": plan.event.model_copy(update={"key": "another", "title": "Noch eine"})}
    )


def test_actions_of_two_nodes_are_alone(new_node: NewNode, event: Event) -> None:
    """Each reads the last number and writes the next: nobody reads the same one."""
    nodes = [new_node(), new_node()]

    def write(number: int) -> None:
        for _ in range(40):
            nodes[number].write(record, event.id or 0, f"node {number}", "hiding")

    with ThreadPoolExecutor() as threads:
        list(threads.map(write, (0, 1)))

    with nodes[0].read() as session:
        numbers = session.exec(select(Act.number).where(Act.name == "hiding")).all()
    assert len(numbers) == len(set(numbers)) == 80


def test_an_action_waits_for_a_batch_and_a_batch_for_an_action(
    new_node: NewNode, event: Event
) -> None:
    here, there = new_node(), new_node()
    is_in, may_go = threading.Event(), threading.Event()

    def hold(begun: object) -> None:
        begin(begun)
        is_in.set()
        assert may_go.wait(10)

    def begin(session: object) -> None:
        """As every action does with its first statement; a batch has begun already."""
        if isinstance(session, Session):
            session.connection()

    for slow, quick in (
        (lambda: here.on_writer(hold).result(20), lambda: there.write(begin)),
        (lambda: here.write(hold), lambda: there.on_writer(begin).result(20)),
    ):
        is_in.clear()
        may_go.clear()
        with ThreadPoolExecutor() as threads:
            holding = threads.submit(slow)
            assert is_in.wait(10)
            waiting = threads.submit(quick)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            may_go.set()
            holding.result(10)
            waiting.result(10)


@pytest.mark.parametrize("sign", ['"', "\\", '\\"', "{", "}", ",", "NULL", " ", "'", "%s", "ä😀"])
def test_what_looks_like_the_syntax_of_arrays_is_a_text_like_any_other(
    new_node: NewNode, event: Event, sign: str
) -> None:
    """A batch's columns are written as PostgreSQL writes arrays."""
    node = new_node()
    devices = sorted([sign, f"a{sign}b", f"{sign}{sign}", "NULLABLE"])
    batch = [dot(event, device) for device in devices]

    counted, _ = node.on_writer(store_of(node).commit, batch).result(10)
    repeated, changes = node.on_writer(store_of(node).commit, batch).result(10)

    with node.read() as session:
        assert sorted(session.exec(select(Dot.device)).all()) == devices
    assert repeated == counted
    assert changes == []


def test_a_batch_that_fails_with_its_commit_stores_nothing_and_the_next_one_all(
    new_node: NewNode, event: Event
) -> None:
    """The first one ever, too: its statements were not known to the server yet."""
    node = new_node()
    nowhere = replace(dot(event, "bob"), offer_key="nowhere")

    with pytest.raises(IntegrityError):
        node.on_writer(store_of(node).commit, [dot(event, "ada"), nowhere]).result(10)
    with node.read() as session:
        assert session.exec(select(Dot)).all() == []
        assert session.exec(select(Event.version)).one() == event.version
    _, changes = node.on_writer(store_of(node).commit, [dot(event, "ada")]).result(10)

    assert [change.version for change in changes] == [event.version + 1]
    with node.read() as session:
        assert session.exec(select(Dot.device)).all() == ["ada"]


def test_a_connection_that_is_lost_between_two_batches_is_nobodys_trouble(
    new_node: NewNode, event: Event, emptied_postgres: str
) -> None:
    node = new_node()
    node.on_writer(store_of(node).commit, [dot(event, "ada")]).result(10)
    node.write(record, event.id or 0, "host 1", "hiding")
    _end_all_connections(emptied_postgres)

    receipts, _ = node.on_writer(store_of(node).commit, [dot(event, "bob")]).result(10)
    node.write(record, event.id or 0, "host 1", "hiding")
    with node.read() as session:
        devices = session.exec(select(Dot.device)).all()

    assert [receipt.status for receipt in receipts] == ["counted"]  # type: ignore[union-attr]
    assert sorted(devices) == ["ada", "bob"]


def test_a_connection_that_is_lost_within_a_batch_stores_nothing_of_it(
    new_node: NewNode, event: Event, emptied_postgres: str
) -> None:
    node = new_node()

    def cut_off(batch: object) -> None:
        store_of(node).commit(batch, [dot(event, "ada")])  # type: ignore[arg-type]
        _end_all_connections(emptied_postgres)

    with pytest.raises(OperationalError):
        node.on_writer(cut_off).result(10)

    with node.read() as session:
        assert session.exec(select(Dot)).all() == []
    assert node.on_writer(store_of(node).commit, [dot(event, "ada")]).result(10)[1] != []
    assert node.can_write()


def _end_all_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as rows:
        rows.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )


def test_a_lock_that_is_held_for_too_long_is_told_and_nothing_hangs(
    new_node: NewNode, event: Event, emptied_postgres: str
) -> None:
    node = new_node()
    with psycopg.connect(emptied_postgres) as foreign:
        foreign.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CannotStore):
            node.write(lambda session: session.exec(select(Event)).all())

    node.write(lambda session: session.exec(select(Event)).all())


def test_two_nodes_that_start_at_once_migrate_once(postgres: str, tmp_path: Path) -> None:
    url = new_database(postgres)
    nodes = [Database(Settings(data=tmp_path, database_url=url)) for _ in range(2)]
    try:
        with ThreadPoolExecutor() as threads:
            list(threads.map(Database.migrate, nodes))
        with nodes[0].read() as session:
            assert session.exec(select(Event)).all() == []
            others = session.connection().exec_driver_sql(
                "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'"
                " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
            )
            assert others.scalar_one() == 0
    finally:
        for node in nodes:
            node.close()
