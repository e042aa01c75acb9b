"""The journal: what was done at the desks, told in order."""

from typing import Any

from sqlmodel import Session, col, func, select

from app.moderation.models import Act


def record(
    session: Session, event_id: int, actor: str, name: str, subject: str = "", **details: Any
) -> None:
    """To be called in the transaction of the act itself: no act without its line, no line without."""
    last = session.exec(select(func.max(col(Act.number))).where(Act.event_id == event_id)).one()
    session.add(
        Act(
            event_id=event_id,
            number=(last or 0) + 1,
            actor=actor,
            name=name,
            subject=subject,
            details=details,
        )
    )


def journal(session: Session, event_id: int, most: int = 200) -> list[Act]:
    """The latest acts, newest first."""
    return list(
        session.exec(
            select(Act).where(Act.event_id == event_id).order_by(col(Act.number).desc()).limit(most)
        )
    )
