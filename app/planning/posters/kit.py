"""The poster kit: what is printed before the day, as the data its template draws."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from babel.dates import format_date
from sqlmodel import Session, col, select

from app.errors import N_, NotAcceptable
from app.people.invitations import invite, link_to
from app.people.models import Invitation, Role
from app.planning.accent import accent_of, ink_on
from app.planning.hosts import host_invitations, invite_hosts
from app.planning.logo import logo_svg
from app.planning.models import Contact, Event, Series, localized
from app.planning.posters.words import Translate, words
from app.planning.qr import as_svg, island_address, wifi_network
from app.planning.queries import contacts_of, islands_of, offers_of
from app.planning.runbook.sheet import runbook

TEMPLATE = "planning/posters.typ"
CONTACTS = 3  # on a poster; the phone has them all
NOTHING_TO_PRINT = N_("Davon gibt es noch nichts zu drucken.")
LONGEST_LINK = 36  # nobody types a longer one


class Size(StrEnum):
    a4 = "a4"
    a3 = "a3"


class Part(StrEnum):
    """In the order in which they are printed."""

    event = "event"
    islands = "islands"
    tents = "tents"
    wifi = "wifi"
    invitations = "invitations"  # secrets: only when asked for
    paper = "paper"
    runbook = "runbook"


USUAL = [part for part in Part if part != Part.invitations]


@dataclass(frozen=True, slots=True)
class Print:
    """What is wanted, and how links are made. `language` is the catalogue's that `translate` speaks."""

    address: str  # the server's
    is_local: bool
    invitation_key: bytes
    translate: Translate
    language: str
    size: Size = Size.a4
    parts: tuple[Part, ...] = tuple(USUAL)


def invite_all(session: Session, event: Event) -> None:
    """Sees to it that there is an invitation for the moderators, and one for every island's host."""
    invite_hosts(session, event)
    if moderators_invitation(session, event) is None:
        assert event.id is not None
        invite(session, event.id, Role.moderator, None)


def moderators_invitation(session: Session, event: Event) -> Invitation | None:
    """The newest that is valid."""
    return session.exec(
        select(Invitation)
        .where(
            Invitation.event_id == event.id,
            Invitation.role == Role.moderator,
            col(Invitation.revoked_at).is_(None),
        )
        .order_by(col(Invitation.id).desc())
    ).first()


def poster_kit(session: Session, event: Event, wanted: Print) -> dict[str, Any]:
    """The data of TEMPLATE: texts, colours and codes; the same for the same plan.

    Raises NotAcceptable when nothing of what is wanted is there.
    """
    series = session.get_one(Series, event.series_id)

    def text(row: Any, field: str) -> str:
        return localized(row, field, wanted.language)

    said = words(wanted.translate)
    accent = accent_of(series.accent)
    day = format_date(
        event.date, "long", locale="en_GB" if wanted.language == "en" else wanted.language
    )
    where = [text(event, "place"), text(event, "district")]
    logo = logo_svg(session, event.series_id)
    kit = {
        "language": wanted.language,
        "size": wanted.size,
        "is_local": wanted.is_local,
        "title": f"{said['kit']} – {text(event, 'title')}",
        "organiser": text(series, "organiser"),
        "about": " · ".join(filter(None, [text(event, "title"), day, *where[:1]])),
        "event_title": text(event, "title"),
        "know_question": text(event, "know_question"),
        "card_question": text(event, "card_question"),
        "host": wanted.address.split("://", 1)[1],
        "code": event.code,
        "qr": _code(island_address(wanted.address, event.code, None), said["qr"]),
        "accent": {"fill": accent, "text": ink_on(accent)},
        "logo": logo
        and {"svg": logo, "alt": f"{said['logo']} {text(series, 'organiser')}".strip()},
        "wifi": _wifi(event, said["qr"]),
        "islands": _islands(session, event, wanted, text),
        "moderator": _invited(moderators_invitation(session, event), wanted, said["qr"]),
        "words": said,
    }
    if Part.runbook in wanted.parts:
        kit["runbook"] = runbook(
            session,
            event,
            address=wanted.address,
            is_local=wanted.is_local,
            translate=wanted.translate,
            language=wanted.language,
        )
    kit["parts"] = [part for part in Part if part in wanted.parts and _has(kit, part)]
    if not kit["parts"]:
        raise NotAcceptable(NOTHING_TO_PRINT, field="parts")
    return kit


def _has(kit: dict[str, Any], part: Part) -> bool:
    """Whether there is anything to print for this part."""
    if part == Part.wifi:
        return kit["wifi"] is not None
    if part == Part.invitations:
        return bool(kit["moderator"] or any(island["invitation"] for island in kit["islands"]))
    return part in (Part.event, Part.paper, Part.runbook) or bool(kit["islands"])


def _islands(
    session: Session, event: Event, wanted: Print, text: Callable[[Any, str], str]
) -> list[dict[str, Any]]:
    said = words(wanted.translate)
    hosts = host_invitations(session, event) if Part.invitations in wanted.parts else {}
    contacts = _by_island(contacts_of(session, event))
    offers = _by_island(offers_of(session, event))
    return [
        {
            "number": island.number,
            "title": text(island, "title"),
            "code": _code(island_address(wanted.address, event.code, island.number), said["qr"]),
            "contacts": [
                " · ".join(filter(None, [text(contact, "name"), *_ways(contact)]))
                for contact in contacts.get(island.number, [])[:CONTACTS]
            ],
            "offers": [text(offer, "title") for offer in offers.get(island.number, [])],
            "invitation": _invited(hosts.get(island.number), wanted, said["qr"]),
        }
        for island in islands_of(session, event)
    ]


def _by_island(rows: list[Any]) -> dict[int, list[Any]]:
    return {
        number: list(group) for number, group in groupby(rows, key=lambda row: row.island_number)
    }


def _ways(contact: Contact) -> list[str]:
    """How a contact is reached, as far as it can be read from paper."""
    link = contact.url.partition("://")[2].removeprefix("www.").rstrip("/")
    return [contact.phone, contact.mail, link if len(link) <= LONGEST_LINK else ""]


def _invited(invitation: Invitation | None, wanted: Print, label: str) -> dict[str, Any] | None:
    if invitation is None or Part.invitations not in wanted.parts:
        return None
    link = wanted.address + link_to(invitation, wanted.invitation_key)
    return {"link": link, "code": _code(link, label)}


def _wifi(event: Event, label: str) -> dict[str, Any] | None:
    if not event.wifi_name:
        return None
    network = wifi_network(event.wifi_name, event.wifi_password)
    return {
        "name": event.wifi_name,
        "password": event.wifi_password,
        "code": _code(network, label),
    }


def _code(content: str, label: str) -> dict[str, str]:
    return {"svg": as_svg(content), "alt": f"{label} {content}"}
