"""Islands' pages and offers as they were rendered last: shown again as long as they are the same."""

import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from app.changes import Change
from app.database import Database
from app.feedback.access import Attendee, Sender
from app.feedback.commands import Command, PlaceDot
from app.feedback.phone import island_page, offer_fragment
from app.feedback.seen import Seen, seen
from app.planning.clock import clock_of
from app.planning.models import Event
from app.planning.queries import event_by_code
from app.web.headers import EVERYWHERE, ON_PAGES
from app.web.kept_page import KeptPage
from app.web.pages import PRIVATE, attendees_language
from app.web.tags import tag_of

K = TypeVar("K")
V = TypeVar("V")
EVENTS = 8  # whose pages are kept
PAGES, VISITORS = 1000, 1000  # kept of an event; a page takes about 20 KB

# What stands in a page that is kept where each visitor gets something of their own: no text has it by chance.
_SECONDS, _MINUTES, _SUBMISSION = (secrets.token_hex(12) for _ in range(3))
_GAPS = {f'"{_SECONDS}"': ("seconds", 6), _MINUTES: ("minutes", 4), _SUBMISSION: ("submission", 32)}
_PLAIN = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", PRIVATE["cache-control"].encode()),
    (b"vary", f"{PRIVATE['vary']}, accept-encoding".encode()),
    *EVERYWHERE,
    *ON_PAGES,
]
_PACKED = [*_PLAIN, (b"content-encoding", b"gzip")]


@dataclass(frozen=True, slots=True)
class KeptIsland:
    """`event` is a detached copy of its row, for the clock. `tag` is the language's (BCP 47)."""

    event: Event
    page: KeptPage
    tag: bytes

    def body(self, *, is_packed: bool) -> bytes:
        """For one visitor, now; `is_packed`: as gzip."""
        clock = clock_of(self.event)
        texts = {
            "seconds": b"%6d" % clock.remaining_s,
            "minutes": b"%4d" % clock.minutes,
            "submission": secrets.token_hex(16).encode(),
        }
        return self.page.filled(texts, is_packed=is_packed)

    def headers(self, *, is_packed: bool) -> list[tuple[bytes, bytes]]:
        """All but the length of the body."""
        return [*(_PACKED if is_packed else _PLAIN), (b"content-language", self.tag)]


@dataclass(slots=True)
class _KeptEvent:
    """Whoever renders takes hold of these before reading. What was changed meanwhile has been taken out of
    `KeptIslands` by then, or out of `visits`: so the old page is kept where nobody looks any more."""

    pages: dict[tuple[int, str, Seen], KeptIsland] = field(default_factory=dict)
    """By island, language and what is seen there."""
    offers: dict[tuple[str, str, bool | None, bool], Response] = field(default_factory=dict)
    """By offer, language, dot, and whether at a tablet. Each is sent many times: nobody may change it."""
    visits: dict[str | None, dict[tuple[int, str], KeptIsland]] = field(default_factory=dict)
    """Device → (island, language) → what it is shown until somebody does something; all of it is in
    `pages`, too, so that a crowd with a page each holds no more than these."""


class KeptIslands:
    """A change of the plan (`Change.is_plan`) drops an event's pages; after any other change the next visit
    of each device asks the database what is to be seen. Both are told by `Database.on_change`; what attendees
    send is no change there, and has to be told to `has_come`.

    Where there may be other nodes (PostgreSQL), every visit asks.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_alone = database.kind == "sqlite"
        self._events: dict[int, _KeptEvent] = {}
        self._lock = Lock()
        database.on_change.append(self._changed)

    def known(self, attendee: Attendee, number: int, language: str) -> KeptIsland | None:
        """What this visitor was shown last, if nothing has happened since; waits for nothing."""
        kept = self._events.get(attendee.event.id)
        visits = kept.visits.get(attendee.device) if kept and self._is_alone else None
        return visits.get((number, language)) if visits else None

    def read(self, request: Request, attendee: Attendee, number: int, language: str) -> KeptIsland:
        """What this visitor is to be shown now; asks the database, so call it from a thread. Raises Retired,
        and Unknown when the event is gone."""
        kept = self._kept(attendee.event.id)
        with self._lock:
            if len(kept.visits) >= VISITORS:
                kept.visits.clear()
            visits = kept.visits.setdefault(attendee.device, {})
        with self._database.read() as session:
            now = seen(session.connection(), attendee.event.id, attendee.device, number)
            key = (number, language, now)
            island = kept.pages.get(key)
            if island is None:
                event = event_by_code(session, attendee.event.code)
                gaps = {"clock": _AnyTime(event), "submission": _SUBMISSION}
                answer = island_page(request, session, event, attendee, number, instead=gaps)
                session.expunge(event)
                page = KeptPage(bytes(answer.body).decode(), _GAPS)
                island = KeptIsland(event, page, answer.headers["content-language"].encode())
                if island.tag != tag_of(language).encode():  # the plan says another one by now
                    return island
                self._keep(kept, kept.pages, key, island)
        visits[number, language] = island
        return island

    async def offer(
        self, request: Request, sender: Sender, key: str, knows: bool | None
    ) -> Response:
        """The offer as a fragment, with the dot that the device has there: `knows`. Raises Retired."""
        language = attendees_language(request, sender.event)
        kept, is_tablet = self._kept(sender.event.id), sender.tablet is not None
        offer = kept.offers.get((key, language, knows, is_tablet))
        if offer is None:
            offer = await offer_fragment(request, sender, key, knows)
            self._keep(kept, kept.offers, (key, language, knows, is_tablet), offer)
        return offer

    def has_come(self, command: Command) -> None:
        """To be called when a device's command has come to its end, whatever that was, and before it is
        answered."""
        kept = self._events.get(command.event_id)
        if kept is None:
            return
        with self._lock:
            if isinstance(command, PlaceDot):
                kept.visits.pop(command.device, None)
            else:  # others are told how many cards there are
                kept.visits.clear()

    def _changed(self, changes: list[Change]) -> None:
        with self._lock:
            for change in changes:
                if change.is_plan:
                    self._events.pop(change.event_id, None)
                elif change.event_id in self._events:
                    self._events[change.event_id].visits.clear()

    def _kept(self, event_id: int) -> _KeptEvent:
        with self._lock:
            if event_id not in self._events and len(self._events) >= EVENTS:
                del self._events[next(iter(self._events))]
            return self._events.setdefault(event_id, _KeptEvent())

    def _keep(self, kept: _KeptEvent, pages: dict[K, V], key: K, page: V) -> None:
        with self._lock:
            if len(pages) >= PAGES:
                pages.clear()
                kept.visits.clear()
            pages[key] = page


class _AnyTime:
    """In place of a page's clock: marks where the time that is left stands."""

    minutes = _MINUTES

    def __init__(self, event: Event) -> None:
        self._clock = clock_of(event)

    def as_dict(self) -> dict[str, object]:
        return self._clock.as_dict() | {"remaining_s": _SECONDS}
