"""What was tried is wiped: at the end of a rehearsal, or, with a reason, by a reset."""

import secrets

from sqlalchemy import column, table
from sqlmodel import Session, col, delete, select

from app.errors import N_, NotAcceptable, NotOpen
from app.feedback.models import Card, Dot, Entry, PaperCount, Support, Word
from app.moderation.journal import Details
from app.moderation.models import Act
from app.planning.codes import normal
from app.planning.models import Event, Island, refuse_sealed
from app.planning.versions import raise_version

MIN_REASON, MAX_REASON = 3, 200
PHOTO, CARD_GROUP = "photo", "card_group"  # tables of rooms above this one, so by their names


def begin_rehearsal(session: Session, event_id: int) -> Details:
    """Only while there is nothing real: what is there would be wiped at the end."""
    event = session.get_one(Event, event_id)
    if event.is_rehearsal:
        return None
    refuse_sealed(event)
    if has_feedback(session, event_id) or _has_photos(session, event_id):
        raise NotOpen(
            N_(
                "Es gibt schon echte Punkte, Karten, Wörter oder Fotos. Eine Probe würde sie am Ende"
                " löschen."
            )
        )
    event.is_rehearsal = True
    session.add(event)
    raise_version(session, event)
    return {"after": "begun"}


def end_rehearsal(session: Session, event_id: int, *, keep: bool) -> Details:
    """Wipes everything that was tried, the journal too, unless `keep`."""
    event = session.get_one(Event, event_id)
    if not event.is_rehearsal:
        return None
    event.is_rehearsal = False
    if not keep:
        session.exec(delete(Act).where(col(Act.event_id) == event_id))
        _wipe(session, event)
        _wipe_named(session, PHOTO, event_id)
    session.add(event)
    raise_version(session, event, is_plan=True)
    return {"after": "kept" if keep else "wiped"}


def reset(session: Session, event_id: int, reason: str, confirm: str) -> Details:
    """Wipes all dots, cards and words in the middle of the evening; photos stay, and the journal, which
    says why.

    Raises NotAcceptable without a reason, or when `confirm` is not the event's code.
    """
    event = session.get_one(Event, event_id)
    refuse_sealed(event)
    reason = " ".join(reason.split())
    if not MIN_REASON <= len(reason) <= MAX_REASON:
        raise NotAcceptable(N_("Bitte nennen Sie den Grund in 3 bis 200 Zeichen."), field="reason")
    if normal(confirm) != event.code:
        raise NotAcceptable(
            N_("Bitte tippen Sie zur Bestätigung den Code dieser Veranstaltung."), field="confirm"
        )
    _wipe(session, event)
    session.add(event)
    raise_version(session, event, is_plan=True)
    return {"reason": reason}


def has_feedback(session: Session, event_id: int) -> bool:
    """Whether there is any dot, card or word, withdrawn ones included."""
    return any(
        session.exec(select(kind).where(col(kind.event_id) == event_id).limit(1)).first()
        is not None
        for kind in (Dot, Card, Entry, PaperCount)
    )


def _has_photos(session: Session, event_id: int) -> bool:
    rows = table(PHOTO, column("event_id"))
    return (
        session.execute(rows.select().where(rows.c.event_id == event_id).limit(1)).first()
        is not None
    )


def _wipe(session: Session, event: Event) -> None:
    """Devices are unknown afterwards: their hashes are keyed with a secret that is gone."""
    for kind in (Support, Card, Entry, Word, Dot, PaperCount):
        session.exec(delete(kind).where(col(kind.event_id) == event.id))
    assert event.id is not None
    _wipe_named(session, CARD_GROUP, event.id)
    for island in session.exec(select(Island).where(Island.event_id == event.id)):
        island.key_sentence = island.note = ""
    event.cloud_frozen_at = None
    event.device_secret = secrets.token_bytes(32)
    event.epoch += 1  # what is still on its way from a device of before is not taken
    event.clock_remaining_s = event.cafe_minutes * 60
    event.clock_started_at = None


def _wipe_named(session: Session, name: str, event_id: int) -> None:
    rows = table(name, column("event_id"))
    session.execute(rows.delete().where(rows.c.event_id == event_id))
