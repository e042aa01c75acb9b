"""The photos of a report: what is known of them, and, for files that show them, their content."""

import base64
import io
from dataclasses import dataclass

from PIL import Image
from sqlmodel import Session

from app.photos.queries import photo_contents, photos
from app.planning.models import Event, Logo

Pictures = dict[str, bytes]
"""Photo id → file. The organiser's logo is LOGO."""

LOGO = "logo"
FORMATS = ("PNG", "JPEG")
EMPTY = base64.b64decode(  # a white pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)


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
    return [
        ReportedPhoto(
            id=photo.id,
            island_number=photo.island,
            caption=photo.caption,
            media_type=photo.media_type,
            width=photo.width,
            height=photo.height,
        )
        for photo in photos(session, event_id)
    ]


def read_pictures(session: Session, event: Event) -> Pictures:
    """The content of all photos and of the logo, for a file that shows them: tens of megabytes. What is
    no picture is an empty one: no documentation waits for it."""
    assert event.id is not None
    pictures = dict(photo_contents(session, event.id))
    logo = session.get(Logo, event.series_id)
    if logo is not None:
        pictures[LOGO] = logo.content
    return {name: content if _is_picture(content) else EMPTY for name, content in pictures.items()}


def _is_picture(content: bytes) -> bool:
    """By its first bytes: all of it was drawn anew when it came."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS):
            return True
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
