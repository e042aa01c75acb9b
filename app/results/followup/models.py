"""What planners make of the cards afterwards, as tables: groups, and what becomes of each."""

from enum import StrEnum

from sqlalchemy import ForeignKeyConstraint, String, Text
from sqlmodel import Field, SQLModel


class Progress(StrEnum):
    open = "open"
    checked = "checked"
    planned = "planned"
    done = "done"
    not_possible = "not_possible"


class CardGroup(SQLModel, table=True):
    """Cards that say the same. `outcome` is one of the event's list, `reason` says why the progress is
    what it is. `version` is raised by every change of these, so that two planners never overwrite each
    other; which cards are in it is another matter."""

    __tablename__ = "card_group"

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    id: str = Field(primary_key=True, max_length=16)
    position: int
    title: str = Field(sa_type=Text)
    outcome: str = Field(default="", sa_type=Text)
    department: str = Field(default="", sa_type=Text)
    progress: Progress = Field(default=Progress.open, sa_type=String(20))
    reason: str = Field(default="", sa_type=Text)
    version: int = 1


class GroupedCard(SQLModel, table=True):
    """A card is in one group at most."""

    __tablename__ = "grouped_card"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "card_id"], ["card.event_id", "card.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["event_id", "group_id"], ["card_group.event_id", "card_group.id"], ondelete="CASCADE"
        ),
    )

    event_id: int = Field(primary_key=True)
    card_id: str = Field(primary_key=True, max_length=16)
    group_id: str = Field(max_length=16)
