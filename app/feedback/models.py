"""Dots, cards, supports and words as tables. `device` is a hash keyed with the event's
secret, 128 bits in base64 (`people.devices.hash_of`)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    TableClause,
    Text,
    UniqueConstraint,
    column,
    table,
)
from sqlmodel import Field, SQLModel


class State(StrEnum):
    waiting = "waiting"
    approved = "approved"
    hidden = "hidden"
    withdrawn = "withdrawn"


class Source(StrEnum):
    """Where a dot or card came from. Paper cards are typed by a host; paper dots are `PaperCount`s."""

    phone = "phone"
    tablet = "tablet"
    paper = "paper"


NOBODY = ""
"""In place of a device: of a card that came on paper, and of every card once the event is sealed."""


class Dot(SQLModel, table=True):
    """What one device says of one offer. `knows` is None once taken back: the row stays, so that a tap
    that was queued before the withdrawal can't come back to life (`sequence` rises on one device)."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "offer_key"], ["offer.event_id", "offer.key"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    event_id: int = Field(primary_key=True)
    device: str = Field(primary_key=True, max_length=22)
    offer_key: str = Field(primary_key=True, max_length=80)
    knows: bool | None = None
    sequence: int = Field(sa_type=BigInteger)
    source: Source = Field(default=Source.phone, sa_type=String(10))


class PaperCount(SQLModel, table=True):
    """Dots counted by hand at an offer, as absolute numbers."""

    __tablename__ = "paper_count"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "offer_key"], ["offer.event_id", "offer.key"], ondelete="CASCADE"
        ),
    )

    event_id: int = Field(primary_key=True)
    offer_key: str = Field(primary_key=True, max_length=80)
    yes: int = 0
    no: int = 0
    version: int = 1


class SealedDots(SQLModel, table=True):
    """What the dots at an offer came to when the event was sealed; the dots themselves are gone."""

    __tablename__ = "sealed_dots"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "offer_key"], ["offer.event_id", "offer.key"], ondelete="CASCADE"
        ),
    )

    event_id: int = Field(primary_key=True)
    offer_key: str = Field(primary_key=True, max_length=80)
    source: Source = Field(primary_key=True, sa_type=String(10))
    yes: int
    no: int


class SealedIsland(SQLModel, table=True):
    """How many devices had been at an island when the event was sealed."""

    __tablename__ = "sealed_island"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "island_number"], ["island.event_id", "island.number"], ondelete="CASCADE"
        ),
    )

    event_id: int = Field(primary_key=True)
    island_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    devices: int


class Card(SQLModel, table=True):
    """A suggestion. `arrival` is the event's version it came with: an order that is no time of day.
    `version` is raised by every act on the card, so that two moderators never overwrite each other."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "island_number"], ["island.event_id", "island.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["event_id", "offer_key"], ["offer.event_id", "offer.key"], ondelete="CASCADE"
        ),
        UniqueConstraint("event_id", "device", "submission"),
    )

    event_id: int = Field(primary_key=True)
    id: str = Field(primary_key=True, max_length=16)
    island_number: int
    offer_key: str | None = Field(default=None, max_length=80)
    text: str = Field(sa_type=Text)  # "" once withdrawn
    state: State = Field(sa_type=String(10))
    is_highlighted: bool = False
    version: int = 1
    arrival: int = Field(sa_type=BigInteger)
    received_at: datetime  # UTC, cut to the minute
    device: str = Field(max_length=22)  # or NOBODY
    submission: str = Field(max_length=64)
    source: Source = Field(default=Source.phone, sa_type=String(10))


class Support(SQLModel, table=True):
    """One device finds one card of somebody else right, too."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "card_id"], ["card.event_id", "card.id"], ondelete="CASCADE"
        ),
    )

    event_id: int = Field(primary_key=True)
    card_id: str = Field(primary_key=True, max_length=16)
    device: str = Field(primary_key=True, max_length=22)


class Word(SQLModel, table=True):
    """A word of the cloud: all spellings that mean the same (`cloud.normalise.key_of`), moderated as one.
    A merged one counts for the word it was merged into, which is never a merged one itself.
    x, y (its middle) and size are its place in the 1600 × 900 picture; None until it was laid out."""

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    id: str = Field(primary_key=True, max_length=16)  # derived from `key`
    key: str = Field(sa_type=Text)
    state: State = Field(sa_type=String(10))
    merged_into: str | None = Field(default=None, max_length=16)  # a word's id
    renamed: str | None = Field(default=None, sa_type=Text)  # shown instead of a spelling sent
    version: int = 1
    arrival: int = Field(sa_type=BigInteger)
    x: float | None = None
    y: float | None = None
    size: float | None = None


class Entry(SQLModel, table=True):
    """What one device sent for the cloud, as it was spelt."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "word_id"], ["word.event_id", "word.id"], ondelete="CASCADE"
        ),
        Index(None, "event_id", "word_id"),
    )

    event_id: int = Field(primary_key=True)
    device: str = Field(primary_key=True, max_length=22)
    submission: str = Field(primary_key=True, max_length=64)
    word_id: str | None = Field(max_length=16)  # None, and no text, once withdrawn
    text: str = Field(sa_type=Text)
    arrival: int = Field(sa_type=BigInteger)


FROM_DEVICES = (Dot, Card, Support, Entry)
"""Whose rows name the device they came from."""


def _below_event(name: str) -> TableClause:
    return table(name, column("event_id", Integer))


SENT = tuple(
    map(_below_event, "grouped_card card_group support card entry word dot paper_count".split())
)
"""What people sent and what was made of it, who refers to others first. By name, since some of it is at
home in rooms above."""
OF_THE_DAY = (*SENT, _below_event("photo"))
"""All that a rehearsal leaves, and all that makes an event a real one."""
