"""What the command line can change: the same functions, run by the server or, without one, right here."""

from functools import partial
from pathlib import Path
from typing import Any

from filelock import Timeout
from sqlmodel import Session

from app.backups.backing_up import Backups
from app.backups.elsewhere import back_up_to, refuse_shared
from app.database import Database
from app.errors import N_, NotAcceptable
from app.moderation.steering import enter_phase
from app.operations.control import Commands, ask
from app.operations.only_writer import only_writer
from app.people.invitations import INVITATION_KEY, invite, link_to
from app.people.models import Role
from app.people.planners import add_planner
from app.people.secrets import server_key
from app.planning.changing import change_to
from app.planning.deleting import shred
from app.planning.hosts import invite_host
from app.planning.models import Phase
from app.planning.plan_reading import read_plan
from app.planning.queries import event_by_key_or_code
from app.settings import Settings

ACTOR = "terminal"  # who sits there, nobody knows


def commands(database: Database, settings: Settings, backups: Backups | None = None) -> Commands:
    """Name → function of JSON arguments that returns a JSON value. `backups` are the running server's."""
    return {
        "import": partial(_import, database, settings.address),
        "invite": partial(_invite, database, settings.address),
        "planner add": partial(_add_planner, database, settings.address),
        "phase": partial(_phase, database),
        "shred": partial(_shred, database, settings),
        "backup": partial(_backup, settings, backups or Backups(settings)),
        "address": lambda: settings.address,
    }


def run(settings: Settings, command: str, **arguments: Any) -> Any:
    """Does a command: in the running server if there is one, else in this process. Raises Failed or
    a Refusal."""
    try:
        with only_writer(settings) as database:
            return commands(database, settings)[command](**arguments)
    except Timeout:
        return ask(settings.data, command, arguments)


def ask_server(settings: Settings, command: str, **arguments: Any) -> Any:
    """The same, but only by a running server, where there is one that knows more than the settings. Raises
    Failed."""
    if settings.is_shared:
        return run(settings, command, **arguments)
    return ask(settings.data, command, arguments)


def _import(database: Database, address: str, plan: str, rehearsal: bool) -> dict[str, Any]:
    planned = read_plan(plan.encode())
    event = database.write(change_to, planned, ACTOR, rehearsal=rehearsal)
    return {
        "event": event.key,
        "code": event.code,
        "links": {
            "phone": f"{address}/e/{event.code}",
            "wall": f"{address}/e/{event.code}/live",
            "desk": f"{address}/moderate/{event.code}",
            "plan": f"{address}/plan/events/{event.key}",
        },
    }


def _invite(
    database: Database, address: str, event: str, role: str, island: int | None
) -> dict[str, Any]:
    if role not in (Role.moderator, Role.host):
        raise NotAcceptable(field="role")
    if role == Role.moderator and island is not None:
        raise NotAcceptable(N_("Moderiert wird die ganze Veranstaltung: --island weglassen."))
    if role == Role.host and island is None:
        raise NotAcceptable(N_("Welche Insel? Bitte mit --island ihre Nummer nennen."))

    def add(session: Session) -> str:
        invited_to = event_by_key_or_code(session, event)
        assert invited_to.id is not None
        if island is None:
            invitation = invite(session, invited_to.id, Role.moderator, None)
        else:
            invitation = invite_host(session, invited_to, island)
        return link_to(invitation, server_key(session, INVITATION_KEY))

    return {"link": address + database.write(add), "role": role, "island": island}


def _add_planner(database: Database, address: str, name: str) -> dict[str, str]:
    return {"link": address + database.write(add_planner, name)}


def _phase(database: Database, event: str, phase: str) -> str:
    """Enters a phase and returns the one before (the rehearsal needs the way back)."""

    def enter(session: Session) -> str:
        steered = event_by_key_or_code(session, event)
        assert steered.id is not None
        before = str(steered.phase)
        enter_phase(session, steered.id, Phase(phase))
        return before

    return database.write(enter)


def _shred(database: Database, settings: Settings, event: str) -> str:
    """Returns the key of what was deleted. Raises Unknown."""
    with database.read() as session:
        key = event_by_key_or_code(session, event).key
    shred(database, settings, key)
    return key


def _backup(settings: Settings, backups: Backups, file: str | None) -> str:
    """Where it is. Without a file: in the usual folders, with the usual name."""
    refuse_shared(settings)
    if file is None:
        return str(backups.make())
    return str(back_up_to(settings, Path(file)))
