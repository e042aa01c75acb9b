"""Planners come in: the one-time set-up link, signing in and out."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from app.database import Database
from app.errors import NotAcceptable, NotAllowed
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

router = APIRouter()
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
        return sign_in(session, planner_id=set_password(session, token, password_hash).id)

    return _signed_in(request, database.write(finish))


@router.get("/sign-in")
def show_sign_in(request: Request) -> HTMLResponse:
    return page(request, "people/sign_in.html", refusal=None, name="")


@router.post("/sign-in")
def come_in(
    request: Request, name: Annotated[str, Form(max_length=200)] = "", password: Password = ""
) -> Any:
    database: Database = request.state.database
    try:
        with database.read() as session:
            planner_id, password_hash = password_hash_of(session, name)
        verify(password_hash, password)
    except NotAllowed as refusal:
        return page(request, "people/sign_in.html", status=403, refusal=refusal, name=name)
    return _signed_in(request, database.write(sign_in, planner_id=planner_id))


@router.post("/sign-out")
def leave(request: Request) -> RedirectResponse:
    database: Database = request.state.database
    database.write(sign_out, token_of(request))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(PLANNER_COOKIE)
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


def _signed_in(request: Request, token: str) -> RedirectResponse:
    settings: Settings = request.state.settings
    answer = RedirectResponse("/plan", status_code=303)
    remember(answer, PLANNER_COOKIE, token, is_https=settings.is_https)
    return answer
