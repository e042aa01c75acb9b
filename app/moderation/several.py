"""One decision about many cards at once: those somebody else was quicker with are left as they are."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from app.errors import NotAcceptable, Stale, Unknown
from app.feedback.models import Card, State
from app.moderation.deciding import put
from app.planning.journal import record

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
    """Each in the journal by itself, all in one transaction."""
    outcome = Outcome()
    for card in cards:
        try:
            details: dict[str, Any] = put(
                session, Card, event_id, card.id, card.state, card.version
            )
        except (Stale, Unknown):
            if session.get(Card, (event_id, card.id)) is None:
                raise  # not one of ours at all
            outcome.stale.append(card.id)
            continue
        record(session, event_id, actor, name, card.id, **details)
        outcome.done.append(Seen(card.id, card.version + 1, State(details["before"])))
    return outcome
