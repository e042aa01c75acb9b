"""The planner's page for afterwards: download everything, seal, delete."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.backups.folder import is_away
from app.database import Database
from app.errors import NotAcceptable, NotOpen, Refusal
from app.feedback.models import State
from app.moderation.ending import seal_everywhere
from app.moderation.queue import counted_cards
from app.people.access import SignedInPlanner
from app.people.planners import actor_of
from app.planning.codes import refuse_unconfirmed
from app.planning.deleting import shred
from app.planning.queries import event_by_key
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import wants_json

router = APIRouter(prefix="/plan/events/{key}")
Confirm = Annotated[str, Form(max_length=40)]


@router.get("/ending")
def show_ending(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    return _ending_page(request, key)


@router.post("/sealing")
def seal_event(
    request: Request,
    planner_id: SignedInPlanner,
    key: str,
    confirm: Annotated[str | None, Form(max_length=40)] = None,
) -> Response:
    """`confirm` is the event's code; the page asks for it, a program need not send it."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = event_by_key(session, key)
        actor = actor_of(session, planner_id)
    try:
        seal_everywhere(database, settings, event, actor, confirm)
    except (NotAcceptable, NotOpen) as refusal:
        if wants_json(request):
            raise
        return _ending_page(request, key, refusal)
    return RedirectResponse(f"/plan/events/{key}/ending", status_code=303)


@router.post("/deletion")
def delete_event(
    request: Request, _planner: SignedInPlanner, key: str, confirm: Confirm = ""
) -> Response:
    """`confirm` is the event's code."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = event_by_key(session, key)
    try:
        refuse_unconfirmed(confirm, event.code)
    except NotAcceptable as refusal:
        if wants_json(request):
            raise
        return _ending_page(request, key, refusal)
    shred(database, settings, key)
    return RedirectResponse("/plan", status_code=303)


def _ending_page(request: Request, key: str, refusal: Refusal | None = None) -> HTMLResponse:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    with database.read() as session:
        event = event_by_key(session, key)
        assert event.id is not None
        return page(
            request,
            "moderation/ending.html",
            status=refusal.status if refusal else 200,
            event=event,
            refusal=refusal,
            waiting=counted_cards(session, event.id)[State.waiting],
            files=request.state.result_files,
            is_second_folder_away=is_away(settings.second_folder),
        )
