"""The host's desk as a page, or as the part of it that changes."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.errors import Refusal
from app.feedback.models import State
from app.feedback.text import KEY_SENTENCE_GRAPHEMES, NOTE_GRAPHEMES
from app.live.tally import IslandTally
from app.moderation.hosting import HostDesk
from app.moderation.queue import counted_cards, listed_cards
from app.moderation.view import View
from app.people.invitations import link_to
from app.planning.clock import clock_of
from app.planning.hosts import host_invitations
from app.planning.models import Event, Island
from app.planning.qr import as_svg, island_address
from app.settings import Settings
from app.web.pages import page
from app.web.refusals import is_htmx


@dataclass(frozen=True, slots=True)
class Typed:
    """What was written for the harvest and could not be stored."""

    key_sentence: str
    note: str


def host_page(
    request: Request,
    desk: HostDesk,
    numbers: IslandTally,
    *,
    is_part: bool = False,
    refusal: Refusal | None = None,
    typed: Typed | None = None,
    is_saved: bool = False,
) -> HTMLResponse:
    """`is_part`: only what changes. `typed` stays in the form, for who has nothing but HTML; a script
    keeps what is in the form anyway, and has to know what is stored."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    here = View(island=desk.island)
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
        island = session.get_one(Island, (desk.event_id, desk.island))
        invitation = host_invitations(session, event).get(desk.island)
        link = (
            settings.address + link_to(invitation, request.state.invitation_key)
            if invitation
            else None
        )
        address = island_address(settings.address, event.code, desk.island)
        return page(
            request,
            "moderation/host.html#live" if is_part else "moderation/host.html",
            status=refusal.status if refusal else 200,
            event=event,
            island=island,
            numbers=numbers,
            clock=clock_of(event),
            count=counted_cards(session, desk.event_id, here),
            listed={
                state: listed_cards(session, desk.event_id, state, here, event.held_words)
                for state in (State.waiting, State.approved, State.hidden)
            },
            refusal=refusal,
            typed=None if is_htmx(request) else typed,
            is_stale=typed is not None and refusal is not None and refusal.status == 409,
            is_saved=is_saved,
            key_sentence_graphemes=KEY_SENTENCE_GRAPHEMES,
            note_graphemes=NOTE_GRAPHEMES,
            is_local=settings.is_local,
            address=address,
            qr=as_svg(address),
            link=link,
            link_qr=as_svg(link) if link else None,
        )
