"""Planners come in: the one-time set-up link, signing in and out."""

from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from app.database import Database
from app.errors import NotAcceptable, NotAllowed, TooFast
from app.people.guessing import Guessing
from app.people.planners import (
    MIN_PASSWORD,
    hash_password,
    password_hash_of,
    planner_setting_up,
    set_password,
    verify,
)
from app.people.sessions import PLANNER_COOKIE, remember, sign_in, sign_out, token_of
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import wants_json

router = APIRouter()
KNOWN_COOKIE = "known"  # not signed in, but has been
KNOWN_FOR_S = 180 * 24 * 3600
Password = Annotated[str, Form(max_length=1000)]


@router.get("/set-up/{token}")
def show_set_up(request: Request, token: str) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        planner = planner_setting_up(session, token)
    return _set_up_page(request, planner.name)


@router.post("/set-up/{token}")
def set_up(request: Request, token: str, password: Password = "") -> Any:
    database: Database = request.state.database
    with database.read() as session:
        planner = planner_setting_up(session, token)
    try:
        password_hash = hash_password(password)
    except NotAcceptable as refusal:
        return _set_up_page(request, planner.name, refusal)

    def finish(session: Session) -> str:
        sign_out(session, token_of(request))
        return sign_in(session, planner_id=set_password(session, token, password_hash).id)

    return _signed_in(request, planner.name, database.write(finish))


@router.get("/sign-in")
def show_sign_in(request: Request) -> HTMLResponse:
    return page(request, "people/sign_in.html", refusal=None, name="")


@router.post("/sign-in")
async def come_in(
    request: Request, name: Annotated[str, Form(max_length=200)] = "", password: Password = ""
) -> Any:
    """A coroutine, so that those who wait for their turn wait on the loop and take no thread."""
    guessing: Guessing = request.state.guessing
    known = request.cookies.get(KNOWN_COOKIE, "")
    try:
        guessing.begin(name, known)
        planner_id = await run_sync(_verified, request, name, password, limiter=guessing.limiter)
    except (NotAllowed, TooFast) as refusal:
        if wants_json(request):
            raise
        return _sign_in_page(request, name, refusal)
    guessing.was_right(name, known)
    return await run_sync(_let_in, request, name, planner_id)


@router.post("/sign-out")
def leave(request: Request, everywhere: Annotated[Literal["yes", "no"], Form()] = "no") -> Any:
    database: Database = request.state.database
    database.write(sign_out, token_of(request), everywhere=everywhere == "yes")
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(PLANNER_COOKIE)
    return answer


def _verified(request: Request, name: str, password: str) -> int | None:
    database: Database = request.state.database
    with database.read() as session:
        planner_id, password_hash = password_hash_of(session, name)
    verify(password_hash, password)
    return planner_id


def _let_in(request: Request, name: str, planner_id: int | None) -> RedirectResponse:
    """With a new session: what this browser had before, its own or one that was foisted on it, ends."""
    database: Database = request.state.database

    def renew(session: Session) -> str:
        sign_out(session, token_of(request))
        return sign_in(session, planner_id=planner_id)

    return _signed_in(request, name, database.write(renew))


def _sign_in_page(request: Request, name: str, refusal: NotAllowed | TooFast) -> HTMLResponse:
    answer = page(request, "people/sign_in.html", status=refusal.status, refusal=refusal, name=name)
    if refusal.retry_after_s is not None:
        answer.headers["retry-after"] = str(refusal.retry_after_s)
    return answer


def _set_up_page(request: Request, name: str, refusal: NotAcceptable | None = None) -> HTMLResponse:
    return page(
        request,
        "people/set_up.html",
        status=refusal.status if refusal else 200,
        refusal=refusal,
        name=name,
        min_password=MIN_PASSWORD,
    )


def _signed_in(request: Request, name: str, token: str) -> RedirectResponse:
    settings: Settings = request.state.settings
    guessing: Guessing = request.state.guessing
    answer = RedirectResponse("/plan", status_code=303)
    remember(answer, PLANNER_COOKIE, token, is_https=settings.is_https)
    answer.set_cookie(
        KNOWN_COOKIE,
        guessing.known_browser(name),
        max_age=KNOWN_FOR_S,
        path="/sign-in",
        httponly=True,
        samesite="lax",
        secure=settings.is_https,
    )
    return answer
