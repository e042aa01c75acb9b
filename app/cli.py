"""The command line: `worldcafe …`."""

import json
import os
import signal
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from app.database import Database
from app.errors import Failed, Refusal
from app.operations.commands import run
from app.operations.faults import cause_and_cure
from app.operations.welcome import load_example, say_welcome
from app.people.models import Role
from app.planning.plan_errors import PlanErrors
from app.settings import Settings
from app.web.catalogue import Catalogue

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
planner = typer.Typer(no_args_is_help=True)
app.add_typer(planner, name="planner", help="People who plan.")


class InvitedRole(StrEnum):
    moderator = Role.moderator
    host = Role.host


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
EventName = Annotated[str, typer.Argument(metavar="EVENT", help="The event's key or code.")]


def main() -> None:
    """Exit 0 done, 1 failed with one line of cause and cure, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a file on Windows, say, knows no blocks of a QR code
            stream.reconfigure(errors="replace")
    try:
        app()
    except PlanErrors as errors:
        for error in errors.errors:
            print(error.text(_texts()), file=sys.stderr)
        sys.exit(1)
    except ValidationError as wrong:  # of the settings; plans name their own errors
        _fail(
            "; ".join(
                f"WORLDCAFE_{str(each['loc'][0]).upper()}: {each['msg']}" for each in wrong.errors()
            )
        )
    except Failed as failure:
        _fail(failure.text(_texts()))
    except Refusal as refusal:
        if isinstance(refusal.__cause__, DBAPIError):  # a full disk, say
            _fail(cause_and_cure(refusal, Settings()).text(_texts()))
        _fail(_texts()(refusal.message))
    except OSError as error:
        _fail(cause_and_cure(error, Settings()).text(_texts()))


@app.command()
def serve(
    lan: Annotated[bool, typer.Option(help="Listen on the local network.")] = False,
    example: Annotated[
        bool, typer.Option(help="Load the example plan into an empty database.")
    ] = False,
) -> None:
    """Migrate and serve."""
    from app.operations.local_network import on_local_network, say_how_phones_come
    from app.operations.serving import serve as serve_until_stopped

    def say(database: Database, served: Settings) -> None:
        is_private = example or sys.stdout.isatty()
        say_welcome(database, served, Console(), _texts(), is_private=is_private)
        if lan:
            say_how_phones_come(served, Console(), _texts())

    serve_until_stopped(
        on_local_network(Settings()) if lan else Settings(),
        prepare=load_example if example else lambda _database, _settings: None,
        ready=say,
    )


@app.command("import")
def import_(
    plan: Annotated[Path, typer.Argument(help="A .toml, .xlsx or .ods plan.")],
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="A new event is a rehearsal.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Load a plan; create or update its event."""
    from app.planning.plan_files import read_plan_file
    from app.planning.plan_toml import as_toml

    try:
        content = plan.read_bytes()
    except OSError as error:
        raise Failed("%(file)s: %(cause)s", file=plan, cause=error.strerror) from error
    planned = read_plan_file(plan.name, content)  # its errors are shown here and change nothing
    loaded = run(Settings(), "import", plan=as_toml(planned), rehearsal=rehearsal)
    _show(loaded, as_json, [f"{loaded['event']}  {loaded['code']}", *loaded["links"].values()])


@app.command()
def invite(
    event: EventName,
    role: Annotated[InvitedRole, typer.Option(help="Whom to invite.")],
    island: Annotated[int | None, typer.Option(help="The host's island.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make an invitation link."""
    made = run(Settings(), "invite", event=event, role=role.value, island=island)
    _show(made, as_json, [made["link"]])


@planner.command("add")
def add_planner(name: str, as_json: AsJson = False) -> None:
    """Make a one-time link for setting a planner's password."""
    made = run(Settings(), "planner add", name=name)
    _show(made, as_json, [made["link"]])


@app.command()
def export(event: EventName, to: Annotated[Path, typer.Option("--to", help="A folder.")]) -> None:
    """Write every result file."""
    from app.operations.exporting import export_event

    for file in export_event(Settings(), event, to):
        print(file)


@app.command()
def doctor(
    quick: Annotated[
        bool, typer.Option("--quick", help="Without simulated phones and result files.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check computer, network and plan before the day; exit 1 when something is red."""
    from app.operations.doctor import check_up
    from app.operations.findings import told

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what it has started ends with it
    _, findings = _texts(), check_up(Settings(), is_quick=quick)
    if as_json:
        found = list(findings)
        print(json.dumps([each.as_dict(_) for each in found], ensure_ascii=False))
    else:
        found = list(told(findings, Console(), _))
    if "red" in [each.state for each in found]:
        sys.exit(1)


@app.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="A file or folder; without it the usual ones.")
    ] = None,
) -> None:
    """Make a checked copy of everything, while the server runs or not."""
    print(run(Settings(), "backup", file=None if file is None else str(file.absolute())))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Bring a backup back; what is there now is kept as a copy."""
    from app.operations.preview import print_preview
    from app.operations.restoring import restoring

    _ = _texts()
    with restoring(Settings(), file) as prepared:
        print_preview(prepared, file, Console(), _)
        if not yes:
            typer.confirm(_("Diese Sicherung zurückholen?"), abort=True)
        kept = prepared.put_in_place()
    if kept is not None:
        print(_("Was vorher da war, liegt hier: {file}").format(file=kept))
    print(_("Zurückgeholt. Starten mit: worldcafe serve"))


@app.command()
def shred(
    event: EventName,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete an event with everything that belongs to it, in backups too."""
    _ = _texts()
    if not yes:
        question = _("„{event}“ mit allen Punkten, Karten und Wörtern endgültig löschen?")
        typer.confirm(question.format(event=event), abort=True)
    settings = Settings()
    print(_("Gelöscht: {event}").format(event=run(settings, "shred", event=event)))
    second = settings.second_folder
    if second is not None and not second.is_dir():
        away = _(
            "Der zweite Sicherungsordner {folder} ist nicht da: Dort wird gelöscht, wenn er wieder da ist"
            " und der Server läuft."
        )
        print(away.format(folder=second))


@app.command()
def rehearse(
    event: EventName,
    attendees: Annotated[int, typer.Option(min=1, max=2000)] = 82,
    seconds: Annotated[float, typer.Option(min=5, max=7200)] = 60,
    as_json: AsJson = False,
) -> None:
    """Simulate attendees against the running server, then compare everything."""
    from app.operations.rehearsal.table import print_table
    from app.operations.rehearsing import rehearse_event

    outcome = rehearse_event(Settings(), event, attendees, seconds, Console(stderr=True), _texts())
    if as_json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False))
    else:
        print_table(outcome, Console(), _texts())
    if not outcome.agrees:
        sys.exit(1)


def _show(value: Any, as_json: bool, lines: list[str]) -> None:
    print(json.dumps(value, ensure_ascii=False) if as_json else "\n".join(lines))


def _fail(line: str) -> None:
    print(line, file=sys.stderr)
    sys.exit(1)


def _texts() -> Any:
    """Translates into the terminal's language."""
    return Catalogue().texts(os.environ.get("LANG", "de")[:2]).gettext
