"""Who asks, and at which event: every attendee's request starts here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, NotAllowed, Unknown
from app.feedback.models import Source
from app.people.devices import Devices
from app.people.tablets import Tablet, Tablets
from app.planning.codes import normal
from app.planning.directory import Directory, EventFacts
from app.web.refusals import refused


class NoDevice(NotAllowed):
    """The browser sent no (valid) device cookie; the answer brings one."""

    default = N_(
        "Ihr Browser hat das kleine Cookie nicht mitgeschickt, mit dem jedes Gerät nur einmal zählt. "
        "Bitte erlauben Sie Cookies für diese Seite, gehen Sie zurück und versuchen Sie es noch einmal."
    )


class TabletLeft(Unknown):
    """The event whose tablet this browser is was deleted."""

    default = N_("Diese Veranstaltung gibt es nicht mehr. Der Tablet-Modus ist beendet.")


@dataclass(frozen=True, slots=True)
class Attendee:
    """One anonymous device at one event; `device` is None before it has a cookie."""

    event: EventFacts
    device: str | None


@dataclass(frozen=True, slots=True)
class Sender:
    """An attendee who has a cookie, and so may send; at a `tablet` whoever stands there now."""

    event: EventFacts
    device: str
    tablet: Tablet | None = None

    @property
    def source(self) -> Source:
        return Source.phone if self.tablet is None else Source.tablet


def attendee_of(request: Request) -> Attendee:
    """Raises Unknown when there is no such event."""
    directory: Directory = request.state.directory
    devices: Devices = request.state.devices
    event = directory.event(request.path_params["code"])
    token = devices.token(request.headers.get("cookie", ""))
    return Attendee(event, event.device(token) if token else None)


def sender_of(state: Mapping[str, Any], code: str, cookies: str) -> Sender:
    """`state` is the server's. Raises Unknown when there is no such event, NoDevice without a cookie of
    ours in the header."""
    directory: Directory = state["directory"]
    devices: Devices = state["devices"]
    tablets: Tablets = state["tablets"]
    event = directory.event(code)
    tablet = tablets.at(cookies)
    if tablet is not None and tablet.code == event.code:
        return Sender(event, event.device(tablet.person), tablet)
    token = devices.token(cookies)
    if token is None:
        raise NoDevice
    return Sender(event, event.device(token))


def _sender_of(request: Request, code: str) -> Sender:
    return sender_of(request.scope["state"], code, request.headers.get("cookie", ""))


def sender_at_tablet(request: Request, code: str, number: int) -> Sender:
    """Whoever stands at this island's tablet. Raises NotAllowed for every other browser, TabletLeft when
    there is no such event any more."""
    tablets: Tablets = request.state.tablets
    tablet = tablets.at(request.headers.get("cookie", ""))
    if tablet is None or (tablet.code, tablet.island) != (normal(code), number):
        raise NotAllowed(N_("Dieses Gerät ist (nicht mehr) das Tablet dieser Insel."))
    try:
        return _sender_of(request, code)
    except Unknown:
        raise TabletLeft from None


AttendeeOf = Annotated[Attendee, Depends(attendee_of)]
SenderOf = Annotated[Sender, Depends(_sender_of)]
AtTabletOf = Annotated[Sender, Depends(sender_at_tablet)]


async def greet_stranger(request: Request, refusal: Exception) -> Response:
    """The answer to NoDevice says what to do and brings the cookie that was missing."""
    answer = refused(request, cast(NoDevice, refusal))
    devices: Devices = request.state.devices
    devices.greet(request, answer)
    return answer


async def free_tablet(request: Request, refusal: Exception) -> Response:
    """The answer to TabletLeft makes it a browser like any other: no PIN could be asked for any more."""
    answer = refused(request, cast(TabletLeft, refusal))
    tablets: Tablets = request.state.tablets
    tablets.forget(answer)
    return answer
