"""A small series: the example's plan in several districts, each with its own dots, words and offers."""

import datetime

from sqlmodel import Session, select

from app.feedback.models import State
from app.planning.copying import copy_event
from app.planning.models import Event, Island, Offer, Phase, Series
from tests.results.conftest import Evening, imported

DISTRICTS = ["Osterfeld", "Sterkrade-Mitte", "Alstaden/Lirich", "Schmachtendorf", "Königshardt"]


def hold_the_first(session: Session) -> Event:
    """Mitte/Styrum: 8 of 10 know the advice, 1 of 2 the allotments; "Vielfalt" stands out."""
    event = imported(session)
    event.attendees, event.institutions, event.phase = 82, 16, Phase.closed
    evening = Evening(session, event)
    answer(evening, "umweltberatung", 8, 2)
    answer(evening, "gruenpatenschaften", 1, 1)
    answer(evening, "ehrenamtskarte", 6, 6)
    evening.paper("umweltberatung", 40, 10)
    evening.card("bela", 1, "Mehr Aushänge im Hausflur", "umweltberatung")
    say(evening, "Vielfalt", 4)
    say(evening, "spannend", 1)
    return event


def hold_the_second(session: Session, first: Event, *, phase: Phase = Phase.closed) -> Event:
    """Osterfeld: 1 of 20 knows the advice; an offer of its own, one renamed, one not presented."""
    event = copied(session, first, "Osterfeld", datetime.date(2023, 9, 6), phase)
    evening = Evening(session, event)
    answer(evening, "umweltberatung", 1, 19)
    answer(evening, "ehrenamtskarte", 5, 5)
    say(evening, "spannend", 2)
    say(evening, "Mut", 3)
    event_id = evening.event_id
    session.delete(session.get_one(Offer, (event_id, "gruenpatenschaften")))
    session.get_one(Offer, (event_id, "ehrenamtskarte")).title = "Die Ehrenamtskarte"
    island = session.exec(select(Island.number).where(Island.event_id == event_id)).first()
    session.add(
        Offer(
            event_id=event_id,
            island_number=island or 1,
            key="repair-cafe",
            position=0,
            title="Repair-Café",
        )
    )
    session.flush()
    answer(evening, "repair-cafe", 4, 2)
    return event


def copied(
    session: Session,
    first: Event,
    district: str,
    day: datetime.date,
    phase: Phase = Phase.closed,
    *,
    rehearsal: bool = False,
) -> Event:
    """Nobody has answered there yet."""
    title = f"Expert*innendialog im Sozialraum {district}"
    values = {"title": title, "district": district, "date": day}
    event = copy_event(session, first.key, "Petra", values, rehearsal=rehearsal)
    event.phase = phase
    return event


def answer(evening: Evening, offer: str, yes: int, no: int) -> None:
    for number in range(yes + no):
        evening.dot(f"device-{number}", offer, number < yes)


def say(evening: Evening, word: str, times: int) -> None:
    evening.word(State.approved, *((f"{word}-{number}", word) for number in range(times)))


def series_of(session: Session) -> int:
    series_id = session.exec(select(Series.id)).one()
    assert series_id is not None
    return series_id
