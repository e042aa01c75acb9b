"""Runs a whole evening with simulated attendees, then compares what was said with what is there."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from random import Random
from time import perf_counter
from typing import Any

import httpx

from app.errors import N_, NotOpen
from app.operations.rehearsal.attendee import Attendee
from app.operations.rehearsal.hall import Hall
from app.operations.rehearsal.moment import Disagreement, Moment
from app.operations.rehearsal.operation import Kind, Operation
from app.operations.rehearsal.outcome import Latency, Outcome
from app.operations.rehearsal.phone import Phone
from app.operations.rehearsal.sender import Record, Sender, Way
from app.operations.rehearsal.settling import (
    AWAY,
    SETTLING_S,
    TICK_S,
    Comparison,
    ReadStored,
    read_live,
)
from app.operations.rehearsal.socket import follow
from app.operations.rehearsal.timetable import Timetable
from app.operations.rehearsal.wall import Wall

EnterPhase = Callable[[str], Awaitable[None]]
Progress = Callable[[float, str], None]


async def rehearse(
    address: str,
    code: str,
    *,
    attendees: int,
    seconds: float,
    enter_phase: EnterPhase,
    read_stored: ReadStored,
    progress: Progress = lambda _part, _stage: None,
    seed: int | None = None,
) -> Outcome:
    """Lets `attendees` take part for `seconds` at the server at `address` (scheme, host, port).

    `enter_phase` turns the event's phase and may fail with OSError while the server is away; at the
    end the phase is set back. `read_stored` reads the database, before and after. `progress` is
    told a part from 0 to 1 and a catalogue message. A server that goes away is waited for.

    Raises NotOpen when the event is no rehearsal, is paused or not fully shown; OSError or
    httpx.TransportError when nobody answers at the beginning.
    """
    tls = ssl.create_default_context() if address.startswith("https:") else _no_tls()
    async with httpx.AsyncClient(base_url=address, verify=tls, trust_env=False) as client:
        first = await read_live(client, code)
        _require_ready(first)
        if first["phase"] != "cafe":
            await enter_phase("cafe")
        live = await read_live(client, code)
        before = Moment(wall=live, live=live, stored=await read_stored())

        chance = Random(seed)
        hall = Hall(address, code, Timetable.from_now(seconds), chance)
        record = Record()
        wall = Wall()
        watching = asyncio.create_task(
            follow(address, f"/e/{code}/live/ws", receive=wall.receive, connected=wall.connected)
        )
        try:
            async with asyncio.TaskGroup() as evening:
                evening.create_task(_conduct(hall, enter_phase, progress))
                for device in range(attendees):
                    sender = Sender(
                        address, _way(device), tls=tls, timetable=hall.timetable, record=record
                    )
                    own_chance = Random(chance.random())
                    phone = Phone(device, sender, hall, own_chance)
                    evening.create_task(Attendee(phone, hall, own_chance).attend())
            progress(1.0, N_("Vergleich: Was ist angekommen?"))
            found = await Comparison(
                record.operations, before, wall, client, code, read_stored
            ).disagreements_left()
        finally:
            await _insist(enter_phase, first["phase"], perf_counter() + SETTLING_S, hall)
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    return Outcome(
        attendees=attendees,
        seconds=seconds,
        operations=record.operations,
        statuses=dict(sorted(record.statuses.items())),
        phone_connections=hall.connections,
        wall_connections=wall.connections,
        dot_to_wall=Latency.of(_dots_to_wall(record.operations, wall)),
        disagreements=[*hall.faults, *wall.faults, *found],
    )


def _way(device: int) -> Way:
    """One in ten has nothing but HTML; the others are half and half."""
    if device % 20 in (2, 13):
        return Way.plain
    return Way.fragment if device % 2 else Way.json


async def _conduct(hall: Hall, enter_phase: EnterPhase, progress: Progress) -> None:
    """What the moderator does: opens the cloud when the café is over."""
    timetable = hall.timetable
    while perf_counter() < timetable.cafe_until:
        progress(timetable.elapsed, N_("Café: Punkte und Karten"))
        await timetable.pause(TICK_S)
    await _insist(enter_phase, "cloud", timetable.end, hall)
    while perf_counter() < timetable.end:
        progress(timetable.elapsed, N_("Wortwolke"))
        await timetable.pause(TICK_S)


async def _insist(enter_phase: EnterPhase, phase: str, until: float, hall: Hall) -> None:
    """Tries again while the server is away, and reports a phase that was not entered in time."""
    while True:
        try:
            await enter_phase(phase)
        except AWAY as error:
            if perf_counter() > until:
                reason = str(error) or type(error).__name__
                hall.faults.append(Disagreement("phase", "entered", phase, reason))
                return
            await asyncio.sleep(TICK_S)
        else:
            return


def _require_ready(state: dict[str, Any]) -> None:
    if not state["rehearsal"]:
        raise NotOpen(N_("Die Veranstaltung ist keine Probe. Bitte zuerst die Probe beginnen."))
    if state["paused"]:
        raise NotOpen(N_("Die Veranstaltung pausiert. Bitte zuerst die Pause beenden."))
    if not state["revealed"] or state["curtain"]:
        raise NotOpen(
            N_("Die Leinwand ist verdeckt. Bitte zuerst den Vorhang öffnen und die Zahlen zeigen.")
        )


def _dots_to_wall(operations: Iterable[Operation], wall: Wall) -> Iterator[float]:
    """Seconds, of the dots whose first attempt was answered with a version."""
    for operation in operations:
        if operation.kind is Kind.dot and operation.version is not None and operation.attempts == 1:
            shown_at = wall.shown_at(operation.version)
            if shown_at is not None and shown_at > operation.sent_at:
                yield shown_at - operation.sent_at


def _no_tls() -> ssl.SSLContext:
    """One context for all; loading the certificates of this machine for each would take minutes."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
