"""The form that copies an event to the next district."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable
from app.people.access import SignedInPlanner
from app.people.planners import actor_of
from app.planning.copying import copy_event, suggestion
from app.planning.editing.fields import errors_by_name, fields_of, typed
from app.planning.editing.pages import AS_STORED, Refused
from app.planning.models import Event
from app.planning.plan_errors import PlanErrors
from app.planning.queries import event_by_key
from app.web.pages import Pages, language, page

router = APIRouter(prefix="/plan/events/{key}/copy")
ASKED = ("title", "district", "date", "place")


@router.get("")
def show_copy_form(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    return _copy_page(request, key)


@router.post("")
async def copy(request: Request, planner: SignedInPlanner, key: str) -> Response:
    form = await request.form(max_files=0)
    values = {name: value for name, value in typed("event", form).items() if name in ASKED}
    return await run_in_threadpool(
        _copy, request, planner, key, values, form.get("rehearsal") == "yes"
    )


def _copy(
    request: Request, planner: int, key: str, values: dict[str, Any], is_rehearsal: bool
) -> Response:
    database: Database = request.state.database

    def copy_it(session: Session) -> Event:
        actor = actor_of(session, planner)
        return copy_event(session, key, actor, values, rehearsal=is_rehearsal)

    try:
        made = database.write(copy_it)
    except (NotAcceptable, PlanErrors) as refusal:
        return _copy_page(request, key, Refused("event", values).because(refusal))
    return RedirectResponse(f"/plan/events/{made.key}", status_code=303)


def _copy_page(request: Request, key: str, refused: Refused = AS_STORED) -> HTMLResponse:
    database: Database = request.state.database
    pages: Pages = request.state.pages
    spoken = language(request)
    with database.read() as session:
        event = event_by_key(session, key)
        values = refused.typed if refused.refusal else suggestion(session, event)
    translate = pages.catalogue.texts(spoken).gettext
    errors = errors_by_name(refused.errors, 1, translate)
    if refused.refusal and refused.refusal.field:
        errors[refused.refusal.field] = translate(refused.refusal.message)
    fields = {each.name: each for each in fields_of("event", values, spoken, errors)}
    return page(
        request,
        "planning/copy.html",
        status=refused.refusal.status if refused.refusal else 200,
        event=event,
        refusal=refused.refusal,
        fields=[replace(fields[name], hint="") for name in ASKED],
    )
