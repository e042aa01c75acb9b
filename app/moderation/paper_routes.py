"""What a host types in from paper: the sums of the tally sheet, and cards."""

from itertools import starmap
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.database import Database
from app.errors import N_, NotAcceptable, Refusal, Stale
from app.feedback.models import Card
from app.moderation.answering import Version, conflict, current
from app.moderation.host_access import HostDeskOf, NumbersOf, numbers_after
from app.moderation.host_page import Answered, FormName, host_page
from app.moderation.hosting import HostDesk
from app.moderation.paper import MOST, Counted, enter_paper, sheet_of
from app.moderation.paper_cards import type_in_card
from app.planning.models import Event
from app.web.refusals import is_htmx, wants_json

router = APIRouter(prefix="/host/{code}/{number:int}")

MOST_OFFERS = 100
Numbers = Annotated[list[str], Form(max_length=MOST_OFFERS)]


@router.post("/paper")
def enter_counts(
    request: Request,
    desk: HostDeskOf,
    numbers: NumbersOf,
    offer: Numbers,
    yes: Numbers,
    no: Numbers,
    version: Version,
    confirm: Annotated[str, Form()] = "",
) -> Response:
    """One offer, or several in the order of the sheet, each with its own `yes` and `no`; `version` is
    then the sum of theirs. 409 with the current counts when another host entered something meanwhile. A
    page asks about sums that nobody expected; a program is taken at its word."""
    database: Database = request.state.database
    typed = {key: pair for key, *pair in zip(offer, yes, no, strict=False)}
    is_confirmed = confirm == "yes" or wants_json(request)
    try:
        counts = _counts(offer, yes, no)
        database.write(enter_paper, desk, counts, version, is_confirmed=is_confirmed)
    except (Stale, NotAcceptable) as refusal:
        if wants_json(request) and isinstance(refusal, Stale):
            return conflict(request, refusal, _counted(request, desk, offer))
        if wants_json(request):
            raise
        answered = Answered("paper", refusal, typed)
        return host_page(request, desk, numbers, is_part=is_htmx(request), answered=answered)
    if wants_json(request):
        return JSONResponse(_counted(request, desk, offer))
    return _saved(request, desk, "paper")


@router.post("/cards")
def type_in(
    request: Request,
    desk: HostDeskOf,
    numbers: NumbersOf,
    text: Annotated[str, Form()],
    submission: Annotated[str, Form(pattern=r"^[!-~]{1,64}$")],
    offer: Annotated[str, Form()] = "",
) -> Response:
    """A card that somebody wrote on paper."""
    database: Database = request.state.database
    try:
        card_id = database.write(type_in_card, desk, text, offer or None, submission)
    except Refusal as refusal:
        if wants_json(request) or is_htmx(request):
            raise
        answered = Answered("paper-card", refusal, {"text": text, "offer": offer})
        return host_page(request, desk, numbers, answered=answered)
    if wants_json(request):
        return JSONResponse(current(request, desk.event_id, Card, card_id))
    return _saved(request, desk, "paper-card")


def _saved(request: Request, desk: HostDesk, form: FormName) -> Response:
    if is_htmx(request):
        numbers = numbers_after(request, desk)
        return host_page(request, desk, numbers, is_part=True, answered=Answered(form))
    return RedirectResponse(f"/host/{desk.code}/{desk.island}#{form}", status_code=303)


def _counts(offers: list[str], yes: list[str], no: list[str]) -> list[Counted]:
    if not len(offers) == len(yes) == len(no):
        raise NotAcceptable(field="yes" if len(yes) != len(offers) else "no")
    if len(set(offers)) != len(offers):
        raise NotAcceptable(field="offer")
    pairs = zip(
        offers, (_number(n, "yes") for n in yes), (_number(n, "no") for n in no), strict=True
    )
    return list(starmap(Counted, pairs))


def _number(typed: str, field: str) -> int:
    """An empty field is none."""
    typed = typed.strip() or "0"
    if not (typed.isascii() and typed.isdigit() and int(typed[:5]) <= MOST and len(typed) <= 5):
        raise NotAcceptable(N_("Bitte tragen Sie ganze Zahlen ein, höchstens 9999."), field=field)
    return int(typed)


def _counted(request: Request, desk: HostDesk, offers: list[str]) -> Any:
    """What is stored now, of the offers that were asked about: an object, or of several a list."""
    database: Database = request.state.database
    with database.read() as session:
        sheet = sheet_of(session, session.get_one(Event, desk.event_id), desk.island)
    by_key = {row.offer: row for row in sheet}
    rows = [
        {"offer": row.offer, "yes": row.yes, "no": row.no, "version": row.version}
        for row in (by_key[key] for key in offers if key in by_key)
    ]
    return rows[0] if len(offers) == 1 and rows else rows
