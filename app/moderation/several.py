"""One decision about many cards at once: those somebody else was quicker with are left as they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from app.errors import NotAcceptable, Unknown
from app.feedback.models import Card, State
from app.moderation.deciding import turn
from app.planning.journal import record_all
from app.planning.models import Event
from app.planning.versions import raise_version

MOST = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A card as the moderator saw it, and the state it is to have."""

    id: str
    version: int
    state: State


@dataclass(slots=True)
class Outcome:
    """`done`: the cards as they were before, at the version they have now."""

    done: list[Seen] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


def seen(cards: list[str], state: State | None = None) -> list[Seen]:
    """`id:version`, or `id:version:state` without a common state. Raises NotAcceptable."""
    if not 1 <= len(cards) <= MOST:
        raise NotAcceptable(field="card")
    return [_seen(card, state) for card in dict.fromkeys(cards)]


def _seen(card: str, state: State | None) -> Seen:
    match card.split(":"):
        case [id, version] if state and version.isdecimal():
            return Seen(id, int(version[:18]), state)
        case [id, version, own] if not state and version.isdecimal() and own in {*State}:
            return Seen(id, int(version[:18]), State(own))
    raise NotAcceptable(field="card")


def decide_on_several(
    session: Session, event_id: int, actor: str, name: str, cards: list[Seen]
) -> Outcome:
    """Each in the journal by itself, all in one transaction. Raises Unknown for what is no card here.

    Five hundred cards are three statements: while they are written, the dots of a whole hall wait.
    """
    rows = _cards(session, event_id, [card.id for card in cards])
    outcome, told = Outcome(), list[tuple[str, dict[str, Any]]]()
    for card in cards:
        row = rows[card.id]
        if row.state == State.withdrawn or row.version != card.version:
            outcome.stale.append(card.id)
            continue
        details = turn(row, card.state)
        told.append((card.id, details))
        outcome.done.append(Seen(card.id, row.version, State(details["before"])))
    if told:
        session.add_all(rows.values())
        raise_version(session, session.get_one(Event, event_id))
        record_all(session, event_id, actor, name, told)
    return outcome


def states_of(session: Session, event_id: int, ids: Sequence[str]) -> list[dict[str, Any]]:
    """For who asked by JSON: the cards as they are now, in this order."""
    rows = _cards(session, event_id, ids)
    return [{"id": id, "state": rows[id].state, "version": rows[id].version} for id in ids]


def _cards(session: Session, event_id: int, ids: Sequence[str]) -> dict[str, Card]:
    found = session.exec(select(Card).where(Card.event_id == event_id, col(Card.id).in_(ids)))
    rows = {card.id: card for card in found}
    if not rows.keys() >= set(ids):
        raise Unknown
    return rows
