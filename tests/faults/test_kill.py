"""A power cut in the middle of everything."""

import asyncio
import random

import pytest
from sqlmodel import select

from app.planning.models import Offer
from tests.faults.tapping import Device, wrong_rows
from tests.phones import Phone
from tests.running import Server, finish
from tests.soaking import times

KILLS = times(5, 100)
DEVICES = 40
BUSY_S = 0.8

pytestmark = pytest.mark.slow


async def an_evening(server: Server, devices: list[Device], offers: list[str]) -> None:
    """Taps throughout all kills. How long a start takes is measured by `make bench`."""
    over = asyncio.Event()
    tapping = [asyncio.create_task(device.tap(server.code, offers, over)) for device in devices]
    for _ in range(KILLS):
        await asyncio.sleep(BUSY_S)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start, is_cold=True)
    await asyncio.sleep(BUSY_S)
    over.set()
    await asyncio.gather(*tapping)


def test_five_kills_amid_500_dots_a_second_lose_and_double_nothing(server: Server) -> None:
    """D01"""
    with server.reading() as session:
        offers = list(session.exec(select(Offer.key)))

    async def everything() -> list[Device]:
        devices = [Device(Phone(server.port), random.Random(seed)) for seed in range(DEVICES)]
        for device in devices:
            assert (await device.phone.get(f"/e/{server.code}/1")).status == 200
        await an_evening(server, devices, offers)
        for device in devices:
            device.phone.close()
        return devices

    devices = finish(everything(), within_s=40 + 10 * KILLS)

    with server.reading() as session:
        wrong, counted = wrong_rows(session, devices)
    acked = sum(device.acked for device in devices)
    assert wrong == {}
    assert acked > 500, "need a busy hall for this test to mean anything"
    assert sum(device.repeated for device in devices) > KILLS, "the kills met nobody"
    totals = server.live()["totals"]
    assert (totals["yes"], totals["no"]) == (counted[True], counted[False])
