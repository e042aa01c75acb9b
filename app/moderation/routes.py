"""The desk: one page, and a form for every act; the invitation that leads to it."""

from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.database import Database
from app.errors import Stale
from app.feedback.models import Card, State, Word
from app.feedback.queries import cards_by_state
from app.moderation.access import Desk, DeskOf
from app.moderation.deciding import correct, decide
from app.moderation.queue import listed_cards, listed_words
from app.moderation.steering import (
    begin_rehearsal,
    draw_curtain,
    end_rehearsal,
    enter_phase,
    pause,
    reveal,
    show_scene,
    turn_clock,
)
from app.people.notices import refuse_without_notices
from app.planning.clock import clock_of
from app.planning.models import Event, Phase, SceneName
from app.planning.queries import islands_of
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import is_htmx, wants_json

router = APIRouter(prefix="/moderate/{code}")
MAX_NUMBER = 2**31 - 1  # what a database takes for an integer
YesNo = Annotated[Literal["yes", "no"], Form()]
Version = Annotated[int, Form()]


@router.get("")
def show_desk(request: Request, desk: DeskOf) -> HTMLResponse:
    return _desk_page(request, desk, "moderation/desk.html")


@router.get("/queue")
def show_queue(request: Request, desk: DeskOf) -> HTMLResponse:
    """The part of the desk that changes by itself."""
    return _desk_page(request, desk, "moderation/desk.html#live")


@router.post("/phase")
def change_phase(
    request: Request,
    desk: DeskOf,
    phase: Annotated[Phase, Form()],
    running: Annotated[Literal["yes", "no"] | None, Form()] = None,
) -> Response:
    """`running` starts or stops the clock along with it: one button in front of 80 people."""
    return _steer(request, desk, enter_phase, phase, running and running == "yes")


@router.post("/scene")
def change_scene(
    request: Request,
    desk: DeskOf,
    scene: Annotated[SceneName, Form()],
    island: Annotated[int | None, Form(ge=1, le=MAX_NUMBER)] = None,
) -> Response:
    return _steer(request, desk, show_scene, scene, island)


@router.post("/clock")
def change_clock(
    request: Request,
    desk: DeskOf,
    running: Annotated[Literal["yes", "no"] | None, Form()] = None,
    remaining_s: Annotated[int | None, Form()] = None,
) -> Response:
    is_running = None if running is None else running == "yes"
    return _steer(request, desk, turn_clock, is_running, remaining_s)


@router.post("/curtain")
def change_curtain(request: Request, desk: DeskOf, curtain: YesNo) -> Response:
    return _steer(request, desk, draw_curtain, curtain == "yes")


@router.post("/pause")
def change_pause(request: Request, desk: DeskOf, paused: YesNo) -> Response:
    return _steer(request, desk, pause, paused == "yes")


@router.post("/reveal")
def change_reveal(request: Request, desk: DeskOf, revealed: YesNo) -> Response:
    return _steer(request, desk, reveal, revealed == "yes")


@router.post("/rehearsal")
def change_rehearsal(
    request: Request,
    desk: DeskOf,
    rehearsal: YesNo,
    keep: Annotated[Literal["yes", "no"], Form()] = "no",
) -> Response:
    if rehearsal == "yes":
        return _steer(request, desk, begin_rehearsal)
    database: Database = request.state.database
    settings: Settings = request.state.settings
    if settings.is_public:
        database.write(refuse_without_notices)
    database.write(end_rehearsal, desk.event_id, keep=keep == "yes")
    return _done(request, desk)


@router.post("/cards/{item_id}/correction")
def correct_card(
    request: Request, desk: DeskOf, item_id: str, version: Version, text: Annotated[str, Form()]
) -> Response:
    return _decide(request, desk, Card, item_id, correct, desk.event_id, item_id, text, version)


@router.post("/cards/{item_id}/{act}")
def decide_on_card(
    request: Request,
    desk: DeskOf,
    item_id: str,
    act: Literal["approval", "hiding", "restoration"],
    version: Version,
) -> Response:
    arguments = (Card, desk.event_id, item_id, act, version)
    return _decide(request, desk, Card, item_id, decide, *arguments)


@router.post("/words/{item_id}/{act}")
def decide_on_word(
    request: Request,
    desk: DeskOf,
    item_id: str,
    act: Literal["approval", "hiding", "restoration"],
    version: Version,
) -> Response:
    arguments = (Word, desk.event_id, item_id, act, version)
    return _decide(request, desk, Word, item_id, decide, *arguments)


def _steer(request: Request, desk: Desk, act: Any, *values: Any) -> Response:
    database: Database = request.state.database
    database.write(act, desk.event_id, *values)
    return _done(request, desk)


def _decide(
    request: Request,
    desk: Desk,
    table: type[Card] | type[Word],
    item_id: str,
    act: Any,
    *arguments: Any,
) -> Response:
    database: Database = request.state.database
    try:
        database.write(act, *arguments)
    except Stale as refusal:
        return _stale(request, desk, table, item_id, refusal)
    if wants_json(request):
        return JSONResponse(_current(request, desk, table, item_id))
    return _done(request, desk)


def _done(request: Request, desk: Desk) -> Response:
    if wants_json(request):
        return JSONResponse({"status": "done"})
    if is_htmx(request):
        return _desk_page(request, desk, "moderation/desk.html#live")
    return RedirectResponse(f"/moderate/{desk.code}", status_code=303)


def _stale(
    request: Request, desk: Desk, table: type[Card] | type[Word], item_id: str, refusal: Stale
) -> Response:
    """409 with the current state: nobody decides on what is not there any more."""
    if wants_json(request):
        body = {
            "type": "about:blank",
            "status": refusal.status,
            "title": refusal.message,
            "current": _current(request, desk, table, item_id),
        }
        return JSONResponse(body, refusal.status, media_type="application/problem+json")
    name = "moderation/desk.html#live" if is_htmx(request) else "moderation/desk.html"
    return _desk_page(request, desk, name, refusal)


def _current(
    request: Request, desk: Desk, table: type[Card] | type[Word], item_id: str
) -> dict[str, Any]:
    database: Database = request.state.database
    with database.read() as session:
        item = cast(Card | Word, session.get_one(table, (desk.event_id, item_id)))
        return {"id": item.id, "state": item.state, "version": item.version}


def _desk_page(
    request: Request, desk: Desk, name: str, refusal: Stale | None = None
) -> HTMLResponse:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
        return page(
            request,
            name,
            status=refusal.status if refusal else 200,
            event=event,
            refusal=refusal,
            is_local=settings.is_local,
            clock=clock_of(event),
            phases=list(Phase),
            scenes=list(SceneName),
            **_lists(session, event),
        )


def _lists(session: Session, event: Event) -> dict[str, Any]:
    assert event.id is not None
    return {
        "islands": islands_of(session, event),
        "count": cards_by_state(session, event.id),
        "waiting": listed_cards(session, event.id, State.waiting),
        "approved": listed_cards(session, event.id, State.approved),
        "hidden": listed_cards(session, event.id, State.hidden),
        "words": listed_words(session, event.id),
    }
