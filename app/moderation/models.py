"""The journal as a table: who did what at the desks, in order."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel

from app.planning.models import this_minute


class Act(SQLModel, table=True):
    """One thing that a planner, moderator or host did. Written in the transaction of what was done."""

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})  # from 1
    at: datetime = Field(default_factory=this_minute)  # UTC, cut to the minute
    actor: str = Field(
        max_length=120
    )  # "planner Kim", "moderator 3", "host 12": role and name or number
    name: str = Field(max_length=40)  # "hiding", "merging", "phase", …
    subject: str = Field(default="", sa_type=Text)  # a card's, word's or offer's id or key
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # before and after
