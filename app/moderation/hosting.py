"""What a host does for an island: decides on its cards, and writes its key sentence and note for the harvest.

Each act names the version it was decided on and leaves its line in the journal.
"""

from dataclasses import dataclass

from sqlmodel import Session

from app.errors import Stale, Unknown
from app.feedback.models import Card
from app.feedback.text import cleaned_key_sentence, cleaned_note
from app.moderation.deciding import correct, decide
from app.moderation.journal import record
from app.planning.models import Event, Island
from app.planning.versions import raise_version


@dataclass(frozen=True, slots=True)
class HostDesk:
    """An island as somebody may look after it."""

    event_id: int
    code: str
    island: int
    actor: str  # for the journal


def decide_on_card(session: Session, desk: HostDesk, card_id: str, act: str, version: int) -> None:
    """Approves, hides or restores a card of the island; Unknown or Stale when that can't be."""
    card = _card_of(session, desk, card_id)
    before = str(card.state)
    decide(session, Card, desk.event_id, card_id, act, version)
    _record(session, desk, act, card_id, of="card", before=before, after=str(card.state))


def correct_card(session: Session, desk: HostDesk, card_id: str, text: str, version: int) -> None:
    """Unknown or Stale when that can't be."""
    _card_of(session, desk, card_id)
    correct(session, desk.event_id, card_id, text, version)
    _record(session, desk, "correction", card_id, of="card")


def write_harvest(
    session: Session, desk: HostDesk, key_sentence: str, note: str, version: int
) -> None:
    """Stale when another host wrote meanwhile; NotAcceptable for texts that are too long."""
    sentence, note = cleaned_key_sentence(key_sentence), cleaned_note(note)
    island = session.get_one(Island, (desk.event_id, desk.island))
    if island.harvest_version != version:
        raise Stale
    if (island.key_sentence, island.note) == (sentence, note):
        return
    island.key_sentence, island.note = sentence, note
    island.harvest_version += 1
    session.add(island)
    raise_version(session, session.get_one(Event, desk.event_id))
    _record(session, desk, "harvest", str(desk.island))


def _card_of(session: Session, desk: HostDesk, card_id: str) -> Card:
    """Unknown when it hangs at another island."""
    card = session.get(Card, (desk.event_id, card_id))
    if card is None or card.island_number != desk.island:
        raise Unknown
    return card


def _record(session: Session, desk: HostDesk, name: str, subject: str, **details: str) -> None:
    record(session, desk.event_id, desk.actor, name, subject, island=desk.island, **details)
