"""How the desk answers: with itself once something is done, with the current state when it was stale."""

from typing import Annotated, Any, Literal, cast

from fastapi import Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.database import Database
from app.errors import Stale
from app.feedback.models import Card, State, Word
from app.feedback.queries import cards_by_state
from app.moderation.access import Desk
from app.moderation.queue import listed_cards
from app.moderation.words import word_panel
from app.planning.clock import clock_of
from app.planning.models import Event, Phase, SceneName
from app.planning.queries import islands_of
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import is_htmx, wants_json

YesNo = Annotated[Literal["yes", "no"], Form()]
Version = Annotated[int, Form()]


def done(request: Request, desk: Desk) -> Response:
    """To an act that was done: for a browser the desk as it is now."""
    if wants_json(request):
        return JSONResponse({"status": "done"})
    if is_htmx(request):
        return desk_page(request, desk, "moderation/desk.html#live")
    return RedirectResponse(f"/moderate/{desk.code}", status_code=303)


def decided(
    request: Request,
    desk: Desk,
    table: type[Card] | type[Word],
    item_id: str,
    act: Any,
    *values: Any,
) -> Response:
    """Runs `act(session, *values)` about a card or word in a transaction of its own, and answers."""
    database: Database = request.state.database
    try:
        database.write(act, *values)
    except Stale as refusal:
        return stale(request, desk, table, item_id, refusal)
    if wants_json(request):
        return JSONResponse(_current(request, desk, table, item_id))
    return done(request, desk)


def stale(
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
    return desk_page(request, desk, name, refusal)


def _current(
    request: Request, desk: Desk, table: type[Card] | type[Word], item_id: str
) -> dict[str, Any]:
    database: Database = request.state.database
    with database.read() as session:
        item = cast(Card | Word, session.get_one(table, (desk.event_id, item_id)))
        return {"id": item.id, "state": item.state, "version": item.version}


def desk_page(
    request: Request, desk: Desk, name: str, refusal: Stale | None = None
) -> HTMLResponse:
    """The desk, or with `moderation/desk.html#live` the part of it that changes."""
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
        **word_panel(session, event),
    }
