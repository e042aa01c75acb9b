"""The host's desk as a page, or as the part of it that changes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Refusal
from app.feedback.models import State
from app.feedback.text import CARD_GRAPHEMES, KEY_SENTENCE_GRAPHEMES, NOTE_GRAPHEMES
from app.moderation.host_access import Numbers
from app.moderation.hosting import HostDesk
from app.moderation.paper import corrections, is_open, sheet_of, version_of
from app.moderation.queue import LISTED, counted_cards, listed_cards
from app.moderation.told import told_acts
from app.moderation.view import view_of
from app.people.invitations import link_to
from app.planning.clock import clock_of
from app.planning.hosts import host_invitations
from app.planning.models import Event, Island
from app.planning.qr import as_svg, island_address
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import is_htmx

LOG = 20  # entries of the tally sheet that are told
PAGED = ("state", "page")  # what of a view a host may ask for: nothing of other islands


FormName = Literal["harvest", "paper", "paper-card", ""]  # and of its place on the page


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one of the page's forms. `typed` is what was in it and could not be stored."""

    form: FormName = ""
    refusal: Refusal | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_stale(self) -> bool:
        return self.refusal is not None and self.refusal.status == 409

    @property
    def is_saved(self) -> bool:
        return self.refusal is None


def host_page(
    request: Request,
    desk: HostDesk,
    numbers: Numbers,
    *,
    is_part: bool = False,
    refusal: Refusal | None = None,
    answered: Answered | None = None,
) -> HTMLResponse:
    """`is_part`: only what changes. What was typed stays in its form, for who has nothing but HTML; a
    script keeps what is in the form anyway, and has to know what is stored. `refusal` of what is no form
    to type in."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    view = view_of({name: request.query_params.get(name, "") for name in PAGED})
    here = replace(view, island=desk.island)
    in_view = (State.waiting, State.approved, State.hidden) if view.state is None else (view.state,)
    refusal = answered.refusal if answered else refusal
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
        island = session.get_one(Island, (desk.event_id, desk.island))
        invitation = host_invitations(session, event).get(desk.island)
        link = (
            settings.address + link_to(invitation, request.state.invitation_key)
            if invitation
            else None
        )
        count = counted_cards(session, desk.event_id, here)
        address = island_address(settings.address, event.code, desk.island)
        return page(
            request,
            "moderation/host.html#live" if is_part else "moderation/host.html",
            status=refusal.status if refusal else 200,
            event=event,
            island=island,
            numbers=numbers.island,
            version=numbers.version,
            clock=clock_of(event),
            view=view,
            count=count,
            found=count,
            listed={
                state: listed_cards(session, desk.event_id, state, here, event.held_words)
                for state in in_view
            },
            page_length=LISTED,
            refusal=refusal,
            answered=answered or Answered(),
            typed={} if is_htmx(request) or answered is None else answered.typed,
            key_sentence_graphemes=KEY_SENTENCE_GRAPHEMES,
            note_graphemes=NOTE_GRAPHEMES,
            is_local=settings.is_local,
            address=address,
            qr=as_svg(address),
            link=link,
            link_qr=as_svg(link) if link else None,
            **_paper(session, desk, event),
        )


def _paper(session: Session, desk: HostDesk, event: Event) -> dict[str, Any]:
    """What the forms for paper need."""
    rows = sheet_of(session, event, desk.island)
    acts = corrections(session, desk, rows, LOG)
    return {
        "sheet": rows,
        "sheet_version": version_of(rows),
        "paper_acts": told_acts(session, desk.event_id, acts),
        "is_paper_open": is_open(event),
        "card_graphemes": CARD_GRAPHEMES,
        "submission": secrets.token_hex(16),
    }
