"""What was tried is wiped: at the end of a rehearsal, or, with a reason, by a reset."""

import secrets

from sqlalchemy import TableClause
from sqlmodel import Session, col, delete, select

from app.errors import N_, NotAcceptable, NotOpen
from app.feedback.models import OF_THE_DAY, SENT
from app.planning.codes import refuse_unconfirmed
from app.planning.journal import OF_THE_PLAN, Act, Details
from app.planning.models import Event, Island, refuse_sealed
from app.planning.versions import raise_version

MIN_REASON, MAX_REASON = 3, 200


def begin_rehearsal(session: Session, event_id: int) -> Details:
    """Only while there is nothing real: what is there would be wiped at the end."""
    event = session.get_one(Event, event_id)
    if event.is_rehearsal:
        return None
    refuse_sealed(event)
    if has_feedback(session, event_id):
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
    """Wipes everything that was tried, out of the journal too, unless `keep`; the plan stays."""
    event = session.get_one(Event, event_id)
    if not event.is_rehearsal:
        return None
    event.is_rehearsal = False
    if not keep:
        tried = (col(Act.event_id) == event_id, col(Act.name).not_in(OF_THE_PLAN))
        session.exec(delete(Act).where(*tried))
        _wipe(session, event, OF_THE_DAY)
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
    refuse_unconfirmed(confirm, event.code)
    _wipe(session, event, SENT)
    session.add(event)
    raise_version(session, event, is_plan=True)
    return {"reason": reason}


def has_feedback(session: Session, event_id: int) -> bool:
    """Whether there is anything of the day, withdrawn or not."""
    return any(
        session.execute(table.select().where(table.c.event_id == event_id).limit(1)).first()
        is not None
        for table in OF_THE_DAY
    )


def _wipe(session: Session, event: Event, tables: tuple[TableClause, ...]) -> None:
    """Devices are unknown afterwards: their hashes are keyed with a secret that is gone."""
    for table in tables:
        session.execute(table.delete().where(table.c.event_id == event.id))
    for island in session.exec(select(Island).where(Island.event_id == event.id)):
        island.key_sentence = island.note = ""
    event.cloud_frozen_at = None
    event.device_secret = secrets.token_bytes(32)
    event.epoch += 1  # what is still on its way from a device of before is not taken
    event.clock_remaining_s = event.cafe_minutes * 60
    event.clock_started_at = None
