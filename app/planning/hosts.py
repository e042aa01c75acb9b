"""The invitations of the islands' hosts: one an island, shown again as often as it is wanted."""

from sqlmodel import Session, col, select

from app.errors import N_, NotAcceptable
from app.people.invitations import invite
from app.people.models import Invitation, Role
from app.planning.models import Event, Island, refuse_sealed
from app.planning.queries import islands_of

NO_SUCH_ISLAND = N_("Diese Insel gibt es nicht.")


def invite_host(session: Session, event: Event, island_number: int) -> Invitation:
    """A new invitation; NotAcceptable when there is no such island (any more)."""
    island = session.get(Island, (event.id, island_number))
    if island is None or island.is_retired:
        raise NotAcceptable(NO_SUCH_ISLAND, field="island")
    return invite(session, island.event_id, Role.host, island_number)


def invite_hosts(session: Session, event: Event) -> None:
    """An invitation for every island that has none. NotOpen once the event is sealed."""
    refuse_sealed(event)
    invited = host_invitations(session, event)
    for island in islands_of(session, event):
        if island.number not in invited:
            invite_host(session, event, island.number)


def host_invitations(session: Session, event: Event) -> dict[int, Invitation]:
    """Island number → its newest invitation that is still valid."""
    rows = session.exec(
        select(Invitation)
        .where(
            Invitation.event_id == event.id,
            Invitation.role == Role.host,
            col(Invitation.revoked_at).is_(None),
        )
        .order_by(col(Invitation.id))
    )
    return {row.island_number: row for row in rows if row.island_number is not None}
