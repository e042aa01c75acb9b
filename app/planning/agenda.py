"""The evenings of a series in their order: those that are planned, and those that are only announced."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.planning.models import Event, Series, SeriesDate


@dataclass(frozen=True, slots=True)
class Agenda:
    """`announced`: the series' dates on which no event is planned yet. Both in the order of their dates."""

    series: Series
    events: list[Event]
    announced: list[SeriesDate]

    @property
    def copy(self) -> tuple[Event, SeriesDate] | None:
        """The event from which the form for copying suggests the next announced date, and that date."""
        for day in self.announced:
            earlier = [event for event in self.events if event.date < day.date]
            if earlier:
                return earlier[-1], day
        return None


def agendas(session: Session, series_id: int | None = None) -> list[Agenda]:
    """Of one series or of all, those with the latest event first."""
    events: dict[int, list[Event]] = defaultdict(list)
    for event in session.exec(select(Event).order_by(col(Event.date), col(Event.key))):
        events[event.series_id].append(event)
    dates: dict[int, list[SeriesDate]] = defaultdict(list)
    for day in session.exec(select(SeriesDate).order_by(col(SeriesDate.date))):
        dates[day.series_id].append(day)
    wanted = select(Series).order_by(col(Series.title))
    if series_id is not None:
        wanted = wanted.where(Series.id == series_id)
    found = [
        _agenda(series, events[series.id], dates[series.id])
        for series in session.exec(wanted)
        if series.id is not None and events[series.id]
    ]
    return sorted(found, key=lambda agenda: agenda.events[-1].date, reverse=True)


def _agenda(series: Series, events: list[Event], dates: list[SeriesDate]) -> Agenda:
    planned = {event.date for event in events}
    return Agenda(series, events, [day for day in dates if day.date not in planned])
