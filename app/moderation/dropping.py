"""What is dropped for good at the end: what nobody decided on, and, in time, what was hidden.

Who supported a card, its place in a group and the spellings of a word go with it: rows that refer to it.
"""

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from app.feedback.models import Card, Entry, State, Word
from app.planning.models import Event
from app.planning.versions import raise_version


def drop_undecided(session: Session, event_id: int) -> None:
    """What nobody decided on is dropped, and so is what is left of withdrawn cards and words."""
    _drop_cards(session, event_id, {State.waiting, State.withdrawn})
    _drop_words(session, event_id, {State.waiting})
    session.exec(delete(Entry).where(col(Entry.event_id) == event_id, col(Entry.word_id).is_(None)))


def _drop_cards(session: Session, event_id: int, states: set[State]) -> int:
    dropped = session.exec(
        select(Card.id).where(Card.event_id == event_id, col(Card.state).in_(states))
    ).all()
    session.exec(delete(Card).where(col(Card.event_id) == event_id, col(Card.id).in_(dropped)))
    return len(dropped)


def _drop_words(session: Session, event_id: int, states: set[State]) -> int:
    """With all that were merged into them: of those the state of the one word counts that is shown."""
    shown_as = shown_words(session, event_id)
    rows = session.exec(select(Word.id, Word.state).where(Word.event_id == event_id)).all()
    leading = {id for id, state in rows if state in states}
    dropped = [id for id, shown in shown_as.items() if shown in leading]
    session.exec(delete(Word).where(col(Word.event_id) == event_id, col(Word.id).in_(dropped)))
    return len(dropped)


def shown_words(session: Session, event_id: int) -> dict[str, str]:
    """Each word's id → that of the word it counts for."""
    words = session.exec(select(Word.id, Word.merged_into).where(Word.event_id == event_id))
    return {id: merged_into or id for id, merged_into in words}


def forget_hidden(session: Session, event_id: int) -> bool:
    """What is hidden is gone for good; that it was hidden stays in the journal. For a sealed event: its
    devices are counted already. Whether there was anything."""
    hidden = {State.hidden}
    is_any = _drop_cards(session, event_id, hidden) + _drop_words(session, event_id, hidden) > 0
    if is_any:
        raise_silently(session, event_id)
    return is_any


def raise_silently(session: Session, event_id: int, *, is_plan: bool = False) -> None:
    """Desks shall look again, but the results are those of the last real change."""
    event = session.get_one(Event, event_id)
    changed_at = event.changed_at
    raise_version(session, event, is_plan=is_plan)
    session.execute(update(Event).where(col(Event.id) == event.id).values(changed_at=changed_at))
