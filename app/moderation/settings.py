"""What a moderator sets for the whole evening: who looks at a text first, and which words wait."""

from typing import Any

from sqlmodel import Session

from app.errors import N_, NotAcceptable
from app.feedback.filter import entries_of
from app.planning.journal import Details
from app.planning.models import Approval, Event
from app.planning.versions import raise_version

MOST_ENTRIES = 1_000
LONGEST_ENTRY = 60


def set_approval(
    session: Session, event_id: int, cards: Approval | None, words: Approval | None
) -> Details:
    """None leaves it as it is. What waits already goes on waiting for its moderator."""
    event = session.get_one(Event, event_id)
    details: dict[str, Any] = {}
    if cards is not None and cards != event.card_approval:
        event.card_approval = cards
        details["cards"] = str(cards)
    if words is not None and words != event.word_approval:
        event.word_approval = words
        details["words"] = str(words)
    if not details:
        return None
    session.add(event)
    raise_version(session, event)
    return details


def set_held_words(session: Session, event_id: int, listed: str | None) -> Details:
    """The event's own list, an entry a line; None is the one we ship. Raises NotAcceptable."""
    event = session.get_one(Event, event_id)
    entries = None if listed is None else entries_of(listed)
    if entries is not None and len(entries) > MOST_ENTRIES:
        raise NotAcceptable(
            N_("Die Wortliste ist zu lang: höchstens 1000 Zeilen."), field="held_words"
        )
    if entries is not None and any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise NotAcceptable(
            N_("Eine Zeile der Wortliste ist zu lang: höchstens 60 Zeichen."), field="held_words"
        )
    stored = None if entries is None else "\n".join(entries)
    if stored == event.held_words:
        return None
    event.held_words = stored
    session.add(event)
    raise_version(session, event, is_plan=True)  # the directory forgets the list it knew
    return {"entries": None if entries is None else len(entries)}
