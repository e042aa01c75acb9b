"""What the commands have in common: how their arguments are called, and how they answer."""

import json
import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.web.catalogue import of_terminal

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
WithoutAsking = Annotated[bool, typer.Option("--yes", help="Don't ask.")]
YES = ("j", "ja", "y", "yes")
OUR_COMMAND = re.compile(r"\bworldcafe(?= [a-z])")
EventName = Annotated[str, typer.Argument(metavar="EVENT", help="The event's key or code.")]


def show(value: Any, as_json: bool, lines: list[str]) -> None:
    print(json.dumps(value, ensure_ascii=False) if as_json else "\n".join(lines))


def texts() -> Any:
    """Translates into the terminal's language; commands are named so that they can be typed again."""
    translated = of_terminal().gettext

    def text(message: str) -> str:
        return as_called(translated(message), sys.argv[0])

    return text


def as_called(message: str, program: str) -> str:
    """`program` is what was typed: from a clone it is .venv/bin/worldcafe, and the bare name is not found."""
    if Path(program).stem != "worldcafe":  # python -m, a test
        return message
    return OUR_COMMAND.sub(lambda _: program, message)


def agreed(question: str) -> None:
    """Goes on only after a yes, in German or English, whatever the terminal speaks. Raises typer.Exit."""
    _ = texts()
    choice = _("[j/N]")
    answer = typer.prompt(f"{question} {choice}", default="", show_default=False)
    if answer.strip().lower() not in YES:
        print(_("Nichts geändert."))
        raise typer.Exit(1)
