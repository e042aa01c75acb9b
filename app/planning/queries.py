"""Events and what belongs to them, as everybody looks them up, without what was retired."""

from sqlmodel import Session, col, select

from app.errors import N_, Unknown
from app.planning.codes import is_code, normal
from app.planning.models import Contact, Event, Island, Offer, Phase

UNKNOWN_CODE = N_("Diesen Code kennen wir nicht. Bitte vergleichen Sie ihn mit dem Plakat.")
UNKNOWN_EVENT = N_("Diese Veranstaltung gibt es nicht.")


def event_by_code(session: Session, code: str) -> Event:
    """However the code is typed: capitals, spaces and hyphens don't matter. Raises Unknown."""
    code = normal(code)
    event = session.exec(select(Event).where(Event.code == code)).first() if is_code(code) else None
    if event is None:
        raise Unknown(UNKNOWN_CODE, field="code")
    return event


def event_by_key(session: Session, key: str) -> Event:
    """Raises Unknown."""
    event = session.exec(select(Event).where(Event.key == key)).first()
    if event is None:
        raise Unknown(UNKNOWN_EVENT)
    return event


def event_by_key_or_code(session: Session, text: str) -> Event:
    """A key wins over a code that is spelt the same. Raises Unknown."""
    try:
        return event_by_key(session, text)
    except Unknown:
        return event_by_code(session, text)


def next_event(session: Session) -> Event | None:
    """The newest that is not over."""
    return session.exec(
        select(Event).where(Event.phase != Phase.closed).order_by(col(Event.id).desc()).limit(1)
    ).first()


def is_running(event: Event) -> bool:
    """Whether people send to it, and it is no rehearsal."""
    return event.phase in (Phase.cafe, Phase.cloud) and not event.is_rehearsal


def planned(session: Session, event: Event) -> dict[int | str, Island | Offer]:
    """Islands by number and offers by key, those that were retired too: for their texts."""
    islands = session.exec(select(Island).where(Island.event_id == event.id))
    offers = session.exec(select(Offer).where(Offer.event_id == event.id))
    return {island.number: island for island in islands} | {offer.key: offer for offer in offers}


def islands_of(session: Session, event: Event) -> list[Island]:
    """In the plan's order."""
    return list(
        session.exec(
            select(Island)
            .where(Island.event_id == event.id, col(Island.is_retired).is_(False))
            .order_by(col(Island.position), col(Island.number))
        )
    )


def offers_of(session: Session, event: Event, island_number: int | None = None) -> list[Offer]:
    """Of one island or of all, in the plan's order: island by island."""
    offers = (
        select(Offer)
        .join(Island)
        .where(
            Offer.event_id == event.id,
            col(Offer.is_retired).is_(False),
            col(Island.is_retired).is_(False),
        )
        .order_by(col(Island.position), col(Offer.position), col(Offer.key))
    )
    if island_number is not None:
        offers = offers.where(Offer.island_number == island_number)
    return list(session.exec(offers))


def contacts_of(session: Session, event: Event, island_number: int | None = None) -> list[Contact]:
    """Of one island or of all, in the plan's order: island by island."""
    contacts = (
        select(Contact)
        .join(Island)
        .where(Contact.event_id == event.id, col(Island.is_retired).is_(False))
        .order_by(col(Island.position), col(Contact.position))
    )
    if island_number is not None:
        contacts = contacts.where(Contact.island_number == island_number)
    return list(session.exec(contacts))
