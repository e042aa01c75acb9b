"""The checker of FAULTS.md for dots: devices that remember what was acknowledged, and what may be either."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, select

from app.feedback.models import Dot
from app.people.devices import hash_of
from app.planning.models import Event
from tests.phones import Answer, Phone

KNOWS = {"yes": True, "no": False, "withdraw": None}
PAUSE_S = 0.05  # 40 devices, 20 dots a second each, less what an answer takes: about 500 a second


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
    put_off: int = 0
    ports: tuple[int, ...] = ()  # other nodes, where there are any

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
                    answer = await self._post(
                        f"/e/{code}/dots", {"offer": offer, "knows": knows, "sequence": sequence}
                    )
                except OSError:
                    self._move()
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

    async def _post(self, path: str, fields: dict[str, Any]) -> Answer:
        """Raises OSError also for a 503, and a proxy's 502: nothing is promised, it is sent again as by the
        page."""
        answer = await self.phone.post_json(path, fields)
        if answer.status in (502, 503):
            is_ours = answer.headers.get("server") != "Caddy"
            assert not is_ours or answer.headers["retry-after"]
            self.put_off += 1
            raise OSError
        return answer

    def _move(self) -> None:
        """What a load balancer does: to the next node, without asking who it was."""
        if self.ports:
            self.phone.close()
            self.phone.port = self.chance.choice(self.ports)


def wrong_rows(
    session: Session, devices: Iterable[Device]
) -> tuple[dict[Any, Any], Counter[bool | None]]:
    """Rows that are not what was acknowledged, or that nobody sent, each with what there should be; and
    how many dots say what. Every acknowledged one is there exactly once: the key is (device, offer)."""
    secret = session.exec(select(Event)).one().device_secret
    stored = {
        (dot.device, dot.offer_key): (dot.knows, dot.sequence) for dot in session.exec(select(Dot))
    }
    sent = {
        (hash_of(device.phone.token, secret), offer): dots
        for device in devices
        for offer, dots in device.sent.items()
    }
    nobodys = dict.fromkeys(stored.keys() - sent.keys(), "never sent")
    wrong = {
        key: (stored.get(key), dots)
        for key, dots in sent.items()
        if stored.get(key) not in dots.possible
    }
    return nobodys | wrong, Counter(knows for knows, _ in stored.values())
