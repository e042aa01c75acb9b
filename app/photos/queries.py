"""An event's photos as desks list them and as the documentation shows them; pixels only where asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Session, col, func, select

from app.errors import Unknown
from app.photos.models import Photo
from app.planning.models import Island

WITHOUT_PIXELS = defer(cast(QueryableAttribute[bytes], Photo.content), raiseload=True)


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """All of a photo but its pixels. `island` is None when it is of the whole event; sides in pixels."""

    id: str
    island: int | None
    caption: str
    media_type: str
    width: int
    height: int
    version: int


def photos(session: Session, event_id: int, island: int | None = None) -> tuple[KeptPhoto, ...]:
    """Those of the event first, then island by island in the plan's order, retired islands too; each in
    its own order. With `island` only those of that one."""
    rows = (
        select(Photo)
        .options(WITHOUT_PIXELS)
        .outerjoin(Island)
        .where(Photo.event_id == event_id)
        .order_by(
            col(Photo.island_number).is_not(None),
            col(Island.position),
            col(Photo.island_number),
            col(Photo.position),
            col(Photo.id),
        )
    )
    if island is not None:
        rows = rows.where(Photo.island_number == island)
    return tuple(
        KeptPhoto(
            id=photo.id,
            island=photo.island_number,
            caption=photo.caption,
            media_type=photo.media_type,
            width=photo.width,
            height=photo.height,
            version=photo.version,
        )
        for photo in session.exec(rows)
    )


def photo_content(
    session: Session, event_id: int, photo_id: str, island: int | None = None
) -> bytes:
    """A JPEG. Raises Unknown; with `island` also for a photo of anywhere else."""
    row = select(Photo.content).where(Photo.event_id == event_id, Photo.id == photo_id)
    if island is not None:
        row = row.where(Photo.island_number == island)
    content = session.exec(row).first()
    if content is None:
        raise Unknown
    return content


def photo_contents(session: Session, event_id: int) -> Iterator[tuple[str, bytes]]:
    """(id, JPEG) of all, one after the other: sixty are 40 MB. By id, not in the order of `photos`."""
    rows = select(Photo.id, Photo.content).where(Photo.event_id == event_id).order_by(col(Photo.id))
    yield from session.exec(rows.execution_options(yield_per=1))


def photo_count(session: Session, event_id: int) -> int:
    return session.exec(
        select(func.count()).select_from(Photo).where(Photo.event_id == event_id)
    ).one()
