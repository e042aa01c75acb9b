"""What may become of a group of cards: an event's own list, or ours that goes with its card question."""

import re

from sqlmodel import Session

from app.errors import N_, NotAcceptable, Stale
from app.feedback.text import cleaned
from app.planning.models import Event
from app.results.followup.telling import tell

MOST_OUTCOMES = 20
OUTCOME_GRAPHEMES = 60
TO_MAKE_KNOWN = {
    "de": ["Material", "Digital", "Multiplikator*innen", "Persönliche Ansprache", "Sonstiges"],
    "en": ["Material", "Digital", "Multipliers", "In person", "Other"],
}
WHAT_IS_MISSING = {
    "de": [
        "Gibt es schon (Maßnahmensteckbrief)",
        "Befristet (Verlängerung empfehlen)",
        "Fehlt (Handlungsempfehlung)",
    ],
    "en": ["Exists already (fact sheet)", "Temporary (extend it)", "Missing (recommendation)"],
}
_ASKS_WHAT_IS_MISSING = re.compile(r"fehl|brauch|missing|lack|need", re.IGNORECASE)


def outcomes_of(event: Event) -> list[str]:
    """In their order; never empty. An event without a list of its own has the usual one for what its
    card question asks: how to make offers known, or what is missing. In the event's language."""
    if event.outcomes:
        return event.outcomes
    is_missing = _ASKS_WHAT_IS_MISSING.search(event.card_question)
    usual = WHAT_IS_MISSING if is_missing else TO_MAKE_KNOWN
    return usual.get(event.locale.partition("-")[0], usual["de"])


def as_outcomes(text: str) -> list[str] | None:
    """A line each, without empty and doubled ones; None, which is the usual list, when there is none.
    Raises NotAcceptable."""
    lines = [
        cleaned(
            line,
            most_graphemes=OUTCOME_GRAPHEMES,
            field="outcomes",
            too_long=N_("Ein Ergebnis ist zu lang: höchstens 60 Zeichen."),
            may_be_empty=True,
        )
        for line in text.splitlines()[: MOST_OUTCOMES * 5]
    ]
    outcomes = list(dict.fromkeys(line for line in lines if line))
    if len(outcomes) > MOST_OUTCOMES:
        raise NotAcceptable(N_("Höchstens 20 Ergebnisse."), field="outcomes")
    return outcomes or None


def write_outcomes(session: Session, event_id: int, actor: str, text: str, seen: str) -> None:
    """The event's list, a line each; groups keep what they have. Raises Stale, NotAcceptable."""
    event = session.get_one(Event, event_id)
    if "\n".join(outcomes_of(event)) != "\n".join(seen.splitlines()):
        raise Stale
    event.outcomes = as_outcomes(text)
    session.add(event)
    tell(session, event_id, actor, "outcomes", entries=len(outcomes_of(event)))
