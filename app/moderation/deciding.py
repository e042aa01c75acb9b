"""What a moderator decides about cards and words: approve, hide, restore, correct, highlight, undo.

Each act names the version it was decided on; a stale one changes nothing, so two moderators never
overwrite each other. Acts return what the journal keeps of them, which is never the text.
"""

from typing import Any, cast

from sqlmodel import Session

from app.errors import NotAcceptable, Stale, Unknown
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
) -> dict[str, Any]:
    """Approves, hides or restores a card or word; Unknown or Stale when that can't be."""
    return put(session, table, event_id, item_id, STATE_AFTER[act], version)


def put(
    session: Session,
    table: type[Card] | type[Word],
    event_id: int,
    item_id: str,
    state: State,
    version: int,
) -> dict[str, Any]:
    """Into whichever state, back to waiting too: how an act is undone. Unknown or Stale."""
    item = _seen(session, table, event_id, item_id, version)
    if isinstance(item, Word):  # what was merged with it shares its state, and is as stale
        for word in with_merged(session, item)[1:]:
            word.version += word.state != state
            word.state = state
            session.add(word)
    details = turn(item, state)
    session.add(item)
    raise_version(session, session.get_one(Event, event_id))
    return details


def turn(item: Card | Word, state: State) -> dict[str, Any]:
    """Decides on a row that was looked at; what is shown has to be told by who calls this."""
    if state == State.withdrawn:
        raise NotAcceptable(field="state")  # only who wrote it takes it back
    before = str(item.state)
    item.state = state
    item.version += 1
    return _of(item) | {"before": before, "after": str(state)}


def correct(
    session: Session, event_id: int, card_id: str, text: str, version: int
) -> dict[str, Any]:
    """A typing error or a name taken out of a card; Unknown or Stale when that can't be."""
    card = cast(Card, _seen(session, Card, event_id, card_id, version))
    card.text = cleaned_card(text)
    _save(session, card)
    return _of(card)


def highlight(
    session: Session, event_id: int, card_id: str, is_highlighted: bool, version: int
) -> dict[str, Any]:
    """Large on the walls, or as all others again; Unknown or Stale when that can't be."""
    card = cast(Card, _seen(session, Card, event_id, card_id, version))
    card.is_highlighted = is_highlighted
    _save(session, card)
    return _of(card) | {"after": is_highlighted}


def _seen(
    session: Session, table: type[Card] | type[Word], event_id: int, item_id: str, version: int
) -> Card | Word:
    item = cast(Card | Word | None, session.get(table, (event_id, item_id)))
    if item is None or item.state == State.withdrawn:
        raise Unknown
    if item.version != version:
        raise Stale
    return item


def _of(item: Card | Word) -> dict[str, Any]:
    if isinstance(item, Card):
        return {"of": "card", "island": item.island_number}
    return {"of": "word"}


def _save(session: Session, item: Card | Word) -> None:
    item.version += 1
    session.add(item)
    raise_version(session, session.get_one(Event, item.event_id))
