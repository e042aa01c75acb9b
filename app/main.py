"""Puts the parts together: everything with a life is made when the server starts and handed on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.database import Database
from app.feedback import phone, posts
from app.feedback.access import NoDevice
from app.feedback.ledger import Ledger
from app.feedback.limits import Limits
from app.feedback.sqlite_store import SqliteStore
from app.live import socket, wall
from app.live.hub import Hub
from app.moderation import invited
from app.moderation import routes as moderation
from app.people import routes as people
from app.people.access import NotSignedIn
from app.people.devices import DEVICE_KEY, Devices
from app.people.invitations import INVITATION_KEY
from app.people.secrets import server_key
from app.planning import routes as planning
from app.planning.directory import Directory
from app.results import routes as results
from app.results.files import RESULT_FILES
from app.settings import Settings
from app.web import health, language
from app.web.bodies import BodyLimit
from app.web.headers import SecurityHeaders, UpperCaseAddresses
from app.web.origin import OwnOrigin
from app.web.pages import Pages
from app.web.refusals import add_refusals, refused
from app.web.static_files import StaticFiles

ROOT = Path(__file__).parents[1]


def create_app(settings: Settings, database: Database) -> FastAPI:
    """The application on an open, migrated database, which stays the caller's to close."""
    static = StaticFiles(ROOT / "static")
    pages = Pages(ROOT / "templates", static)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        hub = Hub(database)
        ledger = Ledger(database, SqliteStore(), on_commit=hub.committed)
        yield {
            "settings": settings,
            "database": database,
            "pages": pages,
            "directory": Directory(database),
            "devices": Devices(database.write(server_key, DEVICE_KEY), is_https=settings.is_https),
            "invitation_key": database.write(server_key, INVITATION_KEY),
            "limits": Limits(is_on=settings.limits == "on"),
            "ledger": ledger,
            "hub": hub,
            "result_files": list(RESULT_FILES),
        }
        await ledger.close()
        await hub.close()

    app = FastAPI(
        lifespan=life,
        openapi_url=None,
        middleware=[
            Middleware(UpperCaseAddresses),
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
            Middleware(OwnOrigin, public_address=settings.address),
            Middleware(BodyLimit),
        ],
    )
    app.router.routes += [*posts.routes, *socket.routes]
    for feature in (
        health.router,
        language.router,
        phone.router,
        wall.router,
        people.router,
        planning.router,
        invited.router,
        moderation.router,
        results.router,
    ):
        app.include_router(feature)
    app.mount("/static", static)
    add_refusals(app)

    @app.exception_handler(NoDevice)
    async def _no_device(request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, NoDevice)
        answer = refused(request, refusal)
        devices: Devices = request.state.devices
        devices.greet(request, answer)
        return answer

    @app.exception_handler(NotSignedIn)
    async def _not_signed_in(request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, NotSignedIn)
        if request.method == "GET":
            return RedirectResponse("/sign-in", status_code=303)
        return refused(request, refusal)

    return app
