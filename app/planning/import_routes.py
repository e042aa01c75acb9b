"""A plan comes in by upload: its errors, or a preview, then the decision. And goes out as a file."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable, Refusal, Stale
from app.people.access import SignedInPlanner
from app.people.planners import actor_of
from app.planning.changing import change_to
from app.planning.held_plan import held, released
from app.planning.models import Event
from app.planning.plan import Plan, checked
from app.planning.plan_changes import PlanChanges, plan_changes
from app.planning.plan_data import stored_data
from app.planning.plan_errors import PlanError, PlanErrors, whole_file
from app.planning.plan_files import read_plan_file
from app.planning.plan_reading import MAX_BYTES
from app.planning.plan_toml import as_toml
from app.planning.queries import event_by_key
from app.planning.sheets.headings import label_at, name_of
from app.planning.sheets.writing import MEDIA_TYPE, plan_xlsx, template_xlsx
from app.web.catalogue import primary
from app.web.pages import Pages, language, page

router = APIRouter(prefix="/plan")


@router.get("/import")
def show_import(request: Request, _planner: SignedInPlanner) -> HTMLResponse:
    return _import_page(request)


@router.post("/import")
async def upload(request: Request, _planner: SignedInPlanner) -> Response:
    """The body is read here, not by FastAPI, which would read it before it asks who sends it."""
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("plan")
        if not isinstance(file, UploadFile) or not file.filename:
            return _import_page(request, [*whole_file("no_file").errors])
        content = await file.read(MAX_BYTES + 1)
        return await run_in_threadpool(_preview_of, request, file.filename, content)


@router.post("/import/confirmation")
async def confirm(request: Request, planner: SignedInPlanner) -> Response:
    async with request.form(max_files=0, max_fields=5) as form:
        token, is_rehearsal = str(form.get("plan", "")), form.get("rehearsal") == "yes"
    return await run_in_threadpool(_decide, request, planner, token, is_rehearsal)


@router.get("/template.xlsx")
def download_template(
    _planner: SignedInPlanner,
    language: Annotated[str, Query(pattern="^(de|en)$")] = "de",
) -> Response:
    name = {"de": "vorlage.xlsx", "en": "template.xlsx"}[language]
    return _file(template_xlsx(language), MEDIA_TYPE, name)


@router.get("/events/{key}/plan.xlsx")
def download_spreadsheet(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    event, plan = _stored(request, key)
    spoken = "en" if primary(event.locale) == "en" else "de"
    content = plan_xlsx(plan, spoken, event.changed_at)
    return _file(content, MEDIA_TYPE, f"{event.key}-plan.xlsx")


@router.get("/events/{key}/plan.toml")
def download_toml(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    event, plan = _stored(request, key)
    return _file(as_toml(plan).encode(), "application/toml", f"{event.key}-plan.toml")


def _preview_of(request: Request, name: str, content: bytes) -> HTMLResponse:
    try:
        plan = read_plan_file(name, content)
    except PlanErrors as found:
        return _import_page(request, found.errors)
    return _preview_page(request, plan)


def _decide(request: Request, planner: int, token: str, is_rehearsal: bool) -> Response:
    database: Database = request.state.database
    plan, seen = released(token, request.state.plan_key)

    def decide(session: Session) -> None:
        if plan_changes(session, plan).seen != seen:
            raise Stale
        change_to(session, plan, actor_of(session, planner), rehearsal=is_rehearsal)

    try:
        database.write(decide)
    except Stale as refusal:
        return _preview_page(request, plan, refusal)
    return RedirectResponse(f"/plan/events/{plan.event.key}", status_code=303)


def _import_page(request: Request, errors: Sequence[PlanError] = ()) -> HTMLResponse:
    pages: Pages = request.state.pages
    spoken = language(request)
    translate = pages.catalogue.texts(spoken).gettext
    found = [
        (
            error.where,
            error.place if isinstance(error.where, int) else label_at(error.location, spoken),
            error.problem(translate),
        )
        for error in errors
    ]
    status = NotAcceptable.status if errors else 200
    return page(request, "planning/import.html", status=status, errors=found)


def _preview_page(request: Request, plan: Plan, refusal: Refusal | None = None) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        changes: PlanChanges = plan_changes(session, plan, request.state.kept_dots)
    spoken = language(request)
    return page(
        request,
        "planning/preview.html",
        status=refusal.status if refusal else 200,
        refusal=refusal,
        plan=plan,
        changes=changes,
        held=held(plan, changes.seen, request.state.plan_key),
        name_of=lambda part, field: name_of(part, field, spoken),
    )


def _stored(request: Request, key: str) -> tuple[Event, Plan]:
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_key(session, key)
        return event, checked(stored_data(session, event))


def _file(content: bytes, media_type: str, name: str) -> Response:
    disposition = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=disposition)
