"""`doctor`, `rehearse`: whether this computer carries the evening."""

import json
import signal
import sys
from typing import Annotated

import typer
from rich.console import Console

from app.cli.said import AsJson, EventName, texts
from app.settings import Settings

commands = typer.Typer()


@commands.command()
def doctor(
    quick: Annotated[
        bool, typer.Option("--quick", help="Without simulated phones and result files.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check computer, network and plan before the day; exit 1 when something is red."""
    from app.operations.trying.doctor import check_up
    from app.operations.trying.findings import say_verdict, told

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what it has started ends with it
    _, findings = texts(), check_up(Settings(), is_quick=quick)
    if as_json:
        found = list(findings)
        print(json.dumps([each.as_dict(_) for each in found], ensure_ascii=False))
    else:
        found = list(told(findings, Console(), _))
        say_verdict(found, Console(), _)
    if "red" in [each.state for each in found]:
        sys.exit(1)


@commands.command()
def rehearse(
    event: EventName,
    attendees: Annotated[int, typer.Option(min=1, max=2000)] = 82,
    seconds: Annotated[float, typer.Option(min=5, max=7200)] = 60,
    as_json: AsJson = False,
) -> None:
    """Simulate attendees against the running server, then compare everything."""
    from app.operations.rehearsal.table import print_table
    from app.operations.trying.rehearsing import rehearse_event

    outcome = rehearse_event(Settings(), event, attendees, seconds, Console(stderr=True), texts())
    if as_json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False))
    else:
        print_table(outcome, Console(), texts())
    if not outcome.agrees:
        sys.exit(1)
