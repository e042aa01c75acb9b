"""`backup`, `restore`, `shred`: what is kept, and what is not."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.backups.folder import is_away
from app.cli.said import EventName, WithoutAsking, agreed, texts
from app.operations.commands import run
from app.settings import Settings

commands = typer.Typer()


@commands.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="A file or folder; without it the usual ones.")
    ] = None,
) -> None:
    """Make a checked copy of everything, while the server runs or not."""
    print(run(Settings(), "backup", file=None if file is None else str(file.absolute())))


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    yes: WithoutAsking = False,
) -> None:
    """Bring a backup back; what is there now is kept as a copy."""
    from app.operations.keeping.preview import print_preview
    from app.operations.keeping.restoring import restoring

    _ = texts()
    with restoring(Settings(), file) as prepared:
        print_preview(prepared, file, Console(), _)
        if not yes:
            agreed(_("Diese Sicherung zurückholen?"))
        kept = prepared.put_in_place()
    if kept is not None:
        print(_("Was vorher da war, liegt hier: {file}").format(file=kept))
    print(_("Zurückgeholt. Starten mit: worldcafe serve --lan"))


@commands.command()
def shred(
    event: EventName,
    yes: WithoutAsking = False,
) -> None:
    """Delete an event with everything that belongs to it, in backups too."""
    _ = texts()
    if not yes:
        question = _("„{event}“ mit allen Punkten, Karten und Wörtern endgültig löschen?")
        agreed(question.format(event=event))
    settings = Settings()
    print(_("Gelöscht: {event}").format(event=run(settings, "shred", event=event)))
    second = settings.second_folder
    if is_away(second):
        away = _(
            "Der zweite Sicherungsordner {folder} ist nicht da: Dort wird gelöscht, wenn er wieder da ist"
            " und der Server läuft."
        )
        print(away.format(folder=second))
