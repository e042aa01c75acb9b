"""What planners say of a group: what it is called, what becomes of it, where it stands.

Every act names the version of the group it was decided on; a stale one changes nothing, so two planners never
overwrite each other.
"""

import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import update
from sqlmodel import Session, col, delete, func, select

from app.errors import N_, NotAcceptable, Stale
from app.feedback.text import cleaned, cleaned_note
from app.planning.models import Event
from app.results.followup.models import CardGroup, GroupedCard, Progress
from app.results.followup.outcomes import outcomes_of
from app.results.followup.telling import tell

MOST_GROUPS = 100
TITLE_GRAPHEMES = 120


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What is said of a group, as typed."""

    title: str
    outcome: str
    department: str
    progress: Progress
    reason: str


def new_group(session: Session, event_id: int, title: str) -> str:
    """Its id; it is the last one, and told of by whoever moves cards into it. Raises NotAcceptable."""
    count, last = session.exec(
        select(func.count(), func.max(CardGroup.position)).where(CardGroup.event_id == event_id)
    ).one()
    if count >= MOST_GROUPS:
        raise NotAcceptable(N_("Mehr als 100 Gruppen gehen nicht."), field="to")
    group = CardGroup(
        event_id=event_id,
        id=secrets.token_hex(6),
        position=0 if last is None else last + 1,
        title=_cleaned_title(title),
    )
    session.add(group)
    session.flush()
    return group.id


def change_group(
    session: Session, event_id: int, actor: str, group_id: str, facts: GroupFacts, version: int
) -> None:
    """Raises Stale, also when the group is gone; NotAcceptable."""
    group = _seen(session, event_id, group_id, version)
    if facts.outcome not in {"", group.outcome, *outcomes_of(session.get_one(Event, event_id))}:
        raise NotAcceptable(field="outcome")
    group.title = _cleaned_title(facts.title)
    group.outcome = facts.outcome
    group.department = _cleaned_line(facts.department, "department")
    group.progress = facts.progress
    group.reason = cleaned_note(facts.reason)
    group.version += 1
    tell(session, event_id, actor, "group-change", group_id, progress=str(group.progress))


def place_group(
    session: Session,
    event_id: int,
    actor: str,
    group_id: str,
    direction: Literal["up", "down"],
    version: int,
) -> None:
    """One place up or down; at the end nothing happens. Raises Stale."""
    _seen(session, event_id, group_id, version)
    order = _order(session, event_id)
    at = order.index(group_id)
    to = at + {"up": -1, "down": 1}[direction]
    if not 0 <= to < len(order):
        return
    order.insert(to, order.pop(at))
    for position, id in enumerate(order):
        row = update(CardGroup).where(col(CardGroup.event_id) == event_id, col(CardGroup.id) == id)
        session.execute(row.values(position=position))
    tell(session, event_id, actor, "group-place", group_id)


def dissolve_group(
    session: Session, event_id: int, actor: str, group_id: str, version: int
) -> None:
    """Its cards are in none afterwards. Raises Stale."""
    group = _seen(session, event_id, group_id, version)
    session.exec(
        delete(GroupedCard).where(
            col(GroupedCard.event_id) == event_id, col(GroupedCard.group_id) == group_id
        )
    )
    session.delete(group)
    tell(session, event_id, actor, "group-dissolving", group_id)


def _cleaned_title(text: str) -> str:
    return cleaned(
        text,
        most_graphemes=TITLE_GRAPHEMES,
        field="title",
        too_long=N_("Der Titel ist zu lang: höchstens 120 Zeichen."),
    )


def _cleaned_line(text: str, field: str) -> str:
    return cleaned(text, most_graphemes=TITLE_GRAPHEMES, field=field, may_be_empty=True)


def _order(session: Session, event_id: int) -> list[str]:
    groups = select(CardGroup.id).where(CardGroup.event_id == event_id)
    return list(session.exec(groups.order_by(col(CardGroup.position), col(CardGroup.id))))


def _seen(session: Session, event_id: int, group_id: str, version: int) -> CardGroup:
    group = session.get(CardGroup, (event_id, group_id))
    if group is None or group.version != version:
        raise Stale
    return group
