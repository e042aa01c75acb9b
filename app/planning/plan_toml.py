"""A plan as TOML, to be kept, changed by hand and imported again."""

import datetime
import json
from typing import Any

from app.planning.plan import Plan
from app.planning.plan_data import Data, data_of


def as_toml(plan: Plan) -> str:
    """What `read_plan` makes the same plan of."""
    data = data_of(plan)
    dates = data["series"].pop("dates")
    parts = [_table("[series]", data["series"])]
    parts += [_table("[[series.dates]]", date) for date in dates]
    parts += [_table("[event]", data["event"])]
    for island in data["islands"]:
        lists = {name: island.pop(name) for name in ("contacts", "offers")}
        lines = [_table("[[islands]]", island)]
        for name, items in lists.items():
            if items:
                rows = "".join(f"  {_inline(item)},\n" for item in items)
                lines.append(f"{name} = [\n{rows}]\n")
        parts.append("".join(lines))
    return "\n".join(parts)


def _table(header: str, values: Data) -> str:
    return header + "\n" + "".join(f"{key} = {_value(value)}\n" for key, value in values.items())


def _inline(values: Data) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in values.items()) + " }"


def _value(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False)  # its escapes are TOML's, too
