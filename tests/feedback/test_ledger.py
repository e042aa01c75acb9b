"""The line at the ledger: order, group commit, what happens when a commit fails, how it ends."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, col, delete, select

from app.changes import Batch
from app.errors import CannotStore, Refusal, Unknown
from app.feedback import ledger as ledger_module
from app.feedback.commands import Command, Committed, DotReceipt, Receipt, TextReceipt
from app.feedback.ledger import Ledger
from app.feedback.models import Card, Dot
from app.feedback.stores import store_of
from app.planning.journal import record
from app.planning.models import Offer
from tests.feedback.world import World
from tests.foreign import foreign_lock

OFFER, DOOMED = "umweltberatung", "quartiersfonds"


class CountingStore:
    """The real one, with the sizes of the batches it got."""

    def __init__(self, world: World) -> None:
        self.batches: list[int] = []
        self._store = store_of(world.database)

    def commit(
        self, batch: Batch, commands: Sequence[Command]
    ) -> tuple[list[Receipt | Refusal], list[Committed]]:
        self.batches.append(len(commands))
        return self._store.commit(batch, commands)


def sent_at_once(
    world: World, *commands: Command, store: CountingStore | None = None
) -> tuple[list[Any], list[Committed]]:
    """What each command's sender got, receipt or exception, and what was announced."""
    told: list[Committed] = []

    async def send() -> list[Any]:
        ledger = Ledger(world.database, store or store_of(world.database), told.append)
        outcomes = await asyncio.gather(
            *(ledger.enter(command) for command in commands), return_exceptions=True
        )
        await ledger.close()
        return outcomes

    return asyncio.run(send()), told


def test_what_waits_together_is_stored_together(world: World) -> None:
    store = CountingStore(world)

    outcomes, told = sent_at_once(
        world, *(world.dot(OFFER, True, 1, f"device {i}") for i in range(50)), store=store
    )

    assert store.batches == [50]
    assert [outcome.status for outcome in outcomes] == ["counted"] * 50
    assert [len(change.dots) for change in told] == [50]


def test_a_long_line_is_stored_in_bounded_batches(world: World) -> None:
    store = CountingStore(world)

    sent_at_once(
        world, *(world.dot(OFFER, True, 1, f"device {i}") for i in range(1201)), store=store
    )

    assert store.batches == [500, 500, 201]


def test_a_dot_on_an_offer_deleted_meanwhile_fails_alone(world: World) -> None:
    """C09 in short: the directory still knew the offer."""

    def drop(session: Session) -> None:
        session.exec(delete(Offer).where(col(Offer.key) == DOOMED))

    world.database.write(drop)

    outcomes, told = sent_at_once(
        world,
        world.dot(OFFER, True, 1, "ada"),
        world.dot(DOOMED, True, 1, "bob"),
        world.card(device="cem"),
        world.dot(OFFER, False, 1, "dea"),
    )

    assert [type(outcome).__name__ for outcome in outcomes] == [
        "DotReceipt",
        "Unknown",
        "TextReceipt",
        "DotReceipt",
    ]
    assert isinstance(outcomes[1], Unknown)
    assert sorted(world.rows(select(Dot.device))) == ["ada", "dea"]
    assert sum(len(change.dots) for change in told) == 2
    assert [change.version for change in told] == sorted({change.version for change in told})


def test_a_full_line_takes_nothing_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "MAX_WAITING", 3)

    outcomes, _ = sent_at_once(world, *(world.dot(OFFER, True, 1, f"device {i}") for i in range(5)))

    assert [type(outcome) for outcome in outcomes] == [DotReceipt] * 3 + [CannotStore] * 2
    assert outcomes[4].retry_after_s == 2
    assert len(world.rows(select(Dot))) == 3


@pytest.mark.embedded
def test_a_failed_commit_is_seen_by_its_senders_and_announced_to_nobody(world: World) -> None:
    def pages(most: int) -> int:
        def limit(batch: Batch) -> int:
            return int(batch.driver.execute(f"PRAGMA max_page_count = {most}").fetchone()[0])

        return world.database.on_writer(limit).result(10)  # it is the connection's own

    long = [world.card(device=f"device {i}", text="lang " * 2000) for i in range(3)]

    pages(1)  # SQLite makes it as many as there are: a full disk
    outcomes, told = sent_at_once(world, *long)
    stored = world.rows(select(Card))
    pages(1_000_000)

    assert [type(outcome) for outcome in outcomes] == [CannotStore] * 3
    assert (told, stored) == ([], [])
    assert [type(outcome) for outcome in sent_at_once(world, *long)[0]] == [TextReceipt] * 3


def test_a_foreign_lock_makes_all_wait_and_none_fail(world: World) -> None:
    """D10 in short"""

    async def send() -> list[DotReceipt]:
        ledger = Ledger(world.database, store_of(world.database), lambda _: None)
        with foreign_lock(world.database.url):
            sending = [
                asyncio.create_task(ledger.enter(world.dot(OFFER, True, 1, f"device {i}")))
                for i in range(3)
            ]
            _, waiting = await asyncio.wait(sending, timeout=0.5)
            assert len(waiting) == 3
        return list(await asyncio.gather(*sending))

    assert [receipt.status for receipt in asyncio.run(send())] == ["counted"] * 3


def test_readers_that_take_every_connection_do_not_touch_dots_or_acts(world: World) -> None:
    """X07"""
    pool = world.database._kind.reading.pool
    assert isinstance(pool, QueuePool)
    with ExitStack() as readers:
        for _ in range(pool.size() + pool._max_overflow):
            reader = readers.enter_context(world.database.read())
            assert reader.exec(select(Offer.key)).first()
        assert (pool.checkedin(), pool.overflow()) == (0, pool._max_overflow)

        receipt = world.one(world.dot(OFFER, True, 1))
        world.database.write(record, world.event_id, "host 1", "hiding")

    assert receipt.status == "counted"


def test_a_sender_who_went_away_does_not_disturb_the_others(world: World) -> None:
    async def send() -> Any:
        ledger = Ledger(world.database, store_of(world.database), lambda _: None)
        gone = asyncio.create_task(ledger.enter(world.dot(OFFER, True, 1, "ada")))
        stays = asyncio.create_task(ledger.enter(world.dot(OFFER, True, 1, "bob")))
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(send()).status == "counted"
    assert sorted(world.rows(select(Dot.device))) == ["ada", "bob"]


def test_closing_waits_until_everything_in_the_line_is_stored(world: World) -> None:
    async def send() -> list[bool]:
        ledger = Ledger(world.database, store_of(world.database), lambda _: None)
        sending = [
            asyncio.create_task(ledger.enter(world.dot(OFFER, True, 1, f"device {i}")))
            for i in range(700)
        ]
        await asyncio.sleep(0)
        await ledger.close()
        stored = len(world.rows(select(Dot)))
        assert stored == 700
        await asyncio.sleep(0)
        return [task.done() for task in sending]

    assert asyncio.run(send()) == [True] * 700
