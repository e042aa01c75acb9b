"""The series an event belongs to, as its documentation names it."""

import datetime
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.planning.models import Logo, Series, SeriesDate


@dataclass(frozen=True)
class ReportedDate:
    date: datetime.date
    district: str


@dataclass(frozen=True)
class ReportedSeries:
    """`accent` is "#rrggbb", or "" for ours; `dates` from the first to the last."""

    key: str
    title: str
    organiser: str
    accent: str
    has_logo: bool
    dates: tuple[ReportedDate, ...]


def reported_series(session: Session, series_id: int) -> ReportedSeries:
    series = session.exec(select(Series).where(Series.id == series_id)).one()
    dates = session.exec(
        select(SeriesDate)
        .where(SeriesDate.series_id == series_id)
        .order_by(col(SeriesDate.date), col(SeriesDate.district))
    )
    logo = session.exec(select(Logo.series_id).where(Logo.series_id == series_id)).first()
    return ReportedSeries(
        key=series.key,
        title=series.title,
        organiser=series.organiser,
        accent=series.accent,
        has_logo=logo is not None,
        dates=tuple(ReportedDate(row.date, row.district) for row in dates),
    )
