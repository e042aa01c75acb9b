"""`export`, `runbook`: files of an event."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.said import EventName
from app.settings import Settings

commands = typer.Typer()


@commands.command()
def export(event: EventName, to: Annotated[Path, typer.Option("--to", help="A folder.")]) -> None:
    """Write every result file."""
    from app.operations.files.exporting import export_event

    for file in export_event(Settings(), event, to):
        print(file)


@commands.command()
def runbook(
    event: EventName, to: Annotated[Path, typer.Option("--to", help="A PDF file.")]
) -> None:
    """Write the guide for the day, one page to print."""
    from app.operations.files.runbook import write_runbook

    print(write_runbook(Settings(), event, to))
