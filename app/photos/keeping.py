"""What is done with photos at a desk: added, captioned, moved, removed. Each act is in the journal."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, func, select

from app.errors import N_, NotAcceptable, Retired, Stale, Unknown
from app.feedback.text import cleaned
from app.photos.drawing import MEDIA_TYPE, DrawnPhoto
from app.photos.models import Photo
from app.photos.queries import WITHOUT_PIXELS, photo_count
from app.planning.journal import record
from app.planning.models import Event, Island
from app.planning.versions import raise_version

MOST_PHOTOS = 60  # an event
CAPTION_GRAPHEMES = 160
FULL = N_(
    "Es gibt schon 60 Fotos, mehr passen nicht in die Dokumentation. Bitte erst eins entfernen."
)


@dataclass(frozen=True, slots=True)
class PhotoDesk:
    """Whose photos somebody looks after: those of one island, or with None all of the event's."""

    event_id: int
    code: str
    island: int | None
    actor: str  # for the journal


def add_photo(session: Session, desk: PhotoDesk, island: int | None, photo: DrawnPhoto) -> None:
    """To an island, or to the event with None; the same photo sent again changes nothing. Allowed until
    the event is deleted: the documentation is made when it is closed, or sealed.

    Raises NotAcceptable when there are enough already, Unknown or Retired for such an island.
    """
    _refuse_wrong_place(session, desk, island)
    id = sha256(b"%s %s" % (str(island).encode(), photo.content)).hexdigest()[:16]
    if session.get(Photo, (desk.event_id, id)) is not None:
        return
    if photo_count(session, desk.event_id) >= MOST_PHOTOS:
        raise NotAcceptable(FULL, field="photos")
    session.add(
        Photo(
            event_id=desk.event_id,
            id=id,
            island_number=island,
            position=_next_position(session, desk.event_id, island),
            media_type=MEDIA_TYPE,
            width=photo.width,
            height=photo.height,
            content=photo.content,
        )
    )
    _tell(session, desk, "photo-adding", id, island)


def change_photo(
    session: Session,
    desk: PhotoDesk,
    photo_id: str,
    caption: str,
    island: int | None,
    version: int,
) -> None:
    """Its caption, and the island it is of (None: the event); there it becomes the last one.

    Raises Unknown, Stale, Retired, and NotAcceptable for too long a caption.
    """
    caption = cleaned_caption(caption)
    photo = _seen(session, desk, photo_id, version)
    if (photo.caption, photo.island_number) == (caption, island):
        return
    if photo.island_number != island:
        _refuse_wrong_place(session, desk, island)
        photo.position = _next_position(session, desk.event_id, island)
    photo.caption, photo.island_number = caption, island
    photo.version += 1
    session.add(photo)
    _tell(session, desk, "photo-change", photo_id, island)


def move_photo(
    session: Session, desk: PhotoDesk, photo_id: str, direction: Literal["up", "down"], version: int
) -> None:
    """One place up or down among those of its island; at the end nothing happens. Unknown or Stale."""
    photo = _seen(session, desk, photo_id, version)
    here = list(
        session.exec(
            select(Photo.id)
            .where(Photo.event_id == desk.event_id, _of(photo.island_number))
            .order_by(col(Photo.position), col(Photo.id))
        )
    )
    at = here.index(photo_id)
    to = at + {"up": -1, "down": 1}[direction]
    if not 0 <= to < len(here):
        return
    here.insert(to, here.pop(at))
    for position, id in enumerate(here):
        row = update(Photo).where(col(Photo.event_id) == desk.event_id, col(Photo.id) == id)
        session.execute(row.values(position=position))
    photo.version += 1
    _tell(session, desk, "photo-place", photo_id, photo.island_number)


def remove_photo(session: Session, desk: PhotoDesk, photo_id: str, version: int) -> None:
    """For good. Unknown or Stale."""
    photo = _seen(session, desk, photo_id, version)
    session.delete(photo)
    _tell(session, desk, "photo-removal", photo_id, photo.island_number)


def cleaned_caption(text: str) -> str:
    """On one line, or "" for none; raises NotAcceptable."""
    return cleaned(
        text,
        most_graphemes=CAPTION_GRAPHEMES,
        field="caption",
        too_long=N_("Die Bildunterschrift ist zu lang: höchstens 160 Zeichen."),
        may_be_empty=True,
    )


def _refuse_wrong_place(session: Session, desk: PhotoDesk, island: int | None) -> None:
    if desk.island not in {None, island} or session.get(Event, desk.event_id) is None:
        raise Unknown
    if island is not None:
        row = session.get(Island, (desk.event_id, island))
        if row is None:
            raise Unknown
        if row.is_retired:
            raise Retired(N_("Diese Insel wurde herausgenommen. Bitte eine andere wählen."))


def _seen(session: Session, desk: PhotoDesk, photo_id: str, version: int) -> Photo:
    photo = session.get(Photo, (desk.event_id, photo_id), options=[WITHOUT_PIXELS])
    if photo is None or desk.island not in {None, photo.island_number}:
        raise Unknown(N_("Dieses Foto gibt es hier nicht mehr."))
    if photo.version != version:
        raise Stale
    return photo


def _of(island: int | None) -> ColumnElement[bool]:
    return col(Photo.island_number).is_not_distinct_from(island)


def _next_position(session: Session, event_id: int, island: int | None) -> int:
    last = session.exec(
        select(func.max(col(Photo.position))).where(Photo.event_id == event_id, _of(island))
    ).one()
    return 0 if last is None else last + 1


def _tell(session: Session, desk: PhotoDesk, name: str, photo_id: str, island: int | None) -> None:
    raise_version(session, session.get_one(Event, desk.event_id))
    record(session, desk.event_id, desk.actor, name, photo_id, of="photo", island=island)
