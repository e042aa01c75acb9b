"""Photos at the host's and at the moderator's desk: taken in, shown to nobody else, put in order."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, Refusal, Retired, Stale, Unknown
from app.photos.access import PhotoDeskOf
from app.photos.drawing import MEDIA_TYPE, thumbnail
from app.photos.keeping import PhotoDesk, change_photo, move_photo, remove_photo
from app.photos.photos_page import desk_address, photos_page
from app.photos.queries import photo_content
from app.photos.uploading import UPLOAD, take_in
from app.web.refusals import is_htmx, wants_json

DESKS = ("/host/{code}/{number:int}", "/moderate/{code}")
LARGER_BODIES = {r"/(host/[^/]+/\d+|moderate/[^/]+)/photos": UPLOAD}
router = APIRouter()
Version = Annotated[int, Form()]


def at_desks(method: str, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def hang(handler: Callable[..., Any]) -> Callable[..., Any]:
        for desk in DESKS:
            router.add_api_route(desk + path, handler, methods=[method])
        return handler

    return hang


@at_desks("GET", "/photos")
def show_photos(request: Request, desk: PhotoDeskOf) -> Response:
    return photos_page(request, desk)


@at_desks("POST", "/photos")
async def upload(request: Request, desk: PhotoDeskOf) -> Response:
    """Some or many; those that are no photos are named, all others are kept."""
    return await take_in(request, desk)


@at_desks("GET", "/photos/{photo_id}/picture")
def show_picture(request: Request, desk: PhotoDeskOf, photo_id: str) -> Response:
    return Response(_content(request, desk, photo_id), media_type=MEDIA_TYPE)


@at_desks("GET", "/photos/{photo_id}/thumbnail")
async def show_thumbnail(request: Request, desk: PhotoDeskOf, photo_id: str) -> Response:
    """Drawn each time: no browser may keep it, and stored twice nobody needs it."""
    line: CapacityLimiter = request.state.photo_line
    content = await run_in_threadpool(_content, request, desk, photo_id)
    small = await to_thread.run_sync(thumbnail, content, limiter=line)
    return Response(small, media_type=MEDIA_TYPE)


@at_desks("POST", "/photos/{photo_id}")
def change(
    request: Request,
    desk: PhotoDeskOf,
    photo_id: str,
    version: Version,
    caption: Annotated[str, Form()] = "",
    island: Annotated[str, Form(max_length=10, pattern=r"^\d{0,9}$")] = "",
) -> Response:
    place = desk.island if desk.island is not None else int(island) if island else None
    return _changed(request, desk, photo_id, change_photo, caption, place, version)


@at_desks("POST", "/photos/{photo_id}/place")
def move(
    request: Request,
    desk: PhotoDeskOf,
    photo_id: str,
    direction: Annotated[Literal["up", "down"], Form()],
    version: Version,
) -> Response:
    return _changed(request, desk, photo_id, move_photo, direction, version)


@at_desks("POST", "/photos/{photo_id}/removal")
def remove(request: Request, desk: PhotoDeskOf, photo_id: str, version: Version) -> Response:
    return _changed(request, desk, photo_id, remove_photo, version)


def _changed(
    request: Request, desk: PhotoDesk, photo_id: str, act: Callable[..., None], *values: Any
) -> Response:
    """A page with what is stored now, also when the act is refused."""
    database: Database = request.state.database
    refusal: Refusal | None = None
    try:
        database.write(act, desk, photo_id, *values)
    except (NotAcceptable, Stale, Retired, Unknown) as error:
        if wants_json(request):
            raise
        refusal = error
    if refusal is None and not is_htmx(request):
        address = f"{desk_address(desk)}/photos#photo-{photo_id}"
        return RedirectResponse(address, status_code=303)
    saved = photo_id if act is change_photo and refusal is None else None
    return photos_page(request, desk, refusal=refusal, saved=saved)


def _content(request: Request, desk: PhotoDesk, photo_id: str) -> bytes:
    database: Database = request.state.database
    with database.read() as session:
        return photo_content(session, desk.event_id, photo_id, desk.island)
