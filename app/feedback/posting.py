"""The way in for everything an attendee sends: a whole hall taps at once, so it stands in front of the
rest of the program, whose routing alone costs as much as a dot."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, NotAllowed, NotOpen, TooFast
from app.feedback.access import Sender, sender_of
from app.feedback.commands import Command
from app.feedback.kept_islands import KeptIslands
from app.feedback.ledger import Ledger
from app.feedback.limits import Limits, Rate
from app.people.tablets import Tablets
from app.web.bodies import body_of
from app.web.forms import Fields, fields_in
from app.web.headers import SecurityHeaders
from app.web.json_answer import ShortJson
from app.web.origin import FOREIGN, Origins
from app.web.refusals import Answers, answer_to


@dataclass(slots=True)
class Post:
    """What was sent, by somebody who may: own origin, known device, within the limits."""

    scope: Scope
    sender: Sender
    fields: Fields
    key: str  # in the path, a submission or a card's id; else ""
    wants: Literal["json", "fragment", "page"]

    @property
    def request(self) -> Request:
        """For pages and fragments. Its body was read already."""
        return Request(self.scope)

    async def enter(self, command: Command) -> Any:
        """See `Ledger.enter`."""
        ledger: Ledger = self.scope["state"]["ledger"]
        try:
            return await ledger.enter(command)
        finally:
            self.kept_islands.has_come(command)

    @property
    def kept_islands(self) -> KeptIslands:
        kept: KeptIslands = self.scope["state"]["kept_islands"]
        return kept


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a kind of post is taken, and how many of them a device may send."""

    take: Callable[[Post], Awaitable[ASGIApp]]
    rate: Rate


class Posts:
    """Takes `POST /e/{code}/{noun}` and `/e/{code}/{noun}/{key}/{verb}` for each (noun, verb) in `slots`,
    and hands everything else on. Stands outermost: it gives its answers their headers itself."""

    def __init__(
        self,
        app: ASGIApp,
        slots: Mapping[tuple[str, str], Slot],
        origins: Origins,
        answers: Answers,
    ) -> None:
        self.app = app
        self._slots = slots
        self._origins = origins
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            parts = scope["path"].rstrip("/").split("/")
            if len(parts) in (4, 6) and parts[1] in ("e", "E"):
                key, verb = parts[4:] or ("", "")
                slot = self._slots.get((parts[3], verb))
                if slot is not None:
                    await self._take(slot, parts[2], key, scope, receive, send)
                    return
        await self.app(scope, receive, send)

    async def _take(
        self, slot: Slot, code: str, key: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        scope["path_params"] = {"code": code}  # for the page that says why not
        answer: ASGIApp
        try:
            answer = await slot.take(await self._post(slot.rate, code, key, scope, receive))
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  there is an answer to every error
            answer = await answer_to(Request(scope), error, self._answers)
        if not isinstance(answer, ShortJson):  # that has its headers already
            answer = SecurityHeaders(answer)
        await answer(scope, receive, send)

    async def _post(self, rate: Rate, code: str, key: str, scope: Scope, receive: Receive) -> Post:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if not self._origins.has(scope, headers):
            raise NotAllowed(FOREIGN)
        state = scope["state"]
        cookies = headers.get(b"cookie", b"").decode("latin-1")
        sender = sender_of(state, code, cookies)
        limits: Limits = state["limits"]
        _take_turn(limits, state["tablets"], sender, rate)
        content_type = headers.get(b"content-type", b"")
        fields = fields_in(await body_of(receive, headers), content_type)
        if str(fields.get("epoch", sender.event.epoch)) != str(sender.event.epoch):
            raise NotOpen(N_("Die Veranstaltung hat seitdem neu begonnen: Das zählt nicht mehr."))
        return Post(scope, sender, fields, key, _wanted(headers, content_type))


def _take_turn(limits: Limits, tablets: Tablets, sender: Sender, rate: Rate) -> None:
    """Raises TooFast. A tablet is limited as one, whoever stands there; but each person has to come
    first, so that the last one's double tap is not theirs."""
    if sender.tablet is None:
        limits.take(sender.event.id, sender.device, rate)
        return
    locked_s = tablets.locked_s(sender.tablet)
    if locked_s:
        raise TooFast(
            N_("Einen Moment bitte, gleich geht es weiter."), retry_after_s=ceil(locked_s)
        )
    limits.take(sender.event.id, f"tablet {sender.tablet.id}", rate.for_tablets)


def _wanted(
    headers: Mapping[bytes, bytes], content_type: bytes
) -> Literal["json", "fragment", "page"]:
    if b"application/json" in headers.get(b"accept", b"") or content_type.startswith(
        b"application/json"
    ):
        return "json"
    return "fragment" if headers.get(b"hx-request") == b"true" else "page"
