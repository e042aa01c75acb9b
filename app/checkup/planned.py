"""Checks of what was planned: islands and offers, who moderates, the date, the legal notices, the codes."""

import datetime

from sqlmodel import Session, select

from app.checkup.decoding import decoded
from app.checkup.finding import Finding, green, red, yellow
from app.errors import N_
from app.people.notices import missing_fields, read_notices
from app.people.planners import has_planner
from app.planning.models import Event
from app.planning.next_steps import today
from app.planning.posters.kit import Part, Print, moderators_invitation, poster_kit
from app.planning.qr import island_address
from app.planning.queries import is_running, islands_of, offers_of
from app.planning.typesetting import NotSet, typeset
from app.settings import Settings

PAPER = (Part.event, Part.islands, Part.tents, Part.paper)


def is_evening(session: Session) -> bool:
    """Whether people send to any real event."""
    return any(is_running(event) for event in session.exec(select(Event)))


def plan(session: Session, event: Event) -> Finding:
    islands, offers = islands_of(session, event), offers_of(session, event)
    if not islands:
        return red(
            "event",
            N_("„%(title)s“ hat keine Inseln: Bitte den Plan noch einmal laden."),
            title=event.title,
        )
    bare = [
        island.number
        for island in islands
        if island.number not in {offer.island_number for offer in offers}
    ]
    if bare:
        return red(
            "event",
            N_("Inseln ohne Angebote: %(numbers)s. Bitte im Plan ergänzen."),
            numbers=", ".join(map(str, bare)),
        )
    return green(
        "event",
        N_("„%(title)s“: %(islands)s Inseln, %(offers)s Angebote."),
        title=event.title,
        islands=len(islands),
        offers=len(offers),
    )


def people(session: Session, event: Event) -> Finding:
    if moderators_invitation(session, event) is not None:
        return green("people", N_("Es gibt eine Einladung für die Moderation."))
    if has_planner(session):
        return yellow(
            "people",
            N_(
                "Noch keine Einladung für die Moderation: Bitte auf der Planungsseite eine anlegen."
            ),
        )
    return red(
        "people",
        N_(
            "Niemand kann die Veranstaltung öffnen: Bitte „worldcafe invite %(code)s --role"
            " moderator“ eingeben."
        ),
        code=event.code,
    )


def date(event: Event, day: datetime.date | None = None) -> Finding:
    day = day or today()
    said = f"{event.date:%d.%m.%Y}"
    if event.is_rehearsal:
        if event.date == day:
            return yellow(
                "date",
                N_(
                    "Heute ist es so weit, aber noch ist Probe: Bitte vor dem Öffnen die Probe"
                    " beenden."
                ),
            )
        return green(
            "date", N_("%(date)s; noch ist Probe, alles darf ausprobiert werden."), date=said
        )
    if event.date < day:
        return yellow(
            "date",
            N_(
                "Der Termin %(date)s ist vorbei: Bitte die Veranstaltung schließen oder den Plan"
                " ändern."
            ),
            date=said,
        )
    if event.date > day and is_running(event):
        return yellow(
            "date",
            N_("Die Veranstaltung ist schon geöffnet, ihr Termin ist erst am %(date)s."),
            date=said,
        )
    return green("date", N_("%(date)s."), date=said)


def notices(session: Session, settings: Settings, event: Event | None) -> Finding:
    missing = len(missing_fields(read_notices(session)))
    if not missing:
        return green("notices", N_("Impressum, Datenschutz und Barrierefreiheit sind ausgefüllt."))
    if settings.is_public:
        return red(
            "notices",
            N_(
                "Unter einer öffentlichen Adresse fehlen noch %(n)s rechtliche Angaben: Bitte unter"
                " /plan/notices eintragen."
            ),
            n=missing,
        )
    if event is not None and not event.is_rehearsal:
        return yellow(
            "notices",
            N_("Es fehlen noch %(n)s rechtliche Angaben: Bitte unter /plan/notices eintragen."),
            n=missing,
        )
    return green(
        "notices", N_("%(n)s Angaben fehlen noch; die Probe braucht sie nicht."), n=missing
    )


def posters(session: Session, settings: Settings, event: Event) -> Finding:
    """Sets the kit as for the printer, and reads every code in it back from its picture, by a reader that
    shares nothing with what draws them. Whether ink and paper are good only a phone can tell."""
    wanted = Print(settings.address, settings.is_local, b"", str, "de", parts=PAPER)
    kit = poster_kit(session, event, wanted)
    codes = {None: kit["qr"]} | {island["number"]: island["code"] for island in kit["islands"]}
    try:
        wrong = [
            number
            for number, code in codes.items()
            if decoded(code["svg"]) != island_address(settings.address, event.code, number)
        ]
        typeset("planning/posters.typ", kit)
    except (ValueError, NotSet):
        wrong = [None]
    if wrong:
        return red(
            "posters",
            N_(
                "Ein QR-Code führt nicht dorthin, wohin er soll: Bitte nicht drucken und das"
                " Programm neu installieren."
            ),
        )
    if settings.is_local:
        return yellow(
            "posters",
            N_(
                "Alle %(n)s Codes lesbar, aber ihre Adresse gilt nur auf diesem Computer: Bitte"
                " noch nicht drucken."
            ),
            n=len(codes),
        )
    return green(
        "posters",
        N_("Alle %(n)s Codes gelesen, sie führen zu %(address)s."),
        n=len(codes),
        address=settings.address,
    )
