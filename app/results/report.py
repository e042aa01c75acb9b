"""An event's results, read once. Every file is drawn from one report, so no two can disagree."""

from dataclasses import dataclass

from sqlmodel import Session, select

from app.planning.models import Event
from app.results.reported.event import ReportedEvent, device_counts, reported_event
from app.results.reported.groups import ReportedGroup, reported_groups
from app.results.reported.islands import ReportedIsland
from app.results.reported.photos import ReportedPhoto, reported_photos
from app.results.reported.queries import reported_islands
from app.results.reported.series import ReportedSeries, reported_series
from app.results.reported.words import CloudWord, ReportedWord, reported_cloud, reported_words


@dataclass(frozen=True)
class Totals:
    yes: int
    no: int
    cards: int
    words: int  # different ones, however many devices sent each, as on the wall


@dataclass(frozen=True)
class Report:
    """Islands in the order of the plan, words with the most frequent first; approved texts only.

    `devices` have a current dot, a card or a word, approved or not, that was not withdrawn. `photos` are
    those of the whole event, `cloud` are the words of the picture on the wall, which may be fewer.
    """

    series: ReportedSeries
    event: ReportedEvent
    devices: int
    islands: tuple[ReportedIsland, ...]
    words: tuple[ReportedWord, ...]
    cloud: tuple[CloudWord, ...]
    groups: tuple[ReportedGroup, ...]
    photos: tuple[ReportedPhoto, ...]

    @property
    def totals(self) -> Totals:
        return Totals(
            yes=sum(island.yes for island in self.islands),
            no=sum(island.no for island in self.islands),
            cards=sum(len(island.cards) for island in self.islands),
            words=len(self.words),
        )


def read_report(session: Session, event: Event) -> Report:
    """The results as they are now, whatever the phase, the curtain and what the wall reveals.

    The event is read again, so that it is of the same moment as its dots.
    """
    now = session.exec(select(Event).where(Event.id == event.id)).one()
    assert now.id is not None
    photos = reported_photos(session, now.id)
    return Report(
        series=reported_series(session, now.series_id),
        event=reported_event(now),
        devices=device_counts(session, [now])[now.id],
        islands=reported_islands(session, now.id, photos),
        words=reported_words(session, now.id),
        cloud=reported_cloud(session, now.id, now.cloud_frozen_at),
        groups=reported_groups(session, now.id),
        photos=tuple(photo for photo in photos if photo.island_number is None),
    )
