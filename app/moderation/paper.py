"""Dots on paper: a host counts what stands on the island's tally sheet and types in the sums.

They are absolute, so that typing them twice changes nothing; every change is in the journal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.errors import N_, NotAcceptable, NotOpen, Retired, Stale, Unknown
from app.feedback.models import PaperCount
from app.moderation.hosting import HostDesk
from app.planning.journal import Act, record
from app.planning.models import Event, Offer, Phase, refuse_sealed
from app.planning.queries import offers_of
from app.planning.versions import raise_version

MOST = 9_999
ACT = "paper"
SURPRISING = N_(
    "Das sind mehr Punkte, als Personen erwartet werden. Bitte vergleichen Sie die Zahlen mit der"
    " Strichliste und bestätigen Sie sie dann."
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An offer's dots on paper; version 0 is "never entered"."""

    offer: str
    title: str
    yes: int = 0
    no: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody counted at an offer, in all."""

    offer: str
    yes: int
    no: int


def sheet_of(session: Session, event: Event, island: int) -> list[SheetRow]:
    """The island's tally sheet, in the order it is printed in."""
    stored = {
        count.offer_key: count
        for count in session.exec(select(PaperCount).where(PaperCount.event_id == event.id))
    }
    rows = []
    for offer in offers_of(session, event, island):
        count = stored.get(offer.key)
        rows.append(
            SheetRow(offer.key, offer.title, count.yes, count.no, count.version)
            if count
            else SheetRow(offer.key, offer.title)
        )
    return rows


def version_of(rows: Sequence[SheetRow]) -> int:
    """Of several offers together: it rises with each of them."""
    return sum(row.version for row in rows)


def enter_paper(
    session: Session,
    desk: HostDesk,
    counts: Sequence[Counted],
    version: int,
    *,
    is_confirmed: bool,
) -> None:
    """Stores all of the counts or none.

    `version` is the offer's as seen, of several their sum. Raises NotOpen before the café and once the
    event is sealed, Unknown and Retired for offers that are not (any more) this island's, Stale when
    somebody else was faster, NotAcceptable for sums nobody expected, unless they are confirmed.
    """
    event = session.get_one(Event, desk.event_id)
    refuse_closed(event)
    rows = [_row_of(session, desk, counted.offer) for counted in counts]
    if sum(row.version for row in rows) != version:
        raise Stale
    expected = max(event.expected_attendees, event.attendees or 0)
    if not is_confirmed and any(counted.yes + counted.no > expected for counted in counts):
        raise NotAcceptable(SURPRISING, field="confirm")
    changed = [
        (row, counted)
        for row, counted in zip(rows, counts, strict=True)
        if (row.yes, row.no) != (counted.yes, counted.no)
    ]
    for row, counted in changed:
        before = [row.yes, row.no]
        row.yes, row.no, row.version = counted.yes, counted.no, row.version + 1
        session.add(row)
        after = [row.yes, row.no]
        subject = row.offer_key
        record(
            session, event_id=desk.event_id, actor=desk.actor, name=ACT, subject=subject,
            island=desk.island, before=before, after=after,
        )  # fmt: skip
    if changed:
        raise_version(session, event)


def corrections(session: Session, desk: HostDesk, rows: Sequence[SheetRow], most: int) -> list[Act]:
    """Who entered what at these offers, newest first."""
    return list(
        session.exec(
            select(Act)
            .where(
                Act.event_id == desk.event_id,
                Act.name == ACT,
                col(Act.subject).in_([row.offer for row in rows]),
            )
            .order_by(col(Act.number).desc())
            .limit(most)
        )
    )


def is_open(event: Event) -> bool:
    """Whether what was on paper can be entered now."""
    return event.phase != Phase.setup and event.sealed_at is None


def refuse_closed(event: Event) -> None:
    """Raises NotOpen."""
    refuse_sealed(event)
    if not is_open(event):
        raise NotOpen(N_("Die Veranstaltung ist noch nicht geöffnet."))


def _row_of(session: Session, desk: HostDesk, key: str) -> PaperCount:
    offer = session.get(Offer, (desk.event_id, key))
    if offer is None or offer.island_number != desk.island:
        raise Unknown
    if offer.is_retired:
        raise Retired
    stored = session.get(PaperCount, (desk.event_id, key))
    return stored or PaperCount(event_id=desk.event_id, offer_key=key, version=0)
