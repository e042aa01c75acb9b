"""The desk: an event as somebody may steer it who was invited as a moderator, or is a planner."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from app.database import Database
from app.errors import N_, NotAllowed
from app.live.access import moderator_behind
from app.people.planners import actor_of
from app.people.sessions import planner_id_of, token_of
from app.planning.queries import event_by_code

BY_INVITATION = N_("Diese Seite ist für die Moderation. Bitte öffnen Sie Ihren Einladungslink.")


@dataclass(frozen=True, slots=True)
class Desk:
    event_id: int
    code: str
    actor: str  # for the journal


def desk_at(connection: HTTPConnection, code: str) -> Desk:
    """The one lookup for pages and sockets. Raises Unknown when there is no such event, NotAllowed for
    everybody not invited to it (any more)."""
    database: Database = connection.state.database
    with database.read() as session:
        event = event_by_code(session, code)
        assert event.id is not None
        invitation = moderator_behind(session, connection, event.id, event.code)
        if invitation is not None:
            return Desk(event.id, event.code, f"moderator {invitation.id}")
        planner_id = planner_id_of(session, token_of(connection))
        if planner_id is None:
            raise NotAllowed(BY_INVITATION)
        return Desk(event.id, event.code, actor_of(session, planner_id))


def desk_of(request: Request, code: str) -> Desk:
    return desk_at(request, code)


DeskOf = Annotated[Desk, Depends(desk_of)]
