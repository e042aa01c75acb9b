"""As long as a browser is an island's tablet, it opens nothing else: no desk whose cookie it still has,
no other island. Whoever taps about, or types an address, is back at the island."""

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, NotAllowed
from app.people.tablets import Tablet, Tablets
from app.web.refusals import refused

OPEN = ("/tablet/", "/static/", "/language", "/invite/", "/livez", "/readyz")
OF_EVENT = ("/live.json", "/similar")
LOCKED = N_("Dieses Gerät ist gerade das Tablet einer Insel.")


class Kiosk:
    """The host's invitation stays open: it ends the tablet, should nobody know its PIN any more."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        tablet = _tablet_behind(scope) if scope["type"] == "http" else None
        if tablet is None or _is_open(tablet, scope["path"]):
            await self.app(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD"):
            await RedirectResponse(_instead(tablet, scope), 303)(scope, receive, send)
        else:
            await refused(Request(scope), NotAllowed(LOCKED))(scope, receive, send)


def _tablet_behind(scope: Scope) -> Tablet | None:
    cookies = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    tablets: Tablets = scope["state"]["tablets"]
    return tablets.at(cookies.decode("latin-1"))


def _is_open(tablet: Tablet, path: str) -> bool:
    of_event = path.startswith(f"/e/{tablet.code}/") and path.endswith(OF_EVENT)
    return of_event or path.startswith(OPEN)


def _instead(tablet: Tablet, scope: Scope) -> str:
    """Where a form's answer leads on a phone, the same part of the tablet's page."""
    query = scope["query_string"].decode("latin-1")
    if scope["path"] == f"/e/{tablet.code}/{tablet.island}":
        query = f"view=island&{query}" if query else "view=island"
        return f"{tablet.path}?{query}"
    return tablet.path
