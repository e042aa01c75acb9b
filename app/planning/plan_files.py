"""The kinds of file a plan may come in."""

from pathlib import PurePath

from app.planning.plan import Plan
from app.planning.plan_errors import whole_file
from app.planning.plan_reading import read_plan
from app.planning.sheets.reading import read_spreadsheet

READERS = {".toml": read_plan, ".xlsx": read_spreadsheet, ".ods": read_spreadsheet}


def read_plan_file(name: str, content: bytes) -> Plan:
    """The plan in a file of this name. Raises PlanErrors."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise whole_file("unknown_kind")
    return reader(content)
