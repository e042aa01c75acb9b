"""`serve`: the server itself."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli.said import texts
from app.database import Database
from app.operations.serving.welcome import load_example, say_welcome
from app.settings import Settings

commands = typer.Typer()


@commands.command()
def serve(
    lan: Annotated[bool, typer.Option(help="Listen on the local network.")] = False,
    backup: Annotated[
        Path | None, typer.Option(help="A second folder for backups, on a USB stick for example.")
    ] = None,
    example: Annotated[
        bool, typer.Option(help="Load the example plan into an empty database.")
    ] = False,
) -> None:
    """Migrate and serve."""
    from app.operations.serving.local_network import on_local_network, say_how_phones_come
    from app.operations.serving.server import serve as serve_until_stopped

    def say(database: Database, served: Settings) -> None:
        is_private = example or sys.stdout.isatty()
        if lan:  # first: the links and the code had better be what is on the screen at last
            say_how_phones_come(served, Console(), texts())
        say_welcome(database, served, Console(), texts(), is_private=is_private)

    settings = Settings()
    if backup is not None:
        settings = settings.model_copy(update={"backup_folder": str(backup.absolute())})
    serve_until_stopped(
        on_local_network(settings) if lan else settings,
        prepare=load_example if example else lambda _database, _settings: None,
        ready=say,
    )
