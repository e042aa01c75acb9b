"""Who may look after an island: its host, or whoever may steer the whole event."""

import time
from dataclasses import dataclass
from typing import Annotated

from anyio import from_thread
from fastapi import Depends, Path, Request

from app.database import Database
from app.errors import N_, NotAllowed, Retired, Unknown
from app.live.hub import Hub
from app.live.tally import IslandTally
from app.moderation.access import desk_of
from app.moderation.hosting import HostDesk
from app.people.models import Role
from app.people.sessions import host_cookie, invitation_behind, token_of
from app.planning.models import Island
from app.planning.queries import event_by_code

BY_INVITATION = N_(
    "Diese Seite ist für die Gastgeber*innen dieser Insel. Bitte öffnen Sie Ihren Einladungslink."
)
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]  # what a database takes for an integer


def host_desk_of(request: Request, code: str, number: Number) -> HostDesk:
    """Raises Unknown when there is no such event or island, Retired when the island is no more in the
    plan, NotAllowed for everybody not invited to this island."""
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, code)
        assert event.id is not None
        invitation = invitation_behind(session, token_of(request, host_cookie(event.code, number)))
        is_host = (
            invitation is not None
            and invitation.role == Role.host
            and (invitation.event_id, invitation.island_number) == (event.id, number)
        )
        actor = f"host {number}" if is_host else _steering(request, code)
        island = session.get(Island, (event.id, number))
        if island is None:
            raise Unknown
        if island.is_retired:
            raise Retired
        return HostDesk(event.id, event.code, number, actor)


def _steering(request: Request, code: str) -> str:
    try:
        return desk_of(request, code).actor
    except NotAllowed:
        raise NotAllowed(BY_INVITATION) from None


HostDeskOf = Annotated[HostDesk, Depends(host_desk_of)]


@dataclass(frozen=True, slots=True)
class Numbers:
    """An island's numbers, and the event's version that they are of."""

    island: IslandTally
    version: int


async def numbers_of(request: Request, desk: HostDeskOf) -> Numbers:
    """From where the walls have theirs. Raises Unknown."""
    hub: Hub = request.state.hub
    tally = await hub.room(desk.event_id).tally()
    for island in tally.islands if tally else ():
        if tally and island.number == desk.island:
            return Numbers(island, tally.version)
    raise Unknown


def numbers_after(request: Request, desk: HostDesk) -> Numbers:
    """With what was just stored in them, so that the answer need not be read again at once; for a thread
    of the pool. After a second of waiting, as they are."""
    database: Database = request.state.database
    with database.read() as session:
        stored = event_by_code(session, desk.code).version
    numbers: Numbers = from_thread.run(numbers_of, request, desk)
    deadline = time.monotonic() + 1
    while numbers.version < stored and time.monotonic() < deadline:
        time.sleep(0.02)
        numbers = from_thread.run(numbers_of, request, desk)
    return numbers


NumbersOf = Annotated[Numbers, Depends(numbers_of)]
