"""What a simulated attendee did, and what the server said to it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    page = "page"
    dot = "dot"
    card = "card"
    card_withdrawal = "card_withdrawal"
    word = "word"
    word_withdrawal = "word_withdrawal"


class Fate(StrEnum):
    """`unanswered`: it may have been stored or not. Whoever sent it can't know."""

    acknowledged = "acknowledged"
    refused = "refused"
    unanswered = "unanswered"


@dataclass(slots=True)
class Operation:
    """One dot, card or word with all its repetitions, which carry the same submission or sequence.

    A device does one thing after another, so a list of operations is in each device's own order.
    Times are seconds of one steady clock. `version` is the first state of the event that shows a
    dot, if the answer said so. `contradiction` is what an answer said that was not sent.
    """

    device: int
    kind: Kind
    island: int | None = None
    offer: str | None = None
    knows: str | None = None  # "yes", "no", "withdraw"
    text: str = ""
    submission: str = ""
    fate: Fate = Fate.unanswered
    attempts: int = 0
    status: int | None = None
    sent_at: float = 0.0  # the last attempt
    answered_at: float | None = None
    version: int | None = None
    contradiction: str = ""
