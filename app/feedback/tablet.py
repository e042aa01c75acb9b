"""An island's tablet: the attendee's page for many people, one after the other, and the way out of it."""

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.database import Database
from app.errors import N_, NotAcceptable, Refusal, Retired
from app.feedback.access import AtTabletOf, Sender
from app.feedback.limits import Limits, Rate
from app.feedback.mentioned import mentioned_context
from app.feedback.phone import MAX_SKIPPED, event_context, island_context
from app.people.tablets import Tablets
from app.planning.models import Phase
from app.planning.queries import event_by_code
from app.web.language import COOKIE as LANGUAGE
from app.web.pages import page

router = APIRouter(prefix="/tablet/{code}/{number:int}")

GUESSES = Rate(per_s=6 / 60, burst=6)
IDLE_S, GRACE_S = (
    75,
    30,
)  # until somebody is asked whether they are there, and until nobody answered
WRONG = N_("Diese PIN ist es nicht.")


@router.get("")
def show_tablet(
    request: Request,
    sender: AtTabletOf,
    number: int,
    view: str = "",
    skipped: Annotated[int | None, Query(alias="from", ge=0, le=MAX_SKIPPED)] = None,
) -> HTMLResponse:
    """What a phone would show: the island in the café, the words in the cloud phase (`view=island`: the
    island all the same). Between two people nothing but thanks. Of an island that is retired only the way
    out is left."""
    try:
        sender.event.island(number)
    except Retired as refusal:
        return _leaving(request, sender, refusal)
    database: Database = request.state.database
    tablets: Tablets = request.state.tablets
    assert sender.tablet is not None
    locked_s = tablets.locked_s(sender.tablet)
    with database.read() as session:
        event = event_by_code(session, sender.event.code)
        is_island = event.phase == Phase.cafe or (event.phase == Phase.cloud and view == "island")
        context = island_context(request, session, event, sender, number)
        if not is_island:
            context |= event_context(request, session, event, sender)
        context |= mentioned_context(session, event, sender, number, skipped)
        parent = "island" if is_island else "setup" if event.phase == Phase.setup else event.phase
        return page(
            request,
            "feedback/tablet.html",
            parent=f"feedback/{'phone' if locked_s else parent}.html",
            path=sender.tablet.path,
            locked_ms=int(locked_s * 1000),
            person=sha256(sender.tablet.person.encode()).hexdigest()[:8],
            idle_s=IDLE_S,
            grace_s=GRACE_S,
            address=request.state.settings.address,
            view="island" if is_island else "",
            **context,
        )


@router.post("/done")
def finish(request: Request, sender: AtTabletOf) -> Response:
    """The next person's turn. Asking twice, even with the same cookie, makes one person."""
    assert sender.tablet is not None
    tablets: Tablets = request.state.tablets
    answer = RedirectResponse(sender.tablet.path, status_code=303)
    tablets.remember(answer, tablets.following(sender.tablet))
    answer.delete_cookie(LANGUAGE)
    return answer


@router.get("/leaving")
def ask_for_pin(request: Request, sender: AtTabletOf) -> HTMLResponse:
    return _leaving(request, sender)


@router.post("/leaving")
def leave(
    request: Request, sender: AtTabletOf, pin: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Back to the host's desk, if the PIN is the one it was opened with."""
    assert sender.tablet is not None
    limits: Limits = request.state.limits
    tablets: Tablets = request.state.tablets
    limits.take(sender.event.id, f"tablet {sender.tablet.id}", GUESSES)
    if not tablets.is_ended_by(sender.tablet, pin.strip()):
        return _leaving(request, sender, NotAcceptable(WRONG, field="pin"))
    code, island = sender.tablet.code, sender.tablet.island
    answer = RedirectResponse(f"/host/{code}/{island}", status_code=303)
    tablets.forget(answer)
    return answer


def _leaving(request: Request, sender: Sender, refusal: Refusal | None = None) -> HTMLResponse:
    assert sender.tablet is not None
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, sender.event.code)
        context: dict[str, Any] = {"path": sender.tablet.path, "refusal": refusal}
        status = refusal.status if refusal else 200
        return page(request, "feedback/leaving.html", event=event, status=status, **context)
