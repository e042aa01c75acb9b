"""Who may look after photos: a host those of the island, who may steer the event all of them."""

from typing import Annotated

from fastapi import Depends, Request

from app.errors import Unknown
from app.moderation.access import desk_of
from app.moderation.host_access import host_desk_of
from app.photos.keeping import PhotoDesk

LARGEST_INTEGER = 2**31 - 1  # that a database takes


def photo_desk_of(request: Request, code: str) -> PhotoDesk:
    """The same pages hang at both desks; an island's number in the address says at which. Raises Unknown,
    Retired, NotAllowed."""
    number: int | None = request.path_params.get("number")
    if number is None:
        desk = desk_of(request, code)
        return PhotoDesk(desk.event_id, desk.code, None, desk.actor)
    if number > LARGEST_INTEGER:
        raise Unknown
    host = host_desk_of(request, code, number)
    return PhotoDesk(host.event_id, host.code, host.island, host.actor)


PhotoDeskOf = Annotated[PhotoDesk, Depends(photo_desk_of)]
