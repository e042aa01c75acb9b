"""How the desk answers: with itself once something is done, with the current state when it was stale."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from fastapi import Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.backups.backing_up import Backups
from app.database import Database
from app.errors import Refusal, Stale
from app.feedback.models import Card, State, Word
from app.moderation.access import Desk
from app.moderation.queue import LISTED, counted_cards, listed_cards
from app.moderation.steering import round_lengths
from app.moderation.view import View, view_of
from app.moderation.vitals import Vitals
from app.moderation.words import word_panel
from app.planning.clock import clock_of
from app.planning.journal import Details, act_and_record
from app.planning.models import Event, Phase, SceneName
from app.planning.queries import islands_of
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import is_htmx, problem, wants_json

YesNo = Annotated[Literal["yes", "no"], Form()]
Version = Annotated[int, Form()]


@dataclass(frozen=True, slots=True)
class Undo:
    """The form that takes the last act back: where it goes below the desk's address, and its fields.
    `name` is the act's, `count` how many cards it was about."""

    name: str
    action: str
    fields: tuple[tuple[str, str], ...]
    count: int = 1


def steer(
    request: Request, desk: Desk, name: str, act: Any, *values: Any, **named: Any
) -> Response:
    """Runs `act(session, event_id, …)` with its line in the journal, and answers."""
    recorded(request, desk, name, "", act, desk.event_id, *values, **named)
    return done(request, desk)


def recorded(
    request: Request, desk: Desk, name: str, subject: str, act: Any, *values: Any, **named: Any
) -> Details:
    """Runs `act(session, …)` with its line in the journal; returns what the journal keeps."""
    database: Database = request.state.database
    return database.write(
        act_and_record, desk.event_id, desk.actor, name, subject, act, *values, **named
    )


def done(request: Request, desk: Desk, undo: Undo | None = None) -> Response:
    """To an act that was done: for a browser the desk as it is now, and the way back."""
    if wants_json(request):
        return JSONResponse({"status": "done"})
    if is_htmx(request):
        return desk_page(request, desk, "moderation/desk.html#live", undo=undo)
    query = view_of(request.query_params).query
    return RedirectResponse(f"/moderate/{desk.code}{query}", status_code=303)


def decided(
    request: Request,
    desk: Desk,
    table: type[Card] | type[Word],
    item_id: str,
    act: Any,
    *values: Any,
    name: str = "",
    undo: Callable[[dict[str, Any]], Undo] | None = None,
) -> Response:
    """Runs `act(session, *values)` about a card or word, and answers. With a `name`, its line in the
    journal is written here; `undo` makes the way back from what that keeps."""
    database: Database = request.state.database
    details = None
    try:
        if name:
            details = recorded(request, desk, name, item_id, act, *values)
        else:
            database.write(act, *values)
    except Stale as refusal:
        return stale(request, desk, table, item_id, refusal)
    if wants_json(request):
        return JSONResponse(current(request, desk.event_id, table, item_id))
    return done(request, desk, undo(details) if undo and details else None)


def stale(
    request: Request, desk: Desk, table: type[Card] | type[Word], item_id: str, refusal: Stale
) -> Response:
    """409 with the current state: nobody decides on what is not there any more."""
    if wants_json(request):
        return conflict(request, refusal, current(request, desk.event_id, table, item_id))
    return refused_page(request, desk, refusal)


def conflict(request: Request, refusal: Stale, now: dict[str, Any]) -> JSONResponse:
    return problem(request, refusal, refusal.status, current=now)


def refused_page(
    request: Request, desk: Desk, refusal: Refusal, undo: Undo | None = None
) -> Response:
    """The desk as it is, and why something was not done; 409 unless something else was."""
    name = "moderation/desk.html#live" if is_htmx(request) else "moderation/desk.html"
    return desk_page(request, desk, name, refusal, undo)


def current(
    request: Request, event_id: int, table: type[Card] | type[Word], item_id: str
) -> dict[str, Any]:
    database: Database = request.state.database
    with database.read() as session:
        item = cast(Card | Word, session.get_one(table, (event_id, item_id)))
        return {"id": item.id, "state": item.state, "version": item.version}


def desk_page(
    request: Request,
    desk: Desk,
    name: str,
    refusal: Refusal | None = None,
    undo: Undo | None = None,
) -> HTMLResponse:
    """The desk, or with `moderation/desk.html#live` the part of it that changes, in the view that the
    request's address names."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    vitals: Vitals = request.state.vitals
    backups: Backups = request.state.backups
    view = view_of(request.query_params)
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
        return page(
            request,
            name,
            status=refusal.status if refusal and not undo else 200,
            event=event,
            refusal=refusal,
            undo=undo,
            view=view,
            is_local=settings.is_local,
            light=None if name.endswith("#live") else vitals.light(event),
            backup=backups.standing,
            clock=clock_of(event),
            phases=list(Phase),
            scenes=list(SceneName),
            rounds=round_lengths(event),
            **_lists(session, event, view),
        )


def _lists(session: Session, event: Event, view: View) -> dict[str, Any]:
    assert event.id is not None
    in_view = (State.waiting, State.approved, State.hidden) if view.state is None else (view.state,)
    count = counted_cards(session, event.id)
    return {
        "islands": islands_of(session, event),
        "count": count,
        "found": count if view.is_everything else counted_cards(session, event.id, view),
        "listed": {
            state: listed_cards(session, event.id, state, view, event.held_words)
            for state in in_view
        },
        "page_length": LISTED,
        **word_panel(session, event),
    }
