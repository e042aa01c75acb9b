"""Imprint, privacy notice and accessibility statement, for everybody; and where planners fill them in."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import NotAcceptable
from app.people.access import SignedInPlanner
from app.people.notices import NOTICES, missing_fields, read_notices, write_notices
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import wants_json

router = APIRouter()
MAX_FIELDS = 50


@router.get("/imprint")
def show_imprint(request: Request) -> HTMLResponse:
    return _notice_page(request, "imprint")


@router.get("/privacy")
def show_privacy(request: Request) -> HTMLResponse:
    return _notice_page(request, "privacy")


@router.get("/your-data")
def show_your_data(request: Request) -> HTMLResponse:
    """The same on one screen of a phone, in plain words."""
    return page(request, "people/your_data.html")


@router.get("/accessibility")
def show_accessibility(request: Request) -> HTMLResponse:
    return _notice_page(request, "accessibility")


@router.get("/plan/notices")
def show_notices(request: Request, _planner: SignedInPlanner) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        return _form_page(request, read_notices(session))


@router.post("/plan/notices")
async def save_notices(request: Request, _planner: SignedInPlanner) -> Response:
    """Fields are named `imprint.body`, and so on; what is not sent stays as it is."""
    form = await request.form(max_fields=MAX_FIELDS, max_files=0)
    texts: dict[str, dict[str, str]] = {}
    for name, fields in NOTICES.items():
        sent = {field.name: form.get(f"{name}.{field.name}") for field in fields}
        texts[name] = {field: text for field, text in sent.items() if isinstance(text, str)}
    return await run_in_threadpool(_save, request, texts)


def _save(request: Request, texts: dict[str, dict[str, str]]) -> Response:
    database: Database = request.state.database
    try:
        database.write(write_notices, texts)
    except NotAcceptable as refusal:
        if wants_json(request):
            raise
        with database.read() as session:
            stored = read_notices(session)
        typed = {name: stored[name] | texts[name] for name in NOTICES}
        return _form_page(request, typed, refusal)
    return RedirectResponse("/plan/notices?saved=yes", status_code=303)


def _notice_page(request: Request, name: str) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        notices = read_notices(session)
    return page(
        request,
        f"people/{name}.html",
        imprint=notices["imprint"],
        said=notices[name],
        is_missing=any(notice == name for notice, _ in missing_fields(notices)),
    )


def _form_page(
    request: Request, notices: dict[str, dict[str, str]], refusal: Any = None
) -> HTMLResponse:
    settings: Settings = request.state.settings
    return page(
        request,
        "people/notices.html",
        status=refusal.status if refusal else 200,
        refusal=refusal,
        layout=NOTICES,
        notices=notices,
        missing=missing_fields(notices),
        is_public=settings.is_public,
        is_saved=request.query_params.get("saved") == "yes" and refusal is None,
    )
