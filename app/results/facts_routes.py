"""What nobody but a planner knows of the evening: who was counted at the door, for the documentation."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import N_, NotAcceptable, Refusal, Stale
from app.people.access import SignedInPlanner
from app.people.models import Planner
from app.planning.journal import record
from app.planning.queries import event_by_key
from app.planning.versions import raise_version
from app.web.pages import page

router = APIRouter(prefix="/plan/events/{key}/facts")
MOST = 1_000_000
Typed = Annotated[str, Form(max_length=20)]
FIELDS = ("attendees", "institutions")


@router.get("")
def show_facts(request: Request, _planner: SignedInPlanner, key: str) -> HTMLResponse:
    return _facts_page(request, key)


@router.post("")
def change_facts(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    attendees: Typed = "",
    institutions: Typed = "",
    seen: Annotated[str, Form(max_length=50)] = "",
) -> Response:
    """Empty: not counted. A stale one changes nothing and shows what is stored."""
    database: Database = request.state.database
    typed = dict(zip(FIELDS, (attendees, institutions), strict=True))
    try:
        database.write(_write_facts, planner, key, typed, seen)
    except (NotAcceptable, Stale) as refusal:
        return _facts_page(request, key, refusal, typed)
    return RedirectResponse(f"/plan/events/{key}", status_code=303)


def _write_facts(
    session: Session, planner: int, key: str, typed: dict[str, str], seen: str
) -> None:
    event = event_by_key(session, key)
    assert event.id is not None
    before = {name: getattr(event, name) for name in FIELDS}
    if _seen(before) != seen:
        raise Stale
    after = {name: _count(typed[name], name) for name in FIELDS}
    if after == before:
        return
    event.attendees, event.institutions = after["attendees"], after["institutions"]
    session.add(event)
    raise_version(session, event)
    actor = f"planner {session.get_one(Planner, planner).name}"
    record(session, event.id, actor, "facts", "", **after)


def _count(text: str, field: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and int(text) <= MOST):
        raise NotAcceptable(N_("Bitte eine Zahl eingeben, oder nichts."), field=field)
    return int(text)


def _seen(facts: dict[str, int | None]) -> str:
    return " ".join(str(facts[name]) for name in FIELDS)


def _facts_page(
    request: Request,
    key: str,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_key(session, key)
        stored = {name: getattr(event, name) for name in FIELDS}
        shown = {name: "" if value is None else str(value) for name, value in stored.items()}
        return page(
            request,
            "results/facts.html",
            status=refusal.status if refusal else 200,
            event=event,
            seen=_seen(stored),
            values=typed or shown,
            stored=shown,
            most=MOST,
            refusal=refusal,
        )
