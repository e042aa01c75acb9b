"""What planners do with the cards afterwards: group them, and say what becomes of each group.

Every act says what it was decided on (a group's version, the group a card was seen in); a stale one
changes nothing, so two planners never overwrite each other. Each is in the journal.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import update
from sqlmodel import Session, col, delete, func, select

from app.errors import N_, NotAcceptable, Stale
from app.feedback.models import Card, State
from app.feedback.text import cleaned, cleaned_note
from app.planning.journal import record
from app.planning.models import Event
from app.planning.versions import raise_version
from app.results.models import CardGroup, GroupedCard, Progress
from app.results.outcomes import as_outcomes, outcomes_of

MOST_GROUPS = 100
TITLE_GRAPHEMES = 120
NEW, NONE = "new", ""
"""Where cards are moved to, when not into a group that is there."""


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A card, and the id of the group in which it was seen; "" for none."""

    id: str
    group: str


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What is said of a group, as typed."""

    title: str
    outcome: str
    department: str
    progress: Progress
    reason: str


def move_cards(
    session: Session, event_id: int, actor: str, cards: Sequence[SeenCard], to: str, title: str = ""
) -> str:
    """Into the group with the id `to`, into a NEW one with this title, or out of theirs (NONE). Returns
    the group's id. A new group without a title is called what its first card says.

    Raises Stale when a card is elsewhere or not approved any more, or the group is gone; NotAcceptable.
    """
    if not cards:
        raise NotAcceptable(N_("Bitte wählen Sie mindestens eine Karte."), field="card")
    cards = list(dict.fromkeys(cards))
    texts = _texts_as_seen(session, event_id, cards)
    if to == NEW:
        to = _new_group(session, event_id, title, texts[cards[0].id])
    elif to != NONE and session.get(CardGroup, (event_id, to)) is None:
        raise Stale
    moved = [card.id for card in cards if card.group != to]
    session.exec(
        delete(GroupedCard).where(
            col(GroupedCard.event_id) == event_id, col(GroupedCard.card_id).in_(moved)
        )
    )
    if to != NONE:
        session.add_all(GroupedCard(event_id=event_id, card_id=card, group_id=to) for card in moved)
    _tell(session, event_id, actor, "grouping", to, cards=len(moved))
    return to


def change_group(
    session: Session, event_id: int, actor: str, group_id: str, facts: GroupFacts, version: int
) -> None:
    """Raises Stale, also when the group is gone; NotAcceptable."""
    group = _seen(session, event_id, group_id, version)
    if facts.outcome not in {NONE, group.outcome, *outcomes_of(session.get_one(Event, event_id))}:
        raise NotAcceptable(field="outcome")
    group.title = _cleaned_title(facts.title)
    group.outcome = facts.outcome
    group.department = _cleaned_line(facts.department, "department")
    group.progress = facts.progress
    group.reason = cleaned_note(facts.reason)
    group.version += 1
    _tell(session, event_id, actor, "group-change", group_id, progress=str(group.progress))


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
    _tell(session, event_id, actor, "group-place", group_id)


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
    _tell(session, event_id, actor, "group-dissolving", group_id)


def write_outcomes(session: Session, event_id: int, actor: str, text: str, seen: str) -> None:
    """The event's list, a line each; groups keep what they have. Raises Stale, NotAcceptable."""
    event = session.get_one(Event, event_id)
    if "\n".join(outcomes_of(event)) != "\n".join(seen.splitlines()):
        raise Stale
    event.outcomes = as_outcomes(text)
    session.add(event)
    _tell(session, event_id, actor, "outcomes", entries=len(outcomes_of(event)))


def _texts_as_seen(session: Session, event_id: int, cards: Sequence[SeenCard]) -> dict[str, str]:
    ids = [card.id for card in cards]
    rows = session.exec(
        select(Card.id, Card.text, GroupedCard.group_id)
        .outerjoin(GroupedCard)
        .where(Card.event_id == event_id, Card.state == State.approved, col(Card.id).in_(ids))
    )
    now = {id: (text, group or NONE) for id, text, group in rows}
    if any(card.id not in now or now[card.id][1] != card.group for card in cards):
        raise Stale
    return {id: text for id, (text, _) in now.items()}


def _new_group(session: Session, event_id: int, title: str, otherwise: str) -> str:
    count, last = session.exec(
        select(func.count(), func.max(CardGroup.position)).where(CardGroup.event_id == event_id)
    ).one()
    if count >= MOST_GROUPS:
        raise NotAcceptable(N_("Mehr als 100 Gruppen gehen nicht."), field="to")
    group = CardGroup(
        event_id=event_id,
        id=secrets.token_hex(6),
        position=0 if last is None else last + 1,
        title=_cleaned_title(title if title.strip() else _shortened(otherwise)),
    )
    session.add(group)
    session.flush()
    return group.id


def _shortened(text: str) -> str:
    """At a space, if there is one."""
    most = TITLE_GRAPHEMES // 2
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[:most]).rstrip(" ,;:–-") + " …"


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


def _tell(
    session: Session, event_id: int, actor: str, name: str, subject: str = "", **details: object
) -> None:
    raise_version(session, session.get_one(Event, event_id))
    record(session, event_id, actor, name, subject, **details)
