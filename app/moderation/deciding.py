"""What a moderator decides about cards and words: approve, hide, restore, correct.

Each act names the version it was decided on; a stale one changes nothing, so two moderators never
overwrite each other.
"""

from typing import cast

from sqlmodel import Session

from app.errors import Stale, Unknown
from app.feedback.models import Card, State, Word
from app.feedback.text import cleaned_card
from app.moderation.curating import with_merged
from app.planning.models import Event
from app.planning.versions import raise_version

STATE_AFTER = {
    "approval": State.approved,
    "hiding": State.hidden,
    "restoration": State.approved,
}


def decide(
    session: Session,
    table: type[Card] | type[Word],
    event_id: int,
    item_id: str,
    act: str,
    version: int,
) -> None:
    """Approves, hides or restores a card or word; Unknown or Stale when that can't be."""
    item = cast(Card | Word | None, session.get(table, (event_id, item_id)))
    if item is None or item.state == State.withdrawn:
        raise Unknown
    state = STATE_AFTER[act]
    if item.version != version:
        raise Stale
    if isinstance(item, Word):  # what was merged with it shares its state
        for word in with_merged(session, item):
            word.state = state
            session.add(word)
    item.state = state
    _save(session, item)


def correct(session: Session, event_id: int, card_id: str, text: str, version: int) -> None:
    """A typing error or a name taken out of a card; Unknown or Stale when that can't be."""
    card = session.get(Card, (event_id, card_id))
    if card is None or card.state == State.withdrawn:
        raise Unknown
    if card.version != version:
        raise Stale
    card.text = cleaned_card(text)
    _save(session, card)


def _save(session: Session, item: Card | Word) -> None:
    item.version += 1
    session.add(item)
    raise_version(session, session.get_one(Event, item.event_id))
