"""The forms in which a plan is changed, as it is stored or as it was typed and not taken."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import NotAcceptable, Refusal, Stale
from app.planning.editing.draft import Draft, read_draft
from app.planning.editing.fields import Field, errors_by_name, fields_of
from app.planning.plan_changes import seen_of
from app.planning.plan_data import Data
from app.planning.plan_errors import PlanError, PlanErrors
from app.planning.queries import event_by_key
from app.web.pages import Pages, language, page

SPARE_CONTACTS = 1
Context = dict[str, Any]


@dataclass(frozen=True)
class Refused:
    """What was typed into a form and not taken: into that of "event", "islands" or "offers", or into one
    that adds an island or offer ("added")."""

    form: str = ""
    typed: Data = field(default_factory=dict)
    refusal: Refusal | None = None
    errors: tuple[PlanError, ...] = ()

    def because(self, refusal: Refusal | PlanErrors) -> "Refused":
        if isinstance(refusal, PlanErrors):
            return replace(self, refusal=NotAcceptable(), errors=tuple(refusal.errors))
        return replace(self, refusal=refusal)


AS_STORED = Refused()


def event_page(request: Request, key: str, refused: Refused = AS_STORED) -> HTMLResponse:
    def context_of(draft: Draft, context: Context) -> Context:
        return {
            "fields": _fields(context, refused, "event", draft.data["event"], depth=1),
            "added": _fields(context, refused, "islands", {}, depth=2, form="added"),
            "islands": draft.islands,
            "retired": sorted(
                (number, island) for number, (_, island) in draft.retired_islands.items()
            ),
        }

    return _form_page(request, key, "planning/edit.html", refused, context_of)


def island_page(request: Request, key: str, refused: Refused, number: int) -> HTMLResponse:
    def context_of(draft: Draft, context: Context) -> Context:
        island = draft.island(number)
        shown = refused.typed if refused.form == "islands" else island
        errors = errors_by_name(refused.errors, 2, context["translate"])
        contacts = [*shown["contacts"], *({} for _ in range(SPARE_CONTACTS))]
        return {
            "island": island,
            "fields": _fields(context, refused, "islands", island, depth=2),
            "contacts": [
                fields_of("contacts", contact, context["spoken"], errors, prefix=f"contacts-{at}-")
                for at, contact in enumerate(contacts)
            ],
            "added": _fields(context, refused, "offers", {}, depth=4, form="added"),
            "retired": [
                (each, offer)
                for each, (of, _, offer) in sorted(draft.retired_offers.items())
                if of == number
            ],
        }

    return _form_page(request, key, "planning/edit_island.html", refused, context_of)


def offer_page(request: Request, key: str, refused: Refused, offer: str) -> HTMLResponse:
    def context_of(draft: Draft, context: Context) -> Context:
        island, stored = draft.offer(offer)
        return {
            "island": island,
            "offer": stored,
            "islands": draft.islands,
            "fields": _fields(context, refused, "offers", stored, depth=4),
        }

    return _form_page(request, key, "planning/edit_offer.html", refused, context_of)


def _form_page(
    request: Request,
    key: str,
    template: str,
    refused: Refused,
    context_of: Callable[[Draft, Context], Context],
) -> HTMLResponse:
    database: Database = request.state.database
    pages: Pages = request.state.pages
    with database.read() as session:
        event = event_by_key(session, key)
        draft, seen = read_draft(session, event), seen_of(session, event)
    spoken = language(request)
    context: Context = {
        "event": event,
        "seen": seen,
        "refusal": refused.refusal,
        "spoken": spoken,
        "translate": pages.catalogue.texts(spoken).gettext,
    }
    status = refused.refusal.status if refused.refusal else 200
    return page(request, template, status=status, **context, **context_of(draft, context))


def _fields(
    context: Context, refused: Refused, part: str, stored: Data, *, depth: int, form: str = ""
) -> list[Field]:
    """As stored, or as typed if it was this form that was not taken; beside it what is stored when
    somebody else was faster."""
    if refused.form != (form or part):
        return fields_of(part, stored, context["spoken"])
    errors = errors_by_name(refused.errors, depth, context["translate"])
    compared = stored if isinstance(refused.refusal, Stale) and stored else None
    return fields_of(part, refused.typed, context["spoken"], errors, stored=compared)
