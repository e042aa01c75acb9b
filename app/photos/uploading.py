"""Files from a phone into the database: one at a time, off the loop, a refused one stops no other."""

from anyio import CapacityLimiter, to_thread
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.database import Database
from app.errors import N_, CannotStore, NotAcceptable
from app.photos.drawing import drawn_photo
from app.photos.keeping import MOST_PHOTOS, PhotoDesk, add_photo
from app.photos.photos_page import RefusedPhoto, desk_address, photos_page
from app.web.bodies import Bound
from app.web.pages import Pages, language
from app.web.refusals import is_htmx, wants_json

UPLOAD = Bound(
    100_000_000,  # kept on disk while it comes; a script sends one photo at a time
    240,
    N_("Das ist zu viel auf einmal. Bitte wählen Sie weniger Fotos, jedes mit höchstens 12 MB."),
)
MOST_PARTS = 300  # what is more than that was no browser's form


async def take_in(request: Request, desk: PhotoDesk) -> Response:
    """Of several files all are kept that are photos. Raises NotAcceptable when none is, Retired or
    Unknown for an island that can't be chosen."""
    try:
        async with request.form(max_files=MOST_PARTS, max_fields=5) as form:
            files = [
                file
                for file in form.getlist("photos")
                if isinstance(file, UploadFile) and file.filename
            ]
            refused = await _kept(request, desk, files, _place(desk, form))
    except HTTPException as error:
        raise NotAcceptable(N_("Das Formular ist nicht lesbar.")) from error
    except ClientDisconnect:
        return Response(status_code=400)  # to nobody
    except OSError as error:  # while it comes a file is kept on a disk, which is full
        raise CannotStore(retry_after_s=10) from error
    return await run_in_threadpool(_answer, request, desk, len(files), refused)


def _place(desk: PhotoDesk, form: FormData) -> int | None:
    if desk.island is not None:
        return desk.island
    typed = str(form.get("island") or "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise NotAcceptable(field="island")
    return int(typed)


async def _kept(
    request: Request, desk: PhotoDesk, files: list[UploadFile], place: int | None
) -> list[RefusedPhoto]:
    if not files:
        raise NotAcceptable(N_("Bitte wählen Sie mindestens ein Foto."), field="photos")
    if len(files) > MOST_PHOTOS:
        raise NotAcceptable(N_("Höchstens 60 Fotos auf einmal."), field="photos")
    line: CapacityLimiter = request.state.photo_line
    database: Database = request.state.database
    refused = []
    for number, file in enumerate(files, start=1):
        try:
            photo = await to_thread.run_sync(drawn_photo, file.file, limiter=line)
            await run_in_threadpool(database.write, add_photo, desk, place, photo)
        except NotAcceptable as refusal:
            refused.append(RefusedPhoto(number, refusal))
    return refused


def _answer(request: Request, desk: PhotoDesk, sent: int, refused: list[RefusedPhoto]) -> Response:
    if wants_json(request):
        if len(refused) == sent:
            raise refused[0].refusal
        pages: Pages = request.state.pages
        translate = pages.catalogue.texts(language(request)).gettext
        reasons = [
            {"number": each.number, "title": translate(each.refusal.message)} for each in refused
        ]
        return JSONResponse({"taken": sent - len(refused), "refused": reasons})
    if not refused and not is_htmx(request):
        return RedirectResponse(f"{desk_address(desk)}/photos", status_code=303)
    return photos_page(request, desk, refused=refused)
