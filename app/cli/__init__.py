"""The command line, `worldcafe …`: a room for each kind of command, and what a failure looks like."""

import sys
from io import TextIOWrapper

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from app.cli import files, keeping, planning, serving, trying
from app.cli.said import texts
from app.errors import Failed, Refusal
from app.operations.faults import cause_and_cure
from app.planning.plan_errors import PlanErrors
from app.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for room in (serving, planning, trying, keeping, files):
    app.add_typer(room.commands)


def main() -> None:
    """Exit 0 done, 1 failed with one line of cause and cure, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # on Windows one may know no blocks of a QR code
            stream.reconfigure(errors="replace")
    try:
        app()
    except PlanErrors as errors:
        for error in errors.errors:
            print(error.text(texts()), file=sys.stderr)
        sys.exit(1)
    except ValidationError as wrong:  # of the settings; plans name their own errors
        _fail(
            "; ".join(
                f"WORLDCAFE_{str(each['loc'][0]).upper()}: {each['msg']}" for each in wrong.errors()
            )
        )
    except Failed as failure:
        _fail(failure.text(texts()))
    except Refusal as refusal:
        if isinstance(refusal.__cause__, DBAPIError):  # a full disk, say
            _fail(cause_and_cure(refusal, Settings()).text(texts()))
        _fail(texts()(refusal.message))
    except OSError as error:
        _fail(cause_and_cure(error, Settings()).text(texts()))


def _fail(line: str) -> None:
    print(line, file=sys.stderr)
    sys.exit(1)
