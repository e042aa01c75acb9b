"""What a first start needs: the example plan in an empty database, and links to begin with."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from sqlmodel import Session, select

from app.backups.folder import is_away
from app.database import Database
from app.moderation.steering import enter_phase, turn_clock
from app.people.invitations import INVITATION_KEY, invite, link_to
from app.people.models import Role
from app.people.planners import add_planner, has_planner
from app.people.secrets import server_key
from app.planning.importing import import_plan
from app.planning.models import Event, Phase
from app.planning.plan_reading import read_plan
from app.planning.posters.kit import moderators_invitation
from app.planning.qr import as_text, island_address
from app.planning.queries import next_event
from app.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "planning" / "example.toml"
FIRST_PLANNER = "Planung"
LETTING_IN = ("desk", "set-up")


def load_example(database: Database, _settings: Settings) -> None:
    """Into an empty database: the example as a rehearsal, with the café open and its clock running."""

    def load(session: Session) -> None:
        if session.exec(select(Event.id).limit(1)).first() is not None:
            return
        event = import_plan(session, read_plan(EXAMPLE.read_bytes()), rehearsal=True)
        assert event.id is not None
        enter_phase(session, event.id, Phase.cafe)
        turn_clock(session, event.id, True, None)

    database.write(load)


def say_welcome(
    database: Database,
    settings: Settings,
    console: Console,
    _: Callable[[str], str],
    *,
    is_private: bool,
) -> None:
    """Prints the links of the newest event that is not over, and its QR code. Links that let somebody
    in are for the terminal: a log would keep them."""
    links = database.write(_links, settings.address)
    if not is_private:
        links = {name: link for name, link in links.items() if name not in LETTING_IN}
    if "code" in links:
        print(as_text(island_address(settings.address, links["code"], None)), flush=True)
    console.print(_("Der Server läuft: {address}").format(address=settings.address))
    for label, link in (
        (_("Telefon"), links.get("phone")),
        (_("Leinwand"), links.get("wall")),
        (_("Moderation"), links.get("desk")),
        (_("Planung einrichten"), links.get("set-up")),
    ):
        if link:
            console.print(f"  {label + ':':<20}{link}", soft_wrap=True, highlight=False)
    if not is_private:
        console.print(
            _("Einladen: worldcafe invite CODE --role moderator, worldcafe planner add NAME")
        )
    second = settings.second_folder
    if second is not None:
        said = (
            _("Der zweite Sicherungsordner {folder} ist nicht da. Steckt der Stick?")
            if is_away(second)
            else _("Gesichert wird auch nach: {folder}")
        )
        console.print(said.format(folder=second), soft_wrap=True, highlight=False)
    console.print(_("Beenden mit Strg+C."))


def _links(session: Session, address: str) -> dict[str, str]:
    links: dict[str, str] = {}
    event = next_event(session)
    if event is not None:
        assert event.id is not None
        invitation = moderators_invitation(session, event)
        invitation = invitation or invite(session, event.id, Role.moderator, None)
        desk = link_to(invitation, server_key(session, INVITATION_KEY))
        links |= {
            "code": event.code,
            "phone": f"{address}/e/{event.code}",
            "wall": f"{address}/e/{event.code}/live",
            "desk": address + desk,
        }
    if not has_planner(session):
        links["set-up"] = address + add_planner(session, FIRST_PLANNER)
    return links
