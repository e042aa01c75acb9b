"""Sealing: the end after which nobody can tell devices apart, while every number stays as it is.

The wall and all result files say the same before and after. What can't be had without telling devices
apart (who sent a dot, which words came from one phone) is gone for good.
"""

import secrets
from collections import defaultdict

from sqlalchemy import update
from sqlmodel import Session, col, delete, func, select

from app.errors import N_, NotOpen
from app.feedback.models import (
    FROM_DEVICES,
    NOBODY,
    Card,
    Dot,
    Entry,
    PaperCount,
    SealedDots,
    SealedIsland,
    Source,
    Support,
)
from app.live.reading import read_tally
from app.moderation.dropping import drop_undecided, raise_silently, shown_words
from app.people.invitations import revoke_all
from app.planning.codes import refuse_unconfirmed
from app.planning.journal import record
from app.planning.models import Event, Phase, this_minute


def seal(session: Session, event_id: int, actor: str, confirm: str | None = None) -> None:
    """Seals a closed event; a sealed one stays as it is. `confirm` is its code, as somebody typed it.

    Raises NotOpen while the event is not closed or is a rehearsal, NotAcceptable for another code.
    """
    event = session.get_one(Event, event_id)
    if event.sealed_at is not None:
        return
    if event.is_rehearsal:
        raise NotOpen(N_("Eine Probe wird nicht versiegelt. Bitte zuerst die Probe beenden."))
    if event.phase != Phase.closed:
        raise NotOpen(N_("Bitte zuerst die Veranstaltung schließen."))
    if confirm is not None:
        refuse_unconfirmed(confirm, event.code)
    _fold_devices(session, event_id)
    _fold_dots(session, event_id)
    drop_undecided(session, event_id)
    _make_cards_nobodys(session, event_id)
    _make_supports_nobodys(session, event_id)
    _make_entries_nobodys(session, event_id)
    revoke_all(session, event_id)
    _save(session, event_id)
    record(session, event_id, actor, "sealing")


def has_answers(session: Session, event_id: int) -> bool:
    """Whether there is anything that people said, by a device or on paper, withdrawn or not."""
    return any(
        session.exec(select(table).where(col(table.event_id) == event_id).limit(1)).first()
        is not None
        for table in (*FROM_DEVICES, PaperCount)
    )


def _fold_devices(session: Session, event_id: int) -> None:
    """The numbers that walls show, from where they have them."""
    tally = read_tally(session, event_id)
    assert tally is not None
    session.execute(
        update(Event).where(col(Event.id) == event_id).values(sealed_devices=len(tally.devices))
    )
    session.add_all(
        SealedIsland(event_id=event_id, island_number=island.number, devices=len(island.devices))
        for island in tally.islands
    )


def _fold_dots(session: Session, event_id: int) -> None:
    rows = session.exec(
        select(Dot.offer_key, Dot.source, Dot.knows, func.count())
        .where(Dot.event_id == event_id, col(Dot.knows).is_not(None))
        .group_by(col(Dot.offer_key), col(Dot.source), col(Dot.knows))
    )
    counts: dict[tuple[str, str], dict[bool, int]] = defaultdict(dict)
    for offer_key, source, knows, count in rows:
        counts[offer_key, source][bool(knows)] = count
    session.add_all(
        SealedDots(
            event_id=event_id,
            offer_key=offer_key,
            source=Source(source),
            yes=count.get(True, 0),
            no=count.get(False, 0),
        )
        for (offer_key, source), count in counts.items()
    )
    session.exec(delete(Dot).where(col(Dot.event_id) == event_id))


def _make_cards_nobodys(session: Session, event_id: int) -> None:
    session.execute(
        update(Card)
        .where(col(Card.event_id) == event_id)
        .values(device=NOBODY, submission=col(Card.id))
    )


def _make_supports_nobodys(session: Session, event_id: int) -> None:
    """Written anew, card by card: not even the order of the rows says who came first."""
    counts = session.exec(
        select(Support.card_id, func.count())
        .where(Support.event_id == event_id)
        .group_by(col(Support.card_id))
        .order_by(col(Support.card_id))
    ).all()
    session.exec(delete(Support).where(col(Support.event_id) == event_id))
    session.add_all(
        Support(event_id=event_id, card_id=card_id, device=str(number))
        for card_id, count in counts
        for number in range(count)
    )


def _make_entries_nobodys(session: Session, event_id: int) -> None:
    """Within a word, merged ones included, who sent it twice still counts once; from word to word
    nobody can be followed. Of the arrival it stays whether it was before the cloud was frozen."""
    frozen_at = session.get_one(Event, event_id).cloud_frozen_at
    shown_as = shown_words(session, event_id)
    rows = session.exec(
        select(Entry.word_id, Entry.text, Entry.arrival, Entry.device)
        .where(Entry.event_id == event_id)
        .order_by(col(Entry.word_id), col(Entry.text), func.random())
    ).all()
    session.exec(delete(Entry).where(col(Entry.event_id) == event_id))
    names: dict[tuple[str, str], str] = {}
    for number, (word_id, text, arrival, device) in enumerate(rows):
        sender = (shown_as[word_id or ""], device)
        name = names.setdefault(sender, str(len(names)))
        is_late = frozen_at is not None and arrival > frozen_at
        session.add(
            Entry(
                event_id=event_id,
                device=name,
                submission=str(number),
                word_id=word_id,
                text=text,
                arrival=int(is_late) + (frozen_at or 0),
            )
        )


def _save(session: Session, event_id: int) -> None:
    session.execute(
        update(Event)
        .where(col(Event.id) == event_id)
        .values(
            sealed_at=this_minute(),
            device_secret=secrets.token_bytes(32),
            epoch=col(Event.epoch) + 1,  # what is still on its way is not taken
        )
    )
    raise_silently(session, event_id, is_plan=True)
