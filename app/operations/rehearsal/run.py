"""A rehearsal as a command runs it: its own event loop, and a progress bar."""

import asyncio
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from app.operations.rehearsal.evening import EnterPhase, rehearse
from app.operations.rehearsal.outcome import Outcome
from app.operations.rehearsal.settling import ReadStored


def run_rehearsal(
    address: str,
    code: str,
    *,
    attendees: int,
    seconds: float,
    enter_phase: EnterPhase,
    read_stored: ReadStored,
    console: Console,
    _: Callable[[str], str],
) -> Outcome:
    """Rehearses with a bar on `console` (standard error, so that `--json` stays alone).

    Raises what `rehearse` raises.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(_("Café: Punkte und Karten"), total=1.0)

        def show(part: float, stage: str) -> None:
            bar.update(task, completed=part, description=_(stage))

        return asyncio.run(
            rehearse(
                address,
                code,
                attendees=attendees,
                seconds=seconds,
                enter_phase=enter_phase,
                read_stored=read_stored,
                progress=show,
            )
        )
