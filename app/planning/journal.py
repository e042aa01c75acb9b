"""The journal: who did what, told in order; to the plan before the day, and at the desks."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, Session, SQLModel, col, func, select

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


PLAN, COPYING = OF_THE_PLAN = ("plan", "copying")
"""Acts that a rehearsal does not take along at its end, as little as the plan."""

Details = dict[str, Any] | None
"""What the journal keeps of an act, as JSON takes it; None when nothing was changed. Never a text that
somebody sent: that goes when it is withdrawn."""


def record(
    session: Session, event_id: int, actor: str, name: str, subject: str = "", **details: Any
) -> None:
    """To be called in the transaction of the act itself: no act without its line, no line without."""
    record_all(session, event_id, actor, name, [(subject, details)])


def record_all(
    session: Session,
    event_id: int,
    actor: str,
    name: str,
    told: Sequence[tuple[str, dict[str, Any]]],
) -> None:
    """A line for each subject with its details, in their order."""
    last = session.exec(select(func.max(col(Act.number))).where(Act.event_id == event_id)).one()
    session.add_all(
        Act(
            event_id=event_id,
            number=number,
            actor=actor,
            name=name,
            subject=subject,
            details=details,
        )
        for number, (subject, details) in enumerate(told, (last or 0) + 1)
    )


def act_and_record(
    session: Session,
    event_id: int,
    actor: str,
    name: str,
    subject: str,
    act: Callable[..., Details],
    *values: Any,
    **named: Any,
) -> Details:
    """Runs `act(session, …)` and, if it changed anything, writes its line."""
    details = act(session, *values, **named)
    if details is not None:
        record(session, event_id, actor, name, subject, **details)
    return details


def journal(
    session: Session, event_id: int, most: int = 200, before: int | None = None
) -> list[Act]:
    """The latest acts, newest first; `before` the one of that number."""
    acts = select(Act).where(Act.event_id == event_id)
    if before is not None:
        acts = acts.where(Act.number < before)
    return list(session.exec(acts.order_by(col(Act.number).desc()).limit(most)))
