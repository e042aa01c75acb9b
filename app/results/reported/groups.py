"""What planners have made of the cards: the groups of a report."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.results.followup.models import CardGroup, GroupedCard, Progress


@dataclass(frozen=True)
class ReportedGroup:
    """Cards that say the same, of one island or of several; `outcome`, `department` and `reason` may
    still be ""."""

    id: str
    title: str
    outcome: str
    department: str
    progress: Progress
    reason: str


def reported_groups(session: Session, event_id: int) -> tuple[ReportedGroup, ...]:
    """In the planners' order."""
    return tuple(
        ReportedGroup(
            id=group.id,
            title=group.title,
            outcome=group.outcome,
            department=group.department,
            progress=Progress(group.progress),
            reason=group.reason,
        )
        for group in session.exec(
            select(CardGroup)
            .where(CardGroup.event_id == event_id)
            .order_by(col(CardGroup.position), col(CardGroup.id))
        )
    )


def groups_of_cards(session: Session, event_id: int) -> dict[str, str]:
    """Card id → group id."""
    return dict(
        session.exec(
            select(GroupedCard.card_id, GroupedCard.group_id).where(
                GroupedCard.event_id == event_id
            )
        ).all()
    )
