"""Cards into groups and out of them.

A move names the group in which each card was seen; a stale one changes nothing, so nobody moves back what
somebody else has just moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from app.errors import N_, NotAcceptable, Stale
from app.feedback.models import Card, State
from app.planning.models import Event, Phase
from app.results.followup.groups import TITLE_GRAPHEMES, new_group
from app.results.followup.models import CardGroup, GroupedCard
from app.results.followup.telling import tell

NEW, NONE = "new", ""
"""Where cards are moved to, when not into a group that is there."""


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A card, and the id of the group in which it was seen; "" for none."""

    id: str
    group: str


def move_cards(
    session: Session,
    event_id: int,
    actor: str,
    cards: Sequence[SeenCard],
    to: str,
    title: str = "",
    unnamed: str = "",
) -> str:
    """Into the group with the id `to`, into a NEW one with this title, or out of theirs (NONE). Returns
    the group's id. A new group without a title is called what its first card says. While the event runs it
    is `unnamed` and a number: a card's author may still withdraw it, and then its words must be nowhere.

    Raises Stale when a card is elsewhere or not approved any more, or the group is gone; NotAcceptable.
    """
    if not cards:
        raise NotAcceptable(N_("Bitte wählen Sie mindestens eine Karte."), field="card")
    cards = list(dict.fromkeys(cards))
    texts = _texts_as_seen(session, event_id, cards)
    if to == NEW:
        event = session.get_one(Event, event_id)
        usual = (
            _shortened(texts[cards[0].id])
            if event.phase == Phase.closed
            else f"{unnamed} {_next_number(session, event_id)}"
        )
        to = new_group(session, event_id, title.strip() or usual)
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
    tell(session, event_id, actor, "grouping", to, cards=len(moved))
    return to


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


def _next_number(session: Session, event_id: int) -> int:
    count = select(func.count()).where(CardGroup.event_id == event_id)
    return session.exec(count).one() + 1


def _shortened(text: str) -> str:
    """At a space, if there is one."""
    most = TITLE_GRAPHEMES // 2
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[:most]).rstrip(" ,;:–-") + " …"
