"""What the commands have in common: how their arguments are called, and how they answer."""

import json
from typing import Annotated, Any

import typer

from app.web.catalogue import of_terminal

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
WithoutAsking = Annotated[bool, typer.Option("--yes", help="Don't ask.")]
EventName = Annotated[str, typer.Argument(metavar="EVENT", help="The event's key or code.")]


def show(value: Any, as_json: bool, lines: list[str]) -> None:
    print(json.dumps(value, ensure_ascii=False) if as_json else "\n".join(lines))


def texts() -> Any:
    """Translates into the terminal's language."""
    return of_terminal().gettext
