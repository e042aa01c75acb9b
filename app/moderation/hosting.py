"""What a host does for an island: decides on its cards, and writes its key sentence and note for the harvest.

Each act names the version it was decided on and leaves its line in the journal.
"""

from dataclasses import dataclass

from sqlmodel import Session

from app.errors import Stale, Unknown
from app.feedback.models import Card
from app.feedback.text import cleaned_key_sentence, cleaned_note
from app.moderation.deciding import correct, decide
from app.planning.journal import record
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
    _refuse_foreign(session, desk, card_id)
    details = decide(session, Card, desk.event_id, card_id, act, version)
    record(session, desk.event_id, desk.actor, act, card_id, **details)


def correct_card(session: Session, desk: HostDesk, card_id: str, text: str, version: int) -> None:
    """Unknown or Stale when that can't be."""
    _refuse_foreign(session, desk, card_id)
    details = correct(session, desk.event_id, card_id, text, version)
    record(session, desk.event_id, desk.actor, "correction", card_id, **details)


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
    number = desk.island
    record(session, desk.event_id, desk.actor, "harvest", str(number), island=number)


def _refuse_foreign(session: Session, desk: HostDesk, card_id: str) -> None:
    """Unknown for a card that hangs at another island."""
    card = session.get(Card, (desk.event_id, card_id))
    if card is None or card.island_number != desk.island:
        raise Unknown
