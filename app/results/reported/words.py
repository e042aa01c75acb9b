"""The words of a report, and where they stood on the wall."""

from dataclasses import dataclass

from sqlmodel import Session

from app.cloud.layout import SHOWN
from app.cloud.place import Place
from app.feedback.models import State
from app.feedback.spellings import SpeltWord, most_frequent_words, spelt_words


@dataclass(frozen=True)
class ReportedVariant:
    text: str
    count: int  # devices


@dataclass(frozen=True)
class ReportedWord:
    """`count` is the number of devices that sent the word. Who sent it in two spellings counts once
    here and in both `variants` (most frequent first), so these may add up to more."""

    word: str
    count: int
    variants: tuple[ReportedVariant, ...]


@dataclass(frozen=True)
class CloudWord:
    """A word of the picture. `place` is None as long as nobody has laid it out."""

    id: str
    text: str
    count: int
    place: Place | None


def reported_words(session: Session, event_id: int) -> tuple[ReportedWord, ...]:
    """Approved words, most frequent first, of equals the earliest first, as on the wall."""
    return tuple(
        ReportedWord(
            word=spelt.text,
            count=spelt.count,
            variants=tuple(
                ReportedVariant(text, count)
                for text, count in sorted(
                    spelt.spellings.items(), key=lambda spelling: (-spelling[1], spelling[0])
                )
            ),
        )
        for spelt in spelt_words(session, event_id)
        if spelt.word.state == State.approved
    )


def reported_cloud(session: Session, event_id: int, until: int | None) -> tuple[CloudWord, ...]:
    """The words on the wall, most frequent first. `until`: see Event.cloud_frozen_at."""
    words, _count = most_frequent_words(session, event_id, SHOWN, until)
    return tuple(
        CloudWord(spelt.word.id, spelt.text, spelt.count, _place_of(spelt)) for spelt in words
    )


def _place_of(spelt: SpeltWord) -> Place | None:
    x, y, size = spelt.word.x, spelt.word.y, spelt.word.size
    if x is None or y is None or size is None:
        return None
    return Place(spelt.word.id, x, y, size)
