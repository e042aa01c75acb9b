"""What may become of a group of cards: an event's own list, or ours that goes with its card question."""

import re

from app.errors import N_, NotAcceptable
from app.feedback.text import cleaned
from app.planning.models import Event

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
