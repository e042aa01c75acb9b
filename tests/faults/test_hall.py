"""A whole hall behind one address."""

import asyncio
import random
from collections import Counter
from copy import copy

import pytest
from sqlmodel import select

from app.planning.models import Offer
from tests.conftest import StartServer
from tests.faults.tapping import Device, wrong_rows
from tests.faults.test_overload import devices_at, offers_of, tap
from tests.phones import Phone
from tests.running import finish
from tests.soaking import times

PHONES = 500
HASTY = 250
HALLS = times(1, 30)


def test_500_phones_open_their_page_and_set_their_first_dot_from_one_address(
    start_server: StartServer,
) -> None:
    """L01: 500 come within 5 s, no 429 and no 5xx. L02: first dots within 2 s, all acked, exact."""
    server = start_server(limits=True)
    with server.reading() as session:
        offers = [(offer.key, offer.island_number) for offer in session.exec(select(Offer))]
    chance = random.Random(1)
    choices = [(*chance.choice(offers), chance.choice(["yes", "no"])) for _ in range(PHONES)]

    async def arrive(phone: Phone, island: int, after_s: float) -> int:
        await asyncio.sleep(after_s)
        return (await phone.get(f"/e/{server.code}/{island}")).status

    async def tap(phone: Phone, offer: str, knows: str, after_s: float) -> int:
        await asyncio.sleep(after_s)
        answer = await phone.post_form(f"/e/{server.code}/dots", {"offer": offer, "knows": knows})
        return answer.status

    async def evening() -> tuple[Counter[int], Counter[int]]:
        phones = [Phone(server.port) for _ in range(PHONES)]
        opened = await asyncio.gather(
            *(
                arrive(phone, island, chance.uniform(0, 5))
                for phone, (_, island, _) in zip(phones, choices, strict=True)
            )
        )
        tapped = await asyncio.gather(
            *(
                tap(phone, offer, knows, chance.uniform(0, 2))
                for phone, (offer, _, knows) in zip(phones, choices, strict=True)
            )
        )
        for phone in phones:
            phone.close()
        return Counter(opened), Counter(tapped)

    opened, tapped = finish(evening())

    assert (opened, tapped) == ({200: PHONES}, {303: PHONES})
    expected = Counter((offer, knows) for offer, _, knows in choices)
    state = server.live()
    assert {
        (offer["key"], knows): offer[knows]
        for island in state["islands"]
        for offer in island["offers"]
        for knows in ("yes", "no")
        if offer[knows]
    } == expected
    assert state["devices"] == PHONES


@pytest.mark.slow
def test_only_the_device_that_taps_too_fast_is_slowed(start_on_both: StartServer) -> None:
    """L07: one of 300 on the same address sends on many connections at once."""
    server = start_on_both()
    offers = offers_of(server)

    async def hammer(device: Device) -> list[int]:
        """On five connections, each at an offer of its own."""
        device.phone.close()
        hands = [Device(copy(device.phone), device.chance, device.sent) for _ in range(5)]
        statuses = await asyncio.gather(*(tap_all(hand, n) for n, hand in enumerate(hands)))
        return [status for each in statuses for status in each]

    async def tap_all(hand: Device, number: int) -> list[int]:
        statuses = [await tap(server, hand, offers[number], n) for n in range(1, HASTY // 5 + 1)]
        hand.phone.close()
        return statuses

    async def tap_a_little(device: Device) -> list[int]:
        return [await tap(server, device, offer, 1) for offer in device.chance.sample(offers, 5)]

    async def evening() -> tuple[list[Device], list[list[int]]]:
        devices = await devices_at(server, 300)
        hasty, *others = devices
        statuses = await asyncio.gather(hammer(hasty), *(tap_a_little(each) for each in others))
        for device in devices:
            device.phone.close()
        return devices, statuses

    devices: list[Device] = []
    for _ in range(HALLS):
        here, (hasty, *others) = finish(evening())
        devices += here
        assert {status for each in others for status in each} == {200}
        assert set(hasty) == {200, 429}
        assert 40 <= hasty.count(200) < HASTY

    with server.reading() as session:
        wrong, counted = wrong_rows(session, devices)
    assert wrong == {}
    assert server.live()["totals"]["yes"] == counted[True]


@pytest.mark.parametrize("path", ["cards", "words"])
def test_the_seventh_text_within_a_minute_is_too_fast(start_server: StartServer, path: str) -> None:
    server = start_server(limits=True, phase="cloud")
    phone = server.phone(headers={"accept": "application/json"})

    def send() -> tuple[int, str | None]:
        fields = {"text": "Mehr Bänke", "island": "1"} if path == "cards" else {"text": "gut"}
        answer = phone.post(f"/e/{server.code}/{path}", data=fields)
        return answer.status_code, answer.headers.get("retry-after")

    answers = [send() for _ in range(7)]

    assert answers[6][0] == 429
    assert 1 <= int(answers[6][1] or 0) <= 10
    assert 429 not in [status for status, _ in answers[:6]]
