"""What the check-up found, line by line in a terminal."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from app.checkup.finding import LABELS, Finding, State, Translate, worst
from app.errors import N_

SIGNS = {State.green: ("✔", "green"), State.yellow: ("!", "yellow"), State.red: ("✖", "bold red")}

VERDICTS = {  # as at the desk
    State.green: N_("Alles in Ordnung."),
    State.yellow: N_("Es geht, aber bitte ansehen."),
    State.red: N_("So bitte nicht beginnen."),
}


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


def say_verdict(findings: Iterable[Finding], console: Console, _: Translate) -> None:
    """Last, where it is seen: twenty lines above have scrolled by."""
    state = worst([finding.state for finding in findings])
    console.print()
    console.print(Text(_(VERDICTS[state]), SIGNS[state][1]), soft_wrap=True)
