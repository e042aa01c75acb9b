"""The photos of a report: what is known of them, and, for files that show them, their content."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Session, col, select

from app.photos.models import Photo
from app.planning.models import Event, Logo

Pictures = dict[str, bytes]
"""Photo id → file. The organiser's logo is LOGO."""

LOGO = "logo"


@dataclass(frozen=True)
class ReportedPhoto:
    id: str
    island_number: int | None  # None: of the whole event
    caption: str
    media_type: str
    width: int  # pixels
    height: int


def reported_photos(session: Session, event_id: int) -> list[ReportedPhoto]:
    """Without their content, in the order of their desk."""
    photos = (
        select(Photo)
        .options(defer(cast(QueryableAttribute[bytes], Photo.content), raiseload=True))
        .where(Photo.event_id == event_id)
        .order_by(col(Photo.position), col(Photo.id))
    )
    return [
        ReportedPhoto(
            id=photo.id,
            island_number=photo.island_number,
            caption=photo.caption,
            media_type=photo.media_type,
            width=photo.width,
            height=photo.height,
        )
        for photo in session.exec(photos)
    ]


def read_pictures(session: Session, event: Event) -> Pictures:
    """The content of all photos and of the logo, for a file that shows them: tens of megabytes."""
    photos = session.exec(select(Photo.id, Photo.content).where(Photo.event_id == event.id))
    pictures = dict(photos.all())
    logo = session.get(Logo, event.series_id)
    return pictures | ({LOGO: logo.content} if logo else {})
