"""The page of a desk's photos, or the list in it that acts change."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import select
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Refusal
from app.photos.drawing import THUMBNAIL_SIDE
from app.photos.keeping import CAPTION_GRAPHEMES, MOST_PHOTOS, PhotoDesk
from app.photos.queries import photo_count, photos
from app.planning.models import Event, Island
from app.planning.queries import islands_of
from app.web.pages import page
from app.web.refusals import is_htmx


@dataclass(frozen=True, slots=True)
class RefusedPhoto:
    """`number` counts from 1 among those sent together."""

    number: int
    refusal: Refusal


def photos_page(
    request: Request,
    desk: PhotoDesk,
    *,
    refusal: Refusal | None = None,
    refused: Sequence[RefusedPhoto] = (),
    saved: str | None = None,
) -> HTMLResponse:
    """`saved` is the photo whose caption was stored just now."""
    database: Database = request.state.database
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
        islands = islands_of(session, event)
        kept = photos(session, desk.event_id, desk.island)
        titles = dict(
            session.exec(
                select(Island.number, Island.title).where(Island.event_id == event.id)
            ).all()
        )
        places = list(dict.fromkeys(photo.island for photo in kept))
        status = 422 if refused else 200
        return page(
            request,
            "photos/photos.html#photos" if is_htmx(request) else "photos/photos.html",
            status=refusal.status if refusal else status,
            event=event,
            desk=desk,
            base=desk_address(desk),
            is_planner=desk.actor.startswith("planner "),
            islands=islands,
            titles=titles,
            count=photo_count(session, desk.event_id),
            most=MOST_PHOTOS,
            groups=[(place, [each for each in kept if each.island == place]) for place in places],
            caption_graphemes=CAPTION_GRAPHEMES,
            thumbnail_size=_thumbnail_size,
            refusal=refusal,
            refused=refused,
            saved=saved,
        )


def desk_address(desk: PhotoDesk) -> str:
    if desk.island is None:
        return f"/moderate/{desk.code}"
    return f"/host/{desk.code}/{desk.island}"


def _thumbnail_size(width: int, height: int) -> tuple[int, int]:
    scale = min(1, THUMBNAIL_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
