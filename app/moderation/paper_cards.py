"""Cards written on paper: a host types them in on somebody's behalf.

They belong to no device: neither are they the host's own, nor does anybody count as a device for them.
"""

import secrets
from hashlib import sha256

from sqlmodel import Session, select

from app.errors import N_, NotAcceptable, Retired, Unknown
from app.feedback.models import NOBODY, Card, Source, State
from app.feedback.text import cleaned_card
from app.moderation.hosting import HostDesk
from app.moderation.paper import refuse_closed
from app.planning.journal import record
from app.planning.models import Event, Offer, this_minute
from app.planning.versions import raise_version


def type_in_card(
    session: Session, desk: HostDesk, text: str, offer_key: str | None, submission: str
) -> str:
    """Hangs up a card at the island, since its host has read it; returns its id. The same submission
    again changes nothing, unless it comes with another text: then that is the next card.

    Raises NotOpen before the café and once the event is sealed, Unknown and Retired for an offer that is
    not (any more) planned, NotAcceptable for another island's and for a text that is no card.
    """
    known = _sent(session, desk, submission)
    if known is not None and known.text != (cleaned := cleaned_card(text)):
        submission = sha256(f"{submission} {cleaned}".encode()).hexdigest()[:32]
        known = _sent(session, desk, submission)
    if known is not None:
        return known.id
    event = session.get_one(Event, desk.event_id)
    refuse_closed(event)
    if offer_key is not None:
        _refuse_foreign(session, desk, offer_key)
    cleaned = cleaned_card(text)
    raise_version(session, event)
    card = Card(
        event_id=desk.event_id,
        id=secrets.token_hex(6),
        island_number=desk.island,
        offer_key=offer_key,
        text=cleaned,
        state=State.approved,
        arrival=event.version,
        received_at=this_minute(),
        device=NOBODY,
        submission=submission,
        source=Source.paper,
    )
    session.add(card)
    record(session, desk.event_id, desk.actor, "paper-card", card.id, of="card", island=desk.island)
    return card.id


def _sent(session: Session, desk: HostDesk, submission: str) -> Card | None:
    return session.exec(
        select(Card).where(
            Card.event_id == desk.event_id, Card.device == NOBODY, Card.submission == submission
        )
    ).first()


def _refuse_foreign(session: Session, desk: HostDesk, key: str) -> None:
    offer = session.get(Offer, (desk.event_id, key))
    if offer is None:
        raise Unknown
    if offer.island_number != desk.island:
        raise NotAcceptable(N_("Das Angebot gehört zu einer anderen Insel."), field="offer")
    if offer.is_retired:
        raise Retired
