"""The few facts every dot needs about its event, kept in memory until the event changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from sqlmodel import select

from app.changes import Change
from app.database import Database
from app.errors import Retired, Unknown
from app.people.devices import hash_of
from app.planning.codes import normal
from app.planning.models import Island, Offer
from app.planning.queries import event_by_code

REMEMBERED = 20_000  # devices an event


@dataclass(frozen=True, slots=True)
class OfferFacts:
    key: str
    island_number: int
    is_retired: bool


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What does not change while a dot is on its way; the phase may, so the ledger asks for it."""

    id: int
    code: str
    locale: str
    held_words: str | None  # the event's own list; None is the one we ship
    device_secret: bytes
    epoch: int
    offers: Mapping[str, OfferFacts]
    islands: Mapping[int, bool]  # number → is it retired
    _devices: dict[str, str] = field(default_factory=dict)  # as long as the secret lasts

    def device(self, token: str) -> str:
        """What stands for the device with this token at this event."""
        known = self._devices.get(token)
        if known is None:
            if len(self._devices) >= REMEMBERED:
                self._devices.clear()
            known = self._devices[token] = hash_of(token, self.device_secret)
        return known

    def offer(self, key: object) -> OfferFacts:
        """The offer of that key; Unknown or Retired otherwise."""
        found = self.offers.get(key) if isinstance(key, str) else None
        if found is None:
            raise Unknown
        if found.is_retired or self.islands[found.island_number]:
            raise Retired
        return found

    def island(self, number: int) -> int:
        """The number, if there is such an island; Unknown or Retired otherwise."""
        is_retired = self.islands.get(number)
        if is_retired is None:
            raise Unknown
        if is_retired:
            raise Retired
        return number


class Directory:
    """Event facts by join code. Told of every change by `Database.on_change`, on the writer's thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._facts: dict[str, EventFacts] = {}
        self._changes = 0
        self._lock = Lock()
        database.on_change.append(self._forget)

    def event(self, code: str) -> EventFacts:
        """The facts of the event with this code, however it was typed; Unknown otherwise."""
        code = normal(code)
        known = self.known(code)
        if known is not None:
            return known
        changes = self._changes
        facts = self._read(code)
        with self._lock:
            if changes == self._changes:  # else what was read may be old already
                self._facts[facts.code] = facts
        return facts

    def known(self, code: str) -> EventFacts | None:
        """Those in memory, of a code as we write it; waits for nothing."""
        return self._facts.get(code)

    def _forget(self, changes: list[Change]) -> None:
        changed = {change.event_id for change in changes if change.is_plan}
        if changed:
            with self._lock:
                self._changes += 1
                for code, facts in list(self._facts.items()):
                    if facts.id in changed:
                        del self._facts[code]

    def _read(self, code: str) -> EventFacts:
        with self._database.read() as session:
            event = event_by_code(session, code)
            assert event.id is not None
            offers = session.exec(select(Offer).where(Offer.event_id == event.id))
            islands = session.exec(select(Island).where(Island.event_id == event.id))
            return EventFacts(
                id=event.id,
                code=event.code,
                locale=event.locale,
                held_words=event.held_words,
                device_secret=event.device_secret,
                epoch=event.epoch,
                offers={
                    offer.key: OfferFacts(offer.key, offer.island_number, offer.is_retired)
                    for offer in offers
                },
                islands={island.number: island.is_retired for island in islands},
            )
