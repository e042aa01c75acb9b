"""The pages of the check-up, for who moderates, and the one that a phone answers with."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.checkup.checkups import Checkups
from app.checkup.finding import LABELS, State, worst
from app.checkup.planned import is_evening
from app.checkup.reaching import LATE_S, Reaching
from app.database import Database
from app.errors import Unknown
from app.moderation.access import DeskOf
from app.planning.models import Event
from app.planning.qr import as_svg
from app.settings import Settings
from app.web.pages import language, page
from app.web.refusals import is_htmx

router = APIRouter()
NOTHING_NEW = 204  # nobody is read the same again


# --- can a phone reach me? ------------------------------------------------------------------------


@router.get("/moderate/{code}/reach")
def ask(request: Request, desk: DeskOf) -> RedirectResponse:
    """A new question each time; it is nothing that is stored."""
    reaching: Reaching = request.state.reaching
    return RedirectResponse(f"/moderate/{desk.code}/reach/{reaching.ask()}", status_code=303)


@router.get("/moderate/{code}/reach/{question}")
def show_answer(request: Request, desk: DeskOf, question: str, shown: str = "") -> Response:
    """`shown`: the state that the page shows already."""
    reaching: Reaching = request.state.reaching
    settings: Settings = request.state.settings
    database: Database = request.state.database
    try:
        state = reaching.question(question).state
    except Unknown:
        return RedirectResponse(f"/moderate/{desk.code}/reach", status_code=303)
    if is_htmx(request) and state == shown:
        return Response(status_code=NOTHING_NEW)
    address = f"{settings.address}/reach/{question}"
    with database.read() as session:
        return page(
            request,
            "checkup/reach.html",
            event=session.get_one(Event, desk.event_id),
            state=state,
            is_swapped=is_htmx(request),
            question=question,
            address=address,
            code=as_svg(address),
            is_local=settings.is_local,
            port=settings.port,
            late_s=int(LATE_S),
        )


@router.get("/reach/{question}")
def answer(request: Request, question: str) -> HTMLResponse:
    """What a phone opens: that it gets this page is the answer."""
    reaching: Reaching = request.state.reaching
    reaching.answer(question)
    return page(request, "checkup/answered.html")


# --- the check-up ---------------------------------------------------------------------------------


@router.get("/moderate/{code}/checkup")
def show_checkup(request: Request, desk: DeskOf, shown: str = "") -> Response:
    checkups: Checkups = request.state.checkups
    database: Database = request.state.database
    state = "running" if checkups.is_running else "done"
    if is_htmx(request) and state == shown:
        return Response(status_code=NOTHING_NEW)
    found = checkups.found or []
    with database.read() as session:
        return page(
            request,
            "checkup/checkup.html",
            event=session.get_one(Event, desk.event_id),
            checkups=checkups,
            state=state,
            is_swapped=is_htmx(request),
            found=sorted(found, key=lambda each: -list(State).index(State(each["state"]))),
            worst=worst([each["state"] for each in found]) if found else None,
            labels=LABELS,
            is_evening=is_evening(session),
        )


@router.post("/moderate/{code}/checkup")
async def begin_checkup(
    request: Request, desk: DeskOf, phones: Annotated[Literal["yes", "no"], Form()] = "no"
) -> RedirectResponse:
    checkups: Checkups = request.state.checkups
    has_phones = phones == "yes"
    may_not = has_phones and await run_in_threadpool(_is_evening, request)
    checkups.begin(language(request), has_phones=has_phones, is_evening=may_not)
    return RedirectResponse(f"/moderate/{desk.code}/checkup", status_code=303)


def _is_evening(request: Request) -> bool:
    database: Database = request.state.database
    with database.read() as session:
        return is_evening(session)
