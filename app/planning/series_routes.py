"""A series' own page: its events, its name, its logo and its one colour."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import ValidationError
from sqlmodel import Session, select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import N_, NotAcceptable, Refusal, Stale, Unknown
from app.people.access import SignedInPlanner
from app.planning.accent import accent_of, as_accent
from app.planning.agenda import agendas
from app.planning.logo import MAX_BYTES, as_logo
from app.planning.models import Event, Logo, Series
from app.planning.next_steps import stage_of, today
from app.planning.plan import PlannedSeries
from app.planning.plan_changes import fingerprint
from app.planning.plan_data import series_data
from app.planning.versions import raise_version
from app.web.pages import page

router = APIRouter(prefix="/plan/series/{key}")
Line = Annotated[str, Form(max_length=1000)]


@router.get("")
def show_series(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    return _series_page(request, key)


@router.post("")
def change_series(
    request: Request,
    _planner: SignedInPlanner,
    key: str,
    seen: Line = "",
    title: Line = "",
    organiser: Line = "",
    accent: Line = "",
) -> Response:
    typed = {"title": title, "organiser": organiser, "accent": accent}

    def change(session: Session) -> None:
        series = _series(session, key)
        if _seen(session, series) != seen:
            raise Stale
        planned = _planned(key, title, organiser)
        series.title, series.organiser = planned.title, planned.organiser
        series.accent = as_accent(accent)
        session.add(series)
        _raise_versions(session, series)

    database: Database = request.state.database
    try:
        database.write(change)
    except (NotAcceptable, Stale) as refusal:
        return _series_page(request, key, refusal, typed)
    return RedirectResponse(f"/plan/series/{key}", status_code=303)


@router.get("/logo")
def show_logo(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    database: Database = request.state.database
    with database.read() as session:
        logo = session.get(Logo, _series(session, key).id)
    if logo is None:
        raise Unknown
    return Response(logo.content, media_type=logo.media_type)


@router.post("/logo")
async def change_logo(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    """A new one, or without a file none any more."""
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("logo")
        is_there = isinstance(file, UploadFile) and bool(file.filename)
        content = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
        is_removal = form.get("remove") == "yes"
    if not is_there and not is_removal:
        nothing = NotAcceptable(N_("Bitte wählen Sie eine Datei."), field="logo")
        return await run_in_threadpool(_series_page, request, key, nothing)
    return await run_in_threadpool(_keep_logo, request, key, None if is_removal else content)


def _keep_logo(request: Request, key: str, content: bytes | None) -> Response:
    def keep(session: Session) -> None:
        series = _series(session, key)
        series_id = series.id
        assert series_id is not None
        _raise_versions(session, series)
        logo = session.get(Logo, series_id)
        if drawn is None:
            if logo is not None:
                session.delete(logo)
            return
        logo = logo or Logo(series_id=series_id, media_type="", content=b"")
        logo.media_type, logo.content = drawn
        session.add(logo)

    database: Database = request.state.database
    try:
        drawn = None if content is None else as_logo(content)
    except NotAcceptable as refusal:
        return _series_page(request, key, refusal)
    database.write(keep)
    return RedirectResponse(f"/plan/series/{key}", status_code=303)


def _series_page(
    request: Request,
    key: str,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    database: Database = request.state.database
    day = today()
    with database.read() as session:
        series = _series(session, key)
        stored = {
            "title": series.title,
            "organiser": series.organiser,
            "accent": series.accent,
        }
        return page(
            request,
            "planning/series.html",
            status=refusal.status if refusal else 200,
            series=series,
            seen=_seen(session, series),
            values=typed or stored,
            refusal=refusal,
            accent=accent_of(series.accent),
            has_logo=session.get(Logo, series.id) is not None,
            agendas=agendas(session, series.id),
            stage_of=lambda event: stage_of(event, day),
            today=day,
        )


def _series(session: Session, key: str) -> Series:
    series = session.exec(select(Series).where(Series.key == key)).first()
    if series is None:
        raise Unknown(N_("Diese Veranstaltungsreihe gibt es nicht."))
    return series


def _raise_versions(session: Session, series: Series) -> None:
    """Of all its events: their documentation names it."""
    for event in session.exec(select(Event).where(Event.series_id == series.id)):
        raise_version(session, event)


def _seen(session: Session, series: Series) -> str:
    assert series.id is not None
    return fingerprint(series_data(session, series.id), series.accent)


def _planned(key: str, title: str, organiser: str) -> PlannedSeries:
    try:
        return PlannedSeries.model_validate({"key": key, "title": title, "organiser": organiser})
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        message = (
            N_("Der Name der Reihe braucht 1 bis 200 Zeichen in einer Zeile.")
            if field == "title"
            else N_("Höchstens 200 Zeichen in einer Zeile.")
        )
        raise NotAcceptable(message, field=field) from error
