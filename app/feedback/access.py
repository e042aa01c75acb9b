"""Who asks, and at which event: every attendee's request starts here."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, NotAllowed
from app.people.devices import Devices
from app.planning.directory import Directory, EventFacts
from app.web.refusals import refused


class NoDevice(NotAllowed):
    """The browser sent no (valid) device cookie; the answer brings one."""

    default = N_(
        "Ihr Browser hat das kleine Cookie nicht mitgeschickt, mit dem jedes Gerät nur einmal zählt. "
        "Bitte erlauben Sie Cookies für diese Seite, gehen Sie zurück und versuchen Sie es noch einmal."
    )


@dataclass(frozen=True, slots=True)
class Attendee:
    """One anonymous device at one event; `device` is None before it has a cookie."""

    event: EventFacts
    device: str | None


@dataclass(frozen=True, slots=True)
class Sender:
    """An attendee who has a cookie, and so may send."""

    event: EventFacts
    device: str


def attendee_of(request: Request) -> Attendee:
    """Raises Unknown when there is no such event."""
    directory: Directory = request.state.directory
    devices: Devices = request.state.devices
    event = directory.event(request.path_params["code"])
    token = devices.token(request.headers.get("cookie", ""))
    return Attendee(event, event.device(token) if token else None)


def sender_of(directory: Directory, devices: Devices, code: str, cookies: str) -> Sender:
    """Raises Unknown when there is no such event, NoDevice without a cookie of ours in the header."""
    event = directory.event(code)
    token = devices.token(cookies)
    if token is None:
        raise NoDevice
    return Sender(event, event.device(token))


def _sender_of(request: Request, code: str) -> Sender:
    state = request.state
    return sender_of(state.directory, state.devices, code, request.headers.get("cookie", ""))


AttendeeOf = Annotated[Attendee, Depends(attendee_of)]
SenderOf = Annotated[Sender, Depends(_sender_of)]


async def greet_stranger(request: Request, refusal: Exception) -> Response:
    """The answer to NoDevice says what to do and brings the cookie that was missing."""
    answer = refused(request, cast(NoDevice, refusal))
    devices: Devices = request.state.devices
    devices.greet(request, answer)
    return answer
