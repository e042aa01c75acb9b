"""Photos as a table. Rows, so that backup and deletion see one file."""

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, Text
from sqlmodel import Field, SQLModel


class Photo(SQLModel, table=True):
    """Drawn anew from what was sent: upright, downscaled, without anything but its pixels.

    Of an island, or of the event when `island_number` is None; `position` orders those of each.
    `version` is raised by every act on a photo, so that two people never overwrite each other.
    """

    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "island_number"], ["island.event_id", "island.number"], ondelete="CASCADE"
        ),
    )

    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    id: str = Field(primary_key=True, max_length=16)
    island_number: int | None = None
    position: int
    caption: str = Field(default="", sa_type=Text)
    media_type: str = Field(sa_type=String(40))
    width: int  # pixels
    height: int
    content: bytes = Field(sa_type=LargeBinary)
    version: int = 1
