"""A whole hall behind one address."""

import asyncio
import random
from collections import Counter

import pytest
from sqlmodel import select

from app.planning.models import Offer
from tests.conftest import StartServer
from tests.phones import Phone
from tests.running import finish

PHONES = 500


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


def test_only_the_device_that_taps_too_fast_is_slowed(start_server: StartServer) -> None:
    """L07 in short: one phone hammers, another one on the same address is served."""
    server = start_server(limits=True)
    hasty, calm = server.phone(), server.phone()
    json = {"accept": "application/json"}
    dot = {"offer": "sozialnavigator", "knows": "yes"}

    answers = [hasty.post(f"/e/{server.code}/dots", data=dot, headers=json) for _ in range(60)]
    others = [calm.post(f"/e/{server.code}/dots", data=dot, headers=json) for _ in range(5)]

    statuses = [answer.status_code for answer in answers]
    assert statuses[:40] == [200] * 40
    assert set(statuses) == {200, 429}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["content-type"] == "application/problem+json"
    assert [answer.status_code for answer in others] == [200] * 5


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
