"""Every address the program answers at, read from the running application's own routes, and the table in
the README that says who may do what there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.routing import Mount, WebSocketRoute

from app.backups.backing_up import Backups
from app.database import Database
from app.feedback.posting import Posts
from app.main import create_app
from app.settings import Settings

README = Path(__file__).parents[2] / "README.md"
ROLES = ("attendee", "host", "moderator", "planner")
ROW = re.compile(r"^\| `(\w+) ([^`]+)` \|" + r" ([✔–]) \|" * len(ROLES) + "$", re.MULTILINE)


def documented() -> dict[str, dict[str, bool]]:
    """ "GET /plan" → role → may; as the README says it."""
    table = README.read_text("utf-8").split("## Who may do what")[1].split("\n## ")[0]
    return {
        f"{method} {path}": {role: mark == "✔" for role, mark in zip(ROLES, marks, strict=True)}
        for method, path, *marks in ROW.findall(table)
    }


def row(route: str, allowed: dict[str, bool]) -> str:
    """As it stands in the README."""
    return f"| `{route}` | " + " | ".join("✔" if allowed[role] else "–" for role in ROLES) + " |"


def routes_of_the_app(database: Database, settings: Settings) -> list[str]:
    """ "GET /plan", "POST /e/{code}/dots", "WS /e/{code}/ws"…, of whatever kind the route is."""
    return sorted(set(_routes(create_app(settings, database, Backups(settings)))))


def _routes(app: Any) -> Iterator[str]:
    while not hasattr(app, "routes"):
        if isinstance(app, Posts):
            for noun, verb in app._slots:
                yield f"POST /e/{{code}}/{noun}" + (f"/{{id}}/{verb}" if verb else "")
        app = app.app  # a middleware
    for route in iter_route_contexts(app.routes):
        served = route.original_route
        if isinstance(served, Mount):
            if hasattr(served.app, "routes"):
                assert served.path == "", "a mount below an address: teach this walk about it"
                yield from _routes(served.app)
            else:
                yield f"GET {served.path}/{{path}}"
        elif isinstance(served, WebSocketRoute):
            yield f"WS {_plain(route.path or '')}"
        else:
            assert route.methods, f"{route!r}: an unknown kind of route, teach this walk about it"
            for method in route.methods - {"HEAD"}:
                yield f"{method} {_plain(route.path or '')}"


def _plain(path: str) -> str:
    """Without convertors: `{number:int}` is `{number}`."""
    return re.sub(r":\w+}", "}", path)
