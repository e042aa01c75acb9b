"""An island's own desk: one page, and a form for every act of its host."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, Stale
from app.feedback.models import Card, State
from app.moderation.answering import Version, conflict, current
from app.moderation.host_access import HostDeskOf, Numbers, NumbersOf, numbers_after
from app.moderation.host_page import Answered, host_page
from app.moderation.hosting import HostDesk, correct_card, decide_on_card, write_harvest
from app.moderation.view import view_of
from app.planning.models import Island
from app.web.refusals import is_htmx, wants_json

router = APIRouter(prefix="/host/{code}/{number:int}")


@router.get("")
def show_host_desk(request: Request, desk: HostDeskOf, numbers: NumbersOf) -> HTMLResponse:
    return host_page(request, desk, numbers)


@router.get("/queue")
def show_news(request: Request, desk: HostDeskOf, numbers: NumbersOf) -> HTMLResponse:
    """The part of the page that changes by itself."""
    return host_page(request, desk, numbers, is_part=True)


@router.post("/cards/{card_id}/correction")
def change_text(
    request: Request,
    desk: HostDeskOf,
    numbers: NumbersOf,
    card_id: str,
    version: Version,
    text: Annotated[str, Form()],
) -> Response:
    return _decided(request, desk, numbers, card_id, correct_card, text, version)


@router.post("/cards/{card_id}/{act}")
def decide(
    request: Request,
    desk: HostDeskOf,
    numbers: NumbersOf,
    card_id: str,
    act: Literal["approval", "hiding", "restoration"],
    version: Version,
) -> Response:
    return _decided(request, desk, numbers, card_id, decide_on_card, act, version)


@router.post("/harvest")
def save_harvest(
    request: Request,
    desk: HostDeskOf,
    numbers: NumbersOf,
    version: Version,
    key_sentence: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """409 with what stands there now when another host wrote meanwhile; nothing typed is lost."""
    database: Database = request.state.database
    typed = {"key_sentence": key_sentence, "note": note}
    try:
        database.write(write_harvest, desk, key_sentence, note, version)
    except Stale as refusal:
        if wants_json(request):
            return conflict(request, refusal, _harvest(request, desk))
        answered = Answered("harvest", refusal, typed)
        return host_page(request, desk, numbers, is_part=is_htmx(request), answered=answered)
    except NotAcceptable as refusal:
        if wants_json(request) or is_htmx(request):
            raise
        answered = Answered("harvest", refusal, typed)
        return host_page(request, desk, numbers, answered=answered)
    if wants_json(request):
        return JSONResponse(_harvest(request, desk))
    if is_htmx(request):
        numbers = numbers_after(request, desk)
        return host_page(request, desk, numbers, is_part=True, answered=Answered("harvest"))
    return _back(desk, "#harvest")


def _decided(
    request: Request,
    desk: HostDesk,
    numbers: Numbers,
    card_id: str,
    act: Any,
    *values: Any,
) -> Response:
    database: Database = request.state.database
    try:
        database.write(act, desk, card_id, *values)
    except Stale as refusal:
        if wants_json(request):
            return conflict(request, refusal, current(request, desk.event_id, Card, card_id))
        return host_page(request, desk, numbers, is_part=is_htmx(request), refusal=refusal)
    if wants_json(request):
        return JSONResponse(current(request, desk.event_id, Card, card_id))
    if is_htmx(request):
        return host_page(request, desk, numbers, is_part=True)
    view = view_of(request.query_params)
    return _back(desk, f"{view.query}#{view.state or State.waiting}")


def _back(desk: HostDesk, place: str) -> Response:
    return RedirectResponse(f"/host/{desk.code}/{desk.island}{place}", status_code=303)


def _harvest(request: Request, desk: HostDesk) -> dict[str, Any]:
    database: Database = request.state.database
    with database.read() as session:
        island = session.get_one(Island, (desk.event_id, desk.island))
        return {
            "island": island.number,
            "key_sentence": island.key_sentence,
            "note": island.note,
            "version": island.harvest_version,
        }
