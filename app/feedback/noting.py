"""What somebody wants to look up at home: the page of the note list, which is kept only on the phone, and the
contacts as files for its address book."""

from typing import TypeVar

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from app.database import Database
from app.errors import N_, Unknown
from app.feedback.access import AttendeeOf
from app.feedback.spoken import plan_texts
from app.planning.clock import clock_of
from app.planning.models import Contact, Event, Offer, Phase
from app.planning.queries import contacts_of, event_by_code, islands_of, offers_of
from app.planning.vcard import vcard
from app.web.pages import attendees_language, page

router = APIRouter()
T = TypeVar("T", Contact, Offer)


@router.get("/e/{code}/notes")
def show_notes(request: Request, attendee: AttendeeOf) -> HTMLResponse:
    """Every offer with its contacts: which of them are on the list only the phone knows."""
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, attendee.event.code)
        name = "feedback/setup.html" if event.phase == Phase.setup else "feedback/notes.html"
        return page(
            request,
            name,
            event=event,
            clock=clock_of(event),
            islands=islands_of(session, event),
            offers=_by_island(offers_of(session, event)),
            contacts=_by_island(contacts_of(session, event)),
            **plan_texts(attendees_language(request, event), event.locale),
        )


@router.get("/e/{code}/{number:int}/contacts/{place:int}.vcf")
def download_contact(request: Request, attendee: AttendeeOf, number: int, place: int) -> Response:
    """`place`: in the island's list, from 1."""
    attendee.event.island(number)
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_code(session, attendee.event.code)
        contact = _contact(session, event, number, place)
        texts = plan_texts(attendees_language(request, event), event.locale)
        island = next(each for each in islands_of(session, event) if each.number == number)
        file = vcard(
            name=texts["text"](contact, "name"),
            url=contact.url,
            mail=contact.mail,
            phone=contact.phone,
            note=f"{texts['text'](island, 'title')}\n{texts['text'](event, 'title')}",
        )
    headers = {
        "content-disposition": f'attachment; filename="contact-{number}-{place}.vcf"',
        "cache-control": "no-store",
    }
    return Response(file, media_type="text/vcard; charset=utf-8", headers=headers)


def _contact(session: Session, event: Event, number: int, place: int) -> Contact:
    contacts = contacts_of(session, event, number)
    if event.phase == Phase.setup or not 1 <= place <= len(contacts):
        raise Unknown(N_("Diesen Kontakt gibt es nicht."))
    return contacts[place - 1]


def _by_island(rows: list[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.island_number, []).append(row)
    return found
