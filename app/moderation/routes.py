"""The desk's pages, and the one router of all that is done there."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.database import Database
from app.moderation import (
    backup_routes,
    card_routes,
    runbook_routes,
    settings_routes,
    steering_routes,
    word_routes,
)
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import desk_page
from app.moderation.socket import news
from app.moderation.steering_routes import MAX_NUMBER
from app.moderation.told import told_acts
from app.people.sessions import PLANNER_COOKIE, desk_cookie, sign_out, token_of
from app.planning.journal import journal, record
from app.planning.models import Event
from app.web.pages import page
from app.web.refusals import wants_json

router = APIRouter(prefix="/moderate/{code}")
A_PAGE = 100  # acts


@router.get("")
def show_desk(request: Request, desk: DeskOf) -> HTMLResponse:
    return desk_page(request, desk, "moderation/desk.html")


@router.get("/queue")
def show_queue(request: Request, desk: DeskOf) -> HTMLResponse:
    """The part of the desk that changes by itself."""
    return desk_page(request, desk, "moderation/desk.html#live")


@router.get("/news")
def show_news(request: Request, desk: DeskOf) -> JSONResponse:
    """What the socket says, for networks that let none through."""
    database: Database = request.state.database
    with database.read() as session:
        version = session.get_one(Event, desk.event_id).version
        return JSONResponse(news(session, request.state.vitals, desk.event_id, version))


@router.get("/journal")
def show_journal(
    request: Request,
    desk: DeskOf,
    before: Annotated[int | None, Query(le=MAX_NUMBER)] = None,
) -> HTMLResponse:
    """The latest acts, newest first; `before` leads to older ones."""
    database: Database = request.state.database
    with database.read() as session:
        acts = journal(session, desk.event_id, A_PAGE + 1, before)
        return page(
            request,
            "moderation/journal.html",
            event=session.get_one(Event, desk.event_id),
            acts=told_acts(session, desk.event_id, acts[:A_PAGE]),
            older=acts[A_PAGE - 1].number if len(acts) > A_PAGE else None,
            is_first=before is None,
        )


@router.post("/sign-out")
def leave(request: Request, desk: DeskOf) -> Response:
    """Ends every session that opens this desk here; other desks and other browsers stay open."""
    database: Database = request.state.database
    cookies = (desk_cookie(desk.code), PLANNER_COOKIE)
    database.write(_leave, desk, [token_of(request, cookie) for cookie in cookies])
    if wants_json(request):
        answer: Response = JSONResponse({"status": "done"})
    else:
        answer = RedirectResponse(f"/moderate/{desk.code}/signed-out", status_code=303)
    for cookie in cookies:
        answer.delete_cookie(cookie)
    return answer


def _leave(session: Session, desk: Desk, tokens: list[str]) -> None:
    for token in tokens:
        sign_out(session, token)
    record(session, desk.event_id, desk.actor, "sign-out")


@router.get("/signed-out")
def say_goodbye(request: Request) -> HTMLResponse:
    return page(request, "moderation/signed_out.html")


router.include_router(settings_routes.router)
router.include_router(steering_routes.router)
router.include_router(backup_routes.router)
router.include_router(runbook_routes.router)
router.include_router(
    word_routes.router
)  # before the cards': its acts have names that are ids there
router.include_router(card_routes.router)
