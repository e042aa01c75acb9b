"""What an attendee can ask for, and what is answered once it is stored.

`epoch` is the event's, as `device` was hashed with: what comes from before a new secret is not taken.
Nobody changes them; but they are made by the thousand, and frozen ones take three times as long to make.
"""

from dataclasses import dataclass, field
from typing import Literal

from app.feedback.models import Source, State


@dataclass(slots=True)
class _Sent:
    event_id: int
    device: str
    epoch: int = field(kw_only=True)


@dataclass(slots=True)
class PlaceDot(_Sent):
    """`knows` None takes the dot back. Without a `sequence`, the order of arrival decides."""

    offer_key: str
    knows: bool | None
    sequence: int | None = None
    source: Source = Source.phone


@dataclass(slots=True)
class SubmitCard(_Sent):
    """`otherwise` is the submission instead, should the first be known with another text: neither may
    vanish behind the other. None where that can only be a repetition."""

    submission: str
    island_number: int
    offer_key: str | None
    text: str
    is_held: bool
    source: Source = Source.phone
    otherwise: str | None = None


@dataclass(slots=True)
class WithdrawCard(_Sent):
    submission: str


@dataclass(slots=True)
class SupportCard(_Sent):
    card_id: str
    supports: bool


@dataclass(slots=True)
class SubmitWord(_Sent):
    submission: str
    text: str
    key: str
    word_id: str
    is_held: bool


@dataclass(slots=True)
class WithdrawWord(_Sent):
    submission: str


Command = PlaceDot | SubmitCard | WithdrawCard | SupportCard | SubmitWord | WithdrawWord


@dataclass(slots=True)
class DotReceipt:
    """What is stored now; `version` is the first state of the event that shows it."""

    status: Literal["counted", "superseded"]
    offer: str
    knows: bool | None
    sequence: int
    version: int


@dataclass(slots=True)
class TextReceipt:
    """A card or word as it is stored now."""

    submission: str
    state: State
    version: int


@dataclass(slots=True)
class SupportReceipt:
    card_id: str
    supports: bool
    version: int


Receipt = DotReceipt | TextReceipt | SupportReceipt


@dataclass(slots=True)
class DotMoved:
    """One device's dot on one offer, before and after; None is no dot."""

    offer_key: str
    device: str
    source: Source
    before: bool | None
    after: bool | None


@dataclass(slots=True)
class Committed:
    """What one transaction changed at one event. `version` is exactly one more than before.
    Everything but dots is told as `has_texts`: whoever shows it reads it again."""

    event_id: int
    version: int
    dots: tuple[DotMoved, ...]
    has_texts: bool
