"""Shows what a restore would bring, beside what is there."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.backups.checking import Contents, EventContents
from app.backups.folder import backup_of
from app.errors import N_
from app.operations.keeping.restoring import Restore
from app.planning.models import Phase

PHASES = {
    Phase.setup: N_("Vorbereitung"),
    Phase.cafe: N_("World Café"),
    Phase.cloud: N_("Wortwolke"),
    Phase.closed: N_("Abschluss"),
}
Translate = Callable[[str], str]


def print_preview(restore: Restore, file: Path, console: Console, _: Translate) -> None:
    backup = backup_of(file)
    at = backup.at if backup else datetime.fromtimestamp(file.stat().st_mtime, UTC)
    said = _("Sicherung vom {at}: {file}")
    console.print(
        said.format(at=f"{at.astimezone():%d.%m.%Y %H:%M}", file=file),
        soft_wrap=True,
        highlight=False,
    )
    if restore.is_damaged:
        console.print(_("Die Daten, die jetzt da sind, sind beschädigt und werden so aufgehoben."))
    elif restore.now is None:
        console.print(_("Jetzt ist hier nichts."))
    console.print(_table(restore.contents, restore.now, _))


def _table(backup: Contents, now: Contents | None, _: Translate) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in (_("Veranstaltung"), _("Stand"), _("Phase")):
        table.add_column(heading)
    for heading in (_("Punkte"), _("Karten"), _("Wörter"), _("Fotos")):
        table.add_column(heading, justify="right")
    theirs = {each.key: each for each in backup.events}
    ours = {each.key: each for each in now.events} if now else {}
    for key in {**theirs, **ours}:
        table.add_row(key, _("Sicherung"), *_cells(theirs.get(key), _))
        if now is not None:
            table.add_row("", _("jetzt"), *_cells(ours.get(key), _))
    return table


def _cells(event: EventContents | None, _: Translate) -> list[str]:
    if event is None:
        return ["–"] * 5
    counts = (event.dots, event.cards, event.words, event.photos)
    phase = _(PHASES[Phase(event.phase)])
    return [phase, *map(str, counts)]
