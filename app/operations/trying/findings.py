"""What the check-up found, line by line in a terminal."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from app.checkup.finding import LABELS, Finding, State, Translate

SIGNS = {State.green: ("✔", "green"), State.yellow: ("!", "yellow"), State.red: ("✖", "bold red")}


def told(findings: Iterable[Finding], console: Console, _: Translate) -> Iterator[Finding]:
    """The same findings, each printed as it comes."""
    for finding in findings:
        sign, style = SIGNS[finding.state]
        line = Text.assemble(
            (f"{sign} ", style),
            (f"{_(LABELS[finding.check])}: ", "bold"),
            finding.as_dict(_)["advice"],
        )
        console.print(line, soft_wrap=True)
        yield finding
