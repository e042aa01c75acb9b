"""A room keeps its tally current, in whatever order it learns of changes."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select

from app.database import Database
from app.feedback.commands import Committed, PlaceDot
from app.feedback.ledger import Ledger
from app.feedback.stores import store_of
from app.live.hub import Hub
from app.live.mailbox import Mailbox
from app.live.room import TICK_S, Room
from app.moderation.steering import draw_curtain, enter_phase, turn_clock
from app.planning.models import Event, Offer, Phase
from app.planning.versions import raise_version

OFFER = "umweltberatung"
PHONE = {"version", "phase", "paused", "revealed", "curtain", "rehearsal", "clock"}


class Evening:
    """A hub with one event's room, and the store that feeds it."""

    def __init__(self, database: Database, event: Event) -> None:
        assert event.id is not None
        self.database, self.event_id, self.epoch = database, event.id, event.epoch
        self.hub = Hub(database)
        self.room: Room = self.hub.room(self.event_id)
        self.ledger = Ledger(database, store_of(database), self.hub.committed)

    def stored(self, *dots: PlaceDot) -> list[Committed]:
        """Committed, and not yet told to anybody."""
        return self.database.on_writer(store_of(self.database).commit, dots).result(10)[1]

    def dot(self, device: str, knows: bool | None = True, sequence: int = 1) -> PlaceDot:
        return PlaceDot(self.event_id, device, OFFER, knows, sequence, epoch=self.epoch)

    async def write(self, action: Any, *values: Any) -> None:
        await asyncio.to_thread(self.database.write, action, self.event_id, *values)

    async def shows(
        self, mailbox: Mailbox, is_so: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        """The first state in the mailbox for which it is so."""
        async with asyncio.timeout(5):
            while True:
                state: dict[str, Any] = json.loads(await mailbox.take())
                if is_so(state):
                    return state


def during(database: Database, event: Event, scenario: Callable[[Evening], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        evening = Evening(database, event)
        await evening.room.tally()
        try:
            async with asyncio.timeout(20):
                return await scenario(evening)
        finally:
            await evening.ledger.close()
            await evening.hub.close()

    return asyncio.run(run())


def test_changes_told_in_the_wrong_order_or_twice_count_once(
    database: Database, event: Event
) -> None:
    """W10"""

    async def scenario(evening: Evening) -> dict[str, Any]:
        changes = [evening.stored(evening.dot(device))[0] for device in "abcde"]
        with evening.room.walls.mailbox() as mailbox:
            for index in (1, 0, 0, 4, 2, 3, 1):
                evening.hub.committed(changes[index])
            return await evening.shows(mailbox, lambda s: s["version"] == changes[-1].version)

    state = during(database, event, scenario)

    assert (state["totals"]["yes"], state["devices"]) == (5, 5)


def test_a_change_that_was_never_told_is_found_with_the_next(
    database: Database, event: Event
) -> None:
    """X01 in short"""

    async def scenario(evening: Evening) -> dict[str, Any]:
        evening.stored(evening.dot("lost"))
        (told,) = evening.stored(evening.dot("told"))
        with evening.room.walls.mailbox() as mailbox:
            evening.hub.committed(told)
            return await evening.shows(mailbox, lambda s: s["version"] == told.version)

    assert during(database, event, scenario)["totals"]["yes"] == 2


def test_dots_and_moderators_acts_interleaved_end_in_what_is_stored(
    database: Database, event: Event
) -> None:
    async def scenario(evening: Evening) -> tuple[dict[str, Any], int]:
        with evening.room.walls.mailbox() as mailbox:
            taps = [evening.ledger.enter(evening.dot(f"device {i}")) for i in range(60)]
            acts = [evening.write(draw_curtain, i % 2 == 0) for i in range(10)]
            await asyncio.gather(*taps, *acts)
            with database.read() as session:
                version = session.get_one(Event, evening.event_id).version
            return await evening.shows(mailbox, lambda s: s["version"] == version), version

    state, version = during(database, event, scenario)

    assert (state["version"], state["totals"]["yes"], state["devices"]) == (version, 60, 60)


def test_a_dot_that_was_on_its_way_to_an_offer_just_taken_out_counts_its_device(
    database: Database, event: Event
) -> None:
    """It is stored, and shown nowhere else."""

    def take_out(session: Session, event_id: int) -> None:
        session.get_one(Offer, (event_id, OFFER)).is_retired = True
        raise_version(session, session.get_one(Event, event_id), is_plan=True)

    async def scenario(evening: Evening) -> list[dict[str, Any]]:
        with evening.room.walls.mailbox() as mailbox:
            await evening.write(take_out)
            states = [await evening.shows(mailbox, lambda s: s["version"] > event.version)]
            receipt = await evening.ledger.enter(evening.dot("ada"))
            return [
                *states,
                await evening.shows(mailbox, lambda s: s["version"] == receipt.version),
            ]

    states = during(database, event, scenario)

    assert [(state["devices"], state["totals"]["yes"]) for state in states] == [(0, 0), (1, 0)]


def test_at_once_when_it_was_quiet(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick of three seconds: whoever waited for the next one would wait for nearly all of it."""
    tick_s = 3.0
    monkeypatch.setattr("app.live.room.TICK_S", tick_s)

    async def scenario(evening: Evening) -> float:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(tick_s + 0.2)
        with evening.room.walls.mailbox() as mailbox:
            await mailbox.take()
            began = loop.time()
            await evening.ledger.enter(evening.dot("first"))
            await mailbox.take()
            return loop.time() - began

    assert during(database, event, scenario) < tick_s / 2


def test_at_most_ten_a_second(database: Database, event: Event) -> None:
    async def scenario(evening: Evening) -> tuple[list[float], list[int]]:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(3 * TICK_S)
        with evening.room.walls.mailbox() as mailbox:
            await mailbox.take()
            times, versions = [loop.time()], []
            for i in range(100):
                await evening.ledger.enter(evening.dot(f"device {i}"))
            until = loop.time() + 0.5
            while loop.time() < until:
                try:
                    async with asyncio.timeout(0.3):
                        versions.append(json.loads(await mailbox.take())["version"])
                        times.append(loop.time())
                except TimeoutError:
                    break
            return times, versions

    times, versions = during(database, event, scenario)

    assert versions == sorted(set(versions))
    assert len(times) <= (times[-1] - times[0]) / TICK_S + 2


def test_a_wall_that_reads_slowly_skips_to_the_newest(database: Database, event: Event) -> None:
    async def scenario(evening: Evening) -> tuple[int, int]:
        with evening.room.walls.mailbox() as slow, evening.room.walls.mailbox() as quick:
            for i in range(5):
                receipt = await evening.ledger.enter(evening.dot(f"device {i}"))
                await evening.shows(quick, lambda s: bool(s["version"] >= receipt.version))  # noqa: B023
            return json.loads(await slow.take())["version"], receipt.version

    seen, newest = during(database, event, scenario)

    assert seen == newest


def test_phones_hear_of_the_phase_and_not_of_dots(database: Database, event: Event) -> None:
    async def scenario(evening: Evening) -> list[dict[str, Any]]:
        with evening.room.phones.mailbox() as phone, evening.room.walls.mailbox() as wall:
            messages = [json.loads(await phone.take())]
            receipt = await evening.ledger.enter(evening.dot("ada"))
            await evening.shows(wall, lambda s: bool(s["version"] >= receipt.version))
            await evening.write(enter_phase, Phase.cloud)
            messages.append(json.loads(await phone.take()))
            return messages

    messages = during(database, event, scenario)

    assert [message["phase"] for message in messages] == ["cafe", "cloud"]
    assert messages[0].keys() == PHONE
    assert messages[1]["version"] > messages[0]["version"]


def test_whoever_comes_later_gets_the_clock_as_it_is_then(database: Database, event: Event) -> None:
    """Clients count down from what they get: an old number would make this wall slow by as much."""

    async def scenario(evening: Evening) -> tuple[int, int, int]:
        with evening.room.walls.mailbox() as early:
            await evening.write(turn_clock, True, 600)
            await evening.shows(early, lambda s: bool(s["clock"]["running"]))
        await asyncio.sleep(3.2)
        with evening.room.walls.mailbox() as late, evening.room.phones.mailbox() as phone:
            walls = json.loads(await late.take())["clock"]["remaining_s"]
            phones = json.loads(await phone.take())["clock"]["remaining_s"]
        beat = json.loads(evening.room.heartbeat())["clock"]["remaining_s"]
        return walls, phones, beat

    walls, phones, beat = during(database, event, scenario)

    assert beat <= 597
    assert phones in (beat, beat + 1)
    assert walls in (beat, beat + 1)


def test_a_room_whose_event_is_gone_says_so(database: Database, event: Event) -> None:
    def forget(session: Session, event_id: int) -> None:
        session.exec(delete(Event).where(col(Event.id) == event_id))

    async def scenario(evening: Evening) -> object:
        await evening.write(forget)
        evening.room.changed()
        for _ in range(100):
            await asyncio.sleep(0.02)
            if await evening.room.tally() is None:
                return None
        return await evening.room.tally()

    assert during(database, event, scenario) is None


def test_what_is_planned_anew_is_shown(database: Database, event: Event) -> None:
    def rename(session: Session, event_id: int) -> None:
        offer = session.exec(select(Offer).where(Offer.key == OFFER)).one()
        offer.title = "Beratung"
        session.add(offer)
        raise_version(session, session.get_one(Event, event_id))

    async def scenario(evening: Evening) -> list[str]:
        with evening.room.walls.mailbox() as mailbox:
            before = json.loads(await mailbox.take())["version"]
            await evening.write(rename)
            state = await evening.shows(mailbox, lambda s: bool(s["version"] > before))
            return [o["title"] for i in state["islands"] for o in i["offers"] if o["key"] == OFFER]

    assert during(database, event, scenario) == ["Beratung"]
