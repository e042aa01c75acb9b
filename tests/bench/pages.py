"""Islands as phones ask for them, half of which have placed dots, against an empty answer of FastAPI."""

import html
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.planning.plan import PlannedIsland
from app.planning.plan_reading import read_plan
from tests.bench.dots import devices, ours_on_sqlite
from tests.bench.load import Request, Subject
from tests.bench.plain import plain
from tests.running import EXAMPLE, Server

DEVICES = 64
AGAIN = 4  # of them are looked at when all is over, too
_PRESSED = re.compile(r'id="offer-([^"]+)-(yes|no)"[^>]* aria-pressed="true"')
_OFFER = re.compile(r'<article class="offer[^"]*" id="offer-([^"]+)"')

Dots = dict[str, str]
"""Offer → yes or no, of one device."""


@contextmanager
def visited(folder: Path) -> Iterator[list[Subject]]:
    """Empty, ours."""
    islands = read_plan(EXAMPLE.read_bytes()).islands
    with plain("empty", folder) as empty, ours_on_sqlite(folder / "pages") as server:
        cookies = devices(server, DEVICES)
        phones = [_phone(server, cookie) for cookie in cookies]
        placed = [
            _place(server, phone, islands, number) if number % 2 else {}
            for number, phone in enumerate(phones)
        ]
        sizes = [
            _checked(server, phone, island, dots)
            for phone, dots in zip(phones, placed, strict=True)
            for island in islands
        ]
        asked = [
            Request("GET", f"/e/{server.code}/{island.number}", cookie)
            for cookie in cookies
            for island in islands
        ]
        ours = Subject("our island, compressed", server.port, asked, sum(sizes) / len(sizes))
        nothing = [Request("GET", "/", cookie) for cookie in cookies]
        yield [Subject("empty answer of FastAPI", empty, nothing), ours]
        for phone, dots in zip(phones[:AGAIN], placed[:AGAIN], strict=True):
            for island in islands:
                _checked(server, phone, island, dots)


def _place(server: Server, phone: httpx.Client, islands: list[PlannedIsland], number: int) -> Dots:
    """Every other offer."""
    offers = [offer.key for island in islands for offer in island.offers]
    dots = {
        key: "yes" if (number + place) % 3 else "no"
        for place, key in enumerate(offers)
        if (number // 2 + place) % 2
    }
    for offer, knows in dots.items():
        fields = {"offer": offer, "knows": knows}
        phone.post(f"/e/{server.code}/dots", json=fields).raise_for_status()
    return dots


def _checked(server: Server, phone: httpx.Client, island: PlannedIsland, dots: Dots) -> int:
    """How many bytes its body has on the way. Ends the run unless it is this island as this device has it."""
    answer = phone.get(f"/e/{server.code}/{island.number}")
    offers = [offer.key for offer in island.offers]
    expected = {offer: dots[offer] for offer in offers if offer in dots}
    is_right = (
        answer.status_code == 200
        and answer.headers["content-encoding"] == "gzip"
        and f"<title>{island.number} {island.title}" in html.unescape(answer.text)
        and _OFFER.findall(answer.text) == offers
        and dict(_PRESSED.findall(answer.text)) == expected
    )
    if not is_right:
        sys.exit(f"island {island.number} is not as it should be:\n{answer.text}")
    return answer.num_bytes_downloaded


def _phone(server: Server, cookie: str) -> httpx.Client:
    return server.client(headers={"accept-encoding": "gzip"}, cookies={"device": cookie})
