"""Runs the checks: each within its time, and none can keep the others from being told."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from queue import Empty, SimpleQueue

from sqlmodel import Session

from app.checkup import computer, planned, reachable, shared, storage
from app.checkup.finding import Finding, green, red, yellow
from app.database import FILE, Database
from app.errors import N_
from app.planning.queries import is_running, next_event
from app.settings import Settings

Check = tuple[str, float, Callable[[], Finding]]
"""A name, how many seconds it may take, and what is run."""
USUAL_S = 5.0
OF_A_FILE = ("disk", "commits", "sqlite", "folder")  # where no data are in DATA


def quick_checks(settings: Settings) -> Iterator[Check]:
    """All that take a few seconds together, in the order in which they are told."""
    everywhere = {
        "disk": storage.disk,
        "commits": storage.commits,
        "sqlite": storage.sqlite,
        "database": storage.database,
        "folder": storage.folder,
        "power": computer.power,
        "sleep": computer.sleep,
        "port": reachable.port,
        "address": reachable.address,
        "networks": reachable.networks,
        "files": computer.files,
    }
    if settings.is_shared:
        everywhere["database"] = shared.database
        for name in OF_A_FILE:
            del everywhere[name]
    for name, check in everywhere.items():
        yield name, 2 * USUAL_S if name == "database" else USUAL_S, partial(check, settings)
    for name in ("backup", "notices", "event", "people", "date", "posters"):
        yield name, 3 * USUAL_S if name == "posters" else USUAL_S, partial(_of_plan, name, settings)


def run(checks: Iterable[Check]) -> Iterator[Finding]:
    """One after the other, so that none measures another one's work."""
    for name, limit_s, check in checks:
        yield _within(name, limit_s, check)


def _within(name: str, limit_s: float, check: Callable[[], Finding]) -> Finding:
    """In a thread that nobody waits for at the end: a network drive may never answer."""
    found: SimpleQueue[Finding] = SimpleQueue()
    threading.Thread(target=lambda: found.put(_checked(name, check)), daemon=True).start()
    try:
        return found.get(timeout=limit_s)
    except Empty:
        return yellow(
            name,
            N_(
                "Nach %(s)s Sekunden noch nicht fertig: Bitte noch einmal prüfen, wenn der Computer"
                " weniger zu tun hat."
            ),
            s=round(limit_s),
        )


def _checked(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:
        logging.getLogger(__name__).debug("%s", name, exc_info=True)
        return red(
            name,
            N_(
                "Das ließ sich nicht prüfen (%(cause)s): Bitte zuerst die anderen roten Zeilen"
                " beheben."
            ),
            cause=type(error).__name__,
        )


def _of_plan(name: str, settings: Settings) -> Finding:
    """Of the event that comes next, read from the database as it is; nothing is migrated."""
    if name == "backup" and settings.is_shared:
        return shared.backup(settings)
    file = settings.data / FILE
    if not settings.is_shared and (not file.exists() or not file.stat().st_size):
        return _without_plan(name, settings)
    database = Database(settings)
    try:
        with database.read() as session:
            return _planned(name, session, settings)
    finally:
        database.close()


def _planned(name: str, session: Session, settings: Settings) -> Finding:
    event = next_event(session)
    if name == "backup":
        return computer.backup(settings, is_running=event is not None and is_running(event))
    if name == "notices":
        return planned.notices(session, settings, event)
    if event is None:
        return _without_plan(name, settings)
    if name == "posters":
        return planned.posters(session, settings, event)
    if name == "date":
        return planned.date(event)
    return (planned.plan if name == "event" else planned.people)(session, event)


def _without_plan(name: str, settings: Settings) -> Finding:
    if name == "backup":
        return computer.backup(settings, is_running=False)
    if name == "event":
        return yellow(
            "event", N_("Noch keine Veranstaltung: Bitte einen Plan laden (worldcafe import).")
        )
    return green(name, N_("Ohne Veranstaltung gibt es hier nichts zu prüfen."))
