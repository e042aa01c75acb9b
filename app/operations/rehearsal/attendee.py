"""A simulated attendee, who comes, walks around, taps, changes their mind, and writes."""

import asyncio
import json
from contextlib import suppress
from random import Random
from time import perf_counter

from app.operations.rehearsal.corpus import some_card, some_words
from app.operations.rehearsal.hall import Hall
from app.operations.rehearsal.operation import Operation
from app.operations.rehearsal.phone import Phone
from app.operations.rehearsal.socket import follow

FEWEST_ISLANDS, MOST_ISLANDS = 4, 8
ANSWERS = 0.92  # of the offers they stand in front of
CHANGES_MIND = 0.08
WITHDRAWS = 0.03
WRITES_CARD = 0.25  # an island
SAYS_WORD = 0.85
MOST_TEXTS = 5  # the server takes six at once from one device
MOST_DOTS = 38  # the server takes forty at once from one device


class Attendee:
    """Taps and texts are bounded, so that nobody is refused however short the evening is."""

    def __init__(self, phone: Phone, hall: Hall, chance: Random) -> None:
        self._phone = phone
        self._hall = hall
        self._timetable = hall.timetable
        self._chance = chance
        self._insight = chance.gauss(0, 0.15)  # some know more than others
        self._dots_left = MOST_DOTS
        self._texts_left = MOST_TEXTS
        self._cloud_is_open = asyncio.Event()

    async def attend(self) -> None:
        """The whole evening; returns when it is over, or a last answer later."""
        await self._timetable.until(self._timetable.arrival(self._chance))
        hall = self._hall
        listening = asyncio.create_task(
            follow(
                hall.address, f"/e/{hall.code}/ws", receive=self._hear, connected=self._connected
            )
        )
        try:
            await self._walk()
            await self._talk()
            await self._timetable.until(self._timetable.end)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            await self._phone.close()

    def _hear(self, message: str) -> None:
        if json.loads(message).get("phase") == "cloud":
            self._cloud_is_open.set()

    def _connected(self) -> None:
        self._hall.connections += 1

    async def _walk(self) -> None:
        path = f"/e/{self._hall.code}"
        page = await self._phone.open(path)
        if page is None:
            return
        if not page.island_numbers:
            self._hall.missing(path, "link to an island")
        wanted = self._chance.randint(FEWEST_ISLANDS, MOST_ISLANDS)
        stops = self._chance.sample(page.island_numbers, min(wanted, len(page.island_numbers)))
        for position, number in enumerate(stops):
            left_s = self._timetable.cafe_until - perf_counter()
            if left_s > 0:
                await self._visit(number, 0.95 * left_s / (len(stops) - position))

    async def _visit(self, island: int, time_s: float) -> None:
        path = f"/e/{self._hall.code}/{island}"
        page = await self._phone.open(path)
        if page is None:
            return
        if not page.dot_forms:
            self._hall.missing(path, "form for a dot")
        offers = [offer for offer in page.dot_forms if self._chance.random() < ANSWERS]
        pause_s = time_s / (len(offers) + 1)
        for offer in offers:
            await self._timetable.pause(pause_s * self._chance.uniform(0.5, 1.3))
            await self._answer(island, offer)
        if self._chance.random() < WRITES_CARD and self._may_write():
            await self._timetable.pause(pause_s * self._chance.uniform(0.5, 1.3))
            sent = await self._phone.write_card(island, some_card(self._chance))
            await self._perhaps_take_back(sent)

    async def _answer(self, island: int, offer: str) -> None:
        knows = self._chance.random() < self._hall.awareness(offer) + self._insight
        await self._tap(island, offer, "yes" if knows else "no")
        if self._chance.random() < CHANGES_MIND:
            await self._tap(island, offer, "no" if knows else "yes")
        if self._chance.random() < WITHDRAWS:
            await self._tap(island, offer, "withdraw")

    async def _tap(self, island: int, offer: str, knows: str) -> None:
        if self._dots_left and perf_counter() < self._timetable.end:
            self._dots_left -= 1
            await self._phone.tap(island, offer, knows)

    async def _talk(self) -> None:
        """Waits until the phone says that the cloud is open, then sends one or two words."""
        left_s = self._timetable.end - perf_counter()
        try:
            await asyncio.wait_for(self._cloud_is_open.wait(), left_s)
        except TimeoutError:
            return
        if self._chance.random() > SAYS_WORD:
            return
        left_s = self._timetable.end - perf_counter()
        await self._timetable.pause(left_s * self._chance.uniform(0, 0.6))
        if await self._phone.open(f"/e/{self._hall.code}") is None:
            return
        for word in some_words(self._chance, self._chance.choice((1, 2))):
            if self._may_write():
                await self._perhaps_take_back(await self._phone.say_word(word))
                await self._timetable.pause(left_s * self._chance.uniform(0.02, 0.15))

    async def _perhaps_take_back(self, sent: Operation | None) -> None:
        if sent and self._chance.random() < WITHDRAWS and self._may_write():
            await self._phone.take_back(sent)

    def _may_write(self) -> bool:
        if self._texts_left == 0 or perf_counter() >= self._timetable.end:
            return False
        self._texts_left -= 1
        return True
