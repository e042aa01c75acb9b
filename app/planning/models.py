"""Series, event, islands, contacts and offers as tables. Every row below an event leads with its event."""

import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, LargeBinary, String, Text
from sqlmodel import Field, SQLModel

from app.errors import N_, NotOpen
from app.web.catalogue import SIMPLE, SOURCE

TextsInOtherLanguages = dict[str, dict[str, str]]
"""{"en": {"title": "…"}, "simple": {"description": "…"}}: the plan's `title_en`, `description_simple`."""


def this_minute() -> datetime.datetime:
    """Now, in UTC, cut to the minute: no finer time is ever stored."""
    return datetime.datetime.now(datetime.UTC).replace(second=0, microsecond=0)


class Phase(StrEnum):
    setup = "setup"
    cafe = "cafe"
    cloud = "cloud"
    closed = "closed"


class SceneName(StrEnum):
    join = "join"  # type: ignore[assignment]  # hides str.join, which no scene needs
    overview = "overview"
    island = "island"
    cards = "cards"
    cloud = "cloud"
    top = "top"
    harvest = "harvest"
    thanks = "thanks"


class Approval(StrEnum):
    """Whether a text is shown at once, unless the filter holds it, or after a moderator's approval."""

    first = "first"
    at_once = "at_once"


class Series(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=80)
    title: str = Field(sa_type=Text)
    organiser: str = Field(default="", sa_type=Text)
    accent: str = Field(default="", max_length=7)  # "#0f766e"; "" is ours
    texts: TextsInOtherLanguages = Field(default_factory=dict, sa_type=JSON)


class Logo(SQLModel, table=True):
    """The organiser's, for posters and documentation. A row, so that backup and deletion see one file."""

    series_id: int = Field(primary_key=True, foreign_key="series.id", ondelete="CASCADE")
    media_type: str = Field(max_length=40)
    content: bytes = Field(sa_type=LargeBinary)


class SeriesDate(SQLModel, table=True):
    __tablename__ = "series_date"

    series_id: int = Field(primary_key=True, foreign_key="series.id", ondelete="CASCADE")
    date: datetime.date = Field(primary_key=True)
    district: str = Field(primary_key=True, max_length=200)


class Event(SQLModel, table=True):
    """One day in one district, with everything about it that changes while it runs.

    `version` is raised in the same transaction as every change of what a wall or phone shows, and
    `changed_at` with it. `epoch` is raised with every new `device_secret`: what was sent by a device of
    an older epoch is not taken any more.
    """

    __table_args__ = {"sqlite_autoincrement": True}  # a deleted event's number is nobody else's

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id", index=True)
    key: str = Field(unique=True, max_length=80)
    code: str = Field(unique=True, max_length=6)
    title: str = Field(sa_type=Text)
    district: str = Field(default="", sa_type=Text)
    place: str = Field(default="", sa_type=Text)
    date: datetime.date
    locale: str = Field(default="de", max_length=10)
    cafe_minutes: int = 75
    expected_attendees: int = 80
    attendees: int | None = None  # counted at the door
    institutions: int | None = None
    know_question: str = Field(sa_type=Text)
    card_question: str = Field(sa_type=Text)
    word_question: str = Field(sa_type=Text)
    introduction: str = Field(default="", sa_type=Text)
    conclusion: str = Field(default="", sa_type=Text)
    outcomes: list[str] | None = Field(default=None, sa_type=JSON)  # of groups; None: our own list
    texts: TextsInOtherLanguages = Field(default_factory=dict, sa_type=JSON)

    version: int = 1
    changed_at: datetime.datetime = Field(default_factory=this_minute)
    phase: Phase = Field(default=Phase.setup, sa_type=String(10))
    is_rehearsal: bool = False
    is_paused: bool = False
    is_revealed: bool = True
    has_curtain: bool = False
    scene_name: SceneName = Field(default=SceneName.overview, sa_type=String(10))
    scene_island: int | None = None
    clock_remaining_s: int = 4500  # at `clock_started_at`, or now while the clock stands
    clock_started_at: float | None = None  # seconds since the epoch; None while the clock stands
    clock_round_s: int | None = None  # length of a round; None when people walk freely
    card_approval: Approval = Field(default=Approval.first, sa_type=String(10))
    word_approval: Approval = Field(default=Approval.at_once, sa_type=String(10))
    held_words: str | None = Field(
        default=None, sa_type=Text
    )  # a line each; None: the list we ship
    cloud_frozen_at: int | None = Field(
        default=None, sa_type=BigInteger
    )  # the version it was frozen
    device_secret: bytes = Field(sa_type=LargeBinary)
    epoch: int = 1
    wifi_name: str = Field(default="", sa_type=Text)
    wifi_password: str = Field(default="", sa_type=Text)
    closed_at: datetime.datetime | None = None  # when it was closed last; UTC, cut to the minute
    sealed_at: datetime.datetime | None = None
    sealed_devices: int | None = None  # how many there were, once none can be told from another


def refuse_sealed(event: Event) -> None:
    """NotOpen once the event is sealed: it is over for good."""
    if event.sealed_at is not None:
        raise NotOpen(N_("Diese Veranstaltung ist versiegelt und wird nicht wieder geöffnet."))


class Island(SQLModel, table=True):
    """`number` is printed on the poster and never changes; `position` is its place in lists.
    `key_sentence` and `note` are the host's, for the harvest; `harvest_version` rises with them."""

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int
    title: str = Field(sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    texts: TextsInOtherLanguages = Field(default_factory=dict, sa_type=JSON)
    is_retired: bool = False
    key_sentence: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    harvest_version: int = 1


def _of_island() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["event_id", "island_number"], ["island.event_id", "island.number"], ondelete="CASCADE"
    )


class Contact(SQLModel, table=True):
    __table_args__ = (_of_island(),)

    event_id: int = Field(primary_key=True)
    island_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text)
    url: str = Field(default="", sa_type=Text)
    mail: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    texts: TextsInOtherLanguages = Field(default_factory=dict, sa_type=JSON)


class Offer(SQLModel, table=True):
    """`key` identifies the same offer across the events of a series."""

    __table_args__ = (_of_island(),)

    event_id: int = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=80)
    island_number: int
    position: int
    title: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    scope: str = Field(default="city", max_length=10)  # "city" | "district"
    texts: TextsInOtherLanguages = Field(default_factory=dict, sa_type=JSON)
    is_retired: bool = False


def said_in(row: Any, field: str, language: str) -> str:
    """The key in `row.texts` of a text for who reads `language`, "" for the language it was planned in.
    Where nothing is simple, German comes next."""
    wishes = (SIMPLE, SOURCE) if language == SIMPLE else (language,)
    return next((wish for wish in wishes if row.texts.get(wish, {}).get(field)), "")


def localized(row: Any, field: str, language: str) -> str:
    """A row's text in `language`, else in the language it was planned in."""
    key = said_in(row, field, language)
    text: str = row.texts[key][field] if key else getattr(row, field)
    return text
