"""A plan into the database. Importing again corrects the event and loses nothing people said."""

import secrets
from typing import Any, cast

from sqlmodel import Session, col, delete, select

from app.planning.codes import new_code
from app.planning.models import (
    Contact,
    Event,
    Island,
    Offer,
    Phase,
    Series,
    SeriesDate,
    TextsInOtherLanguages,
)
from app.planning.plan import Plan, PlannedEvent, PlannedIsland, PlannedSeries, Texts
from app.planning.versions import raise_version

SECRET_BYTES = 32


def import_plan(session: Session, plan: Plan, *, rehearsal: bool) -> Event:
    """Creates the event (phase `setup`, a rehearsal if wanted), or updates the one with this key.

    Islands are matched by number, offers by key; what the plan no longer has is retired, with its
    dots and cards, and comes back when a later plan has it again. Phase, code and dots of an event
    that exists stay as they are, and so does its clock once touched. To be run by `Database.write`.
    """
    series = _series(session, plan.series)
    event = _event(session, plan.event, series, rehearsal=rehearsal)
    assert event.id is not None  # flushed
    _islands(session, event.id, plan.islands)
    _contacts(session, event.id, plan.islands)
    _offers(session, event.id, plan.islands)
    raise_version(session, event, is_plan=True)
    return event


def _series(session: Session, planned: PlannedSeries) -> Series:
    series = session.exec(select(Series).where(Series.key == planned.key)).first()
    series = series or Series(key=planned.key, title=planned.title)
    series.title = planned.title
    series.organiser = planned.organiser
    series.texts = _texts(planned.texts)
    session.add(series)
    session.flush()
    assert series.id is not None
    session.exec(delete(SeriesDate).where(col(SeriesDate.series_id) == series.id))
    for date, district in sorted({(each.date, each.district) for each in planned.dates}):
        session.add(SeriesDate(series_id=series.id, date=date, district=district))
    return series


def _event(session: Session, planned: PlannedEvent, series: Series, *, rehearsal: bool) -> Event:
    values = planned.model_dump(exclude={"texts"})
    values |= {"series_id": series.id, "texts": _texts(planned.texts)}
    event = session.exec(select(Event).where(Event.key == planned.key)).first()
    if event is None:
        event = Event(
            **values,
            code=_unused_code(session),
            is_rehearsal=rehearsal,
            clock_remaining_s=planned.cafe_minutes * 60,
            device_secret=secrets.token_bytes(SECRET_BYTES),
        )
    else:
        if event.phase == Phase.setup and event.clock_remaining_s == event.cafe_minutes * 60:
            event.clock_remaining_s = planned.cafe_minutes * 60  # nobody has touched the clock yet
        event.sqlmodel_update(values)
    session.add(event)
    session.flush()
    return event


def _islands(session: Session, event_id: int, planned: list[PlannedIsland]) -> None:
    known = session.exec(select(Island).where(Island.event_id == event_id))
    islands = {island.number: island for island in known}
    for island in islands.values():
        island.is_retired = True
    for position, plan in enumerate(planned, start=1):
        values: dict[str, Any] = {
            "position": position,
            "title": plan.title,
            "text": plan.text,
            "texts": _texts(plan.texts),
            "is_retired": False,
        }
        if plan.number in islands:
            islands[plan.number].sqlmodel_update(values)
        else:
            session.add(Island(event_id=event_id, number=plan.number, **values))
    session.flush()  # contacts and offers refer to them


def _contacts(session: Session, event_id: int, planned: list[PlannedIsland]) -> None:
    """A retired island keeps its own, so that it comes back whole."""
    numbers = [island.number for island in planned]
    of_planned = (col(Contact.event_id) == event_id, col(Contact.island_number).in_(numbers))
    session.exec(delete(Contact).where(*of_planned))
    for island in planned:
        for position, contact in enumerate(island.contacts, start=1):
            session.add(
                Contact(
                    event_id=event_id,
                    island_number=island.number,
                    position=position,
                    **contact.model_dump(),
                )
            )


def _offers(session: Session, event_id: int, planned: list[PlannedIsland]) -> None:
    known = session.exec(select(Offer).where(Offer.event_id == event_id))
    offers = {offer.key: offer for offer in known}
    for offer in offers.values():
        offer.is_retired = True
    for island in planned:
        for position, plan in enumerate(island.offers, start=1):
            values = plan.model_dump(exclude={"key", "texts"}) | {
                "island_number": island.number,
                "position": position,
                "texts": _texts(plan.texts),
                "is_retired": False,
            }
            if plan.key in offers:
                offers[plan.key].sqlmodel_update(values)
            else:
                session.add(Offer(event_id=event_id, key=plan.key, **values))


def _unused_code(session: Session) -> str:
    while True:
        code = new_code()
        if session.exec(select(Event.id).where(Event.code == code)).first() is None:
            return code


def _texts(texts: dict[str, Texts]) -> TextsInOtherLanguages:
    return cast(TextsInOtherLanguages, texts)
