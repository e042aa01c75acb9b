"""`import`, `invite`, `planner add`: what is planned, and who may do what."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.said import AsJson, EventName, show
from app.errors import Failed
from app.operations.commands import run
from app.people.models import Role
from app.settings import Settings

commands = typer.Typer()
planner = typer.Typer(no_args_is_help=True)
commands.add_typer(planner, name="planner", help="People who plan.")


class InvitedRole(StrEnum):
    moderator = Role.moderator
    host = Role.host


@commands.command("import")
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
    show(loaded, as_json, [f"{loaded['event']}  {loaded['code']}", *loaded["links"].values()])


@commands.command()
def invite(
    event: EventName,
    role: Annotated[InvitedRole, typer.Option(help="Whom to invite.")],
    island: Annotated[int | None, typer.Option(help="The host's island.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make an invitation link."""
    made = run(Settings(), "invite", event=event, role=role.value, island=island)
    show(made, as_json, [made["link"]])


@planner.command("add")
def add_planner(name: str, as_json: AsJson = False) -> None:
    """Make a one-time link for setting a planner's password."""
    made = run(Settings(), "planner add", name=name)
    show(made, as_json, [made["link"]])
