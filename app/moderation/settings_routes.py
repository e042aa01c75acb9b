"""The event's settings at the desk: who looks at a text first, and which words wait."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable
from app.feedback.filter import shipped_words
from app.feedback.models import State
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import recorded
from app.moderation.queue import counted_cards
from app.moderation.settings import set_approval, set_held_words
from app.planning.models import Approval, Event
from app.web.pages import page
from app.web.refusals import is_htmx, wants_json

router = APIRouter()
Choice = Annotated[Approval | None, Form()]


@router.get("/settings")
def show_settings(request: Request, desk: DeskOf) -> HTMLResponse:
    return _settings_page(request, desk)


@router.post("/settings")
def change_settings(
    request: Request,
    desk: DeskOf,
    card_approval: Choice = None,
    word_approval: Choice = None,
    held_words: Annotated[str | None, Form()] = None,
    held_words_default: Annotated[str, Form()] = "no",
) -> Response:
    """What is not sent stays as it is; `held_words_default` = `yes` brings our own list back."""
    event_id = desk.event_id
    try:
        if card_approval or word_approval:
            approvals = (event_id, card_approval, word_approval)
            recorded(request, desk, "settings", "approval", set_approval, *approvals)
        if held_words_default == "yes":
            recorded(request, desk, "settings", "words", set_held_words, event_id, None)
        elif held_words is not None:
            recorded(request, desk, "settings", "words", set_held_words, event_id, held_words)
    except NotAcceptable as refusal:
        if wants_json(request) or is_htmx(request):
            raise
        return _settings_page(request, desk, refusal, held_words)
    if wants_json(request):
        return JSONResponse({"status": "done"})
    return RedirectResponse(f"/moderate/{desk.code}/settings?saved=yes", status_code=303)


def _settings_page(
    request: Request,
    desk: Desk,
    refusal: NotAcceptable | None = None,
    typed: str | None = None,
) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
        own = event.held_words
        return page(
            request,
            "moderation/settings.html",
            status=refusal.status if refusal else 200,
            event=event,
            refusal=refusal,
            held_words=typed or (shipped_words() if own is None else own),
            is_own_list=own is not None,
            is_saved=request.query_params.get("saved") == "yes" and refusal is None,
            waiting=counted_cards(session, desk.event_id)[State.waiting],
        )
