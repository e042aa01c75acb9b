"""A plan read from the TOML file that somebody wrote or uploaded."""

import re
import tomllib

from app.planning.lines import lines_of
from app.planning.plan import Plan, checked
from app.planning.plan_errors import PlanErrors, printable, whole_file

MAX_BYTES = 2_000_000


def read_plan(content: bytes) -> Plan:
    """A TOML file (UTF-8, with or without BOM, any line ends) as a plan. Raises PlanErrors."""
    if len(content) > MAX_BYTES:
        raise whole_file("size")
    try:
        document = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise whole_file("encoding", line=content.count(b"\n", 0, error.start) + 1) from error
    try:
        data = tomllib.loads(document)
    except ValueError as error:
        raise _syntax_error(str(error), document) from error
    except RecursionError as error:
        raise whole_file("syntax", reason="too deeply nested") from error
    return checked(data, lambda: lines_of(document))


def _syntax_error(message: str, document: str) -> PlanErrors:
    reason = printable(re.sub(r" \(at .*\)$", "", message))
    position = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    if position:
        return whole_file(
            "syntax_column", line=int(position[1]), reason=reason, column=int(position[2])
        )
    return whole_file("syntax", line=document.rstrip().count("\n") + 1, reason=reason)
