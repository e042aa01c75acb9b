"""A power cut in the middle of everything."""

import asyncio
import random
from dataclasses import dataclass, field

from sqlmodel import select

from app.feedback.models import Dot
from app.people.devices import hash_of
from app.planning.models import Event, Offer
from tests.phones import Phone
from tests.running import Server, finish

KNOWS = {"yes": True, "no": False, "withdraw": None}
KILLS = 5
DEVICES = 40
PAUSE_S = 0.05  # 40 devices, 20 dots a second each, less what an answer takes: about 500 a second
BUSY_S = 0.8


@dataclass
class Sent:
    """What one device has said of one offer. `acked` is the last that was; `unanswered`, if it is
    not None, was sent after that, never answered and never repeated."""

    acked: tuple[bool | None, int] | None = None
    unanswered: tuple[bool | None, int] | None = None

    @property
    def possible(self) -> set[tuple[bool | None, int] | None]:
        return {self.acked} if self.unanswered is None else {self.acked, self.unanswered}


@dataclass
class Device:
    phone: Phone
    chance: random.Random
    sent: dict[str, Sent] = field(default_factory=dict)
    acked: int = 0
    repeated: int = 0

    async def tap(self, code: str, offers: list[str], evening_is_over: asyncio.Event) -> None:
        sequence = 0
        while not evening_is_over.is_set():
            sequence += 1
            open_offers = [
                key for key in offers if key not in self.sent or self.sent[key].unanswered is None
            ]
            offer = self.chance.choice(open_offers)
            knows = self.chance.choice(list(KNOWS))
            dots = self.sent.setdefault(offer, Sent())
            dots.unanswered = (KNOWS[knows], sequence)
            while not evening_is_over.is_set():
                try:
                    answer = await self.phone.post_json(
                        f"/e/{code}/dots", {"offer": offer, "knows": knows, "sequence": sequence}
                    )
                except OSError:
                    if self.chance.random() < 0.3 and len(open_offers) > 2:
                        break  # gives up; nobody will ever know
                    self.repeated += 1
                    await asyncio.sleep(0.05)
                    continue
                assert answer.status == 200, answer.body
                assert answer.json()["status"] == "counted", answer.body
                dots.acked, dots.unanswered = dots.unanswered, None
                self.acked += 1
                break
            await asyncio.sleep(self.chance.uniform(0, 2 * PAUSE_S))


async def an_evening(server: Server, devices: list[Device], offers: list[str]) -> None:
    """Taps throughout five kills. How long a start takes is measured by `make bench`."""
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
        secret = session.exec(select(Event)).one().device_secret

    async def everything() -> list[Device]:
        devices = [Device(Phone(server.port), random.Random(seed)) for seed in range(DEVICES)]
        for device in devices:
            assert (await device.phone.get(f"/e/{server.code}/1")).status == 200
        await an_evening(server, devices, offers)
        for device in devices:
            device.phone.close()
        return devices

    devices = finish(everything(), within_s=90)

    with server.reading() as session:
        stored = {
            (dot.device, dot.offer_key): (dot.knows, dot.sequence)
            for dot in session.exec(select(Dot))
        }
        rows = len(session.exec(select(Dot.device)).all())
    sent = {
        (hash_of(device.phone.token, secret), offer): dots
        for device in devices
        for offer, dots in device.sent.items()
    }
    acked = sum(device.acked for device in devices)
    assert rows == len(stored)
    assert stored.keys() - sent.keys() == set(), "stored, but never sent"
    wrong = {
        key: (stored.get(key), dots)
        for key, dots in sent.items()
        if stored.get(key) not in dots.possible
    }
    assert wrong == {}
    assert acked > 500, "need a busy hall for this test to mean anything"
    assert sum(device.repeated for device in devices) > KILLS, "the kills met nobody"
    totals = server.live()["totals"]
    assert (totals["yes"], totals["no"]) == (
        sum(knows is True for knows, _ in stored.values()),
        sum(knows is False for knows, _ in stored.values()),
    )
