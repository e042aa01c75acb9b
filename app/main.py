"""Puts the parts together: everything with a life is made when the server starts and handed on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import ASGIApp

from app.backups.backing_up import Backups
from app.checkup import routes as checkup
from app.checkup.checkups import Checkups
from app.checkup.reaching import Reaching
from app.database import Database
from app.feedback import joining, mentioned, noting, phone, posts, tablet
from app.feedback.access import NoDevice, TabletLeft, free_tablet, greet_stranger
from app.feedback.island_pages import IslandPages
from app.feedback.kept import kept_dots
from app.feedback.kept_islands import KeptIslands
from app.feedback.ledger import Ledger
from app.feedback.limits import Limits
from app.feedback.posting import Posts
from app.feedback.stores import store_of
from app.live import socket, text_page, wall
from app.live.hub import Hub
from app.moderation import ending_routes, host_routes, invited, paper_routes, tablet_routes
from app.moderation import routes as moderation
from app.moderation import socket as desk_socket
from app.moderation.vitals import Vitals
from app.people import notice_routes, planner_routes
from app.people import routes as people
from app.people.access import NotSignedIn, show_the_way_in
from app.people.devices import DEVICE_KEY, Devices
from app.people.guessing import GUESSING_KEY, Guessing
from app.people.invitations import INVITATION_KEY
from app.people.kiosk import Kiosk
from app.people.secrets import server_key
from app.people.tablets import TABLET_KEY, Tablets
from app.photos import routes as photos
from app.planning import host_routes as host_planning
from app.planning import pages as planning_pages
from app.planning import routes as planning
from app.planning.directory import Directory
from app.planning.held_plan import PLAN_KEY
from app.planning.posters import routes as poster_routes
from app.planning.typesetting import Press
from app.results import comparison_routes, facts_routes
from app.results import routes as results
from app.results.files import addresses_of_files
from app.results.followup import routes as followup
from app.results.making import Making
from app.settings import Settings
from app.web import health, language, worker
from app.web.addresses import PrintedAddresses
from app.web.bodies import BodyLimit
from app.web.bundles import phone_files
from app.web.catalogue import Catalogue
from app.web.compression import COMPRESSED_ALREADY, CompressedPages
from app.web.headers import SecurityHeaders
from app.web.origin import Origins, OwnOrigin
from app.web.pages import Pages
from app.web.refusals import HANDLERS
from app.web.static_files import StaticFiles

ROOT = Path(__file__).parents[1]
ANSWERS = {
    **HANDLERS,
    NoDevice: greet_stranger,
    NotSignedIn: show_the_way_in,
    TabletLeft: free_tablet,
}


def create_app(settings: Settings, database: Database, backups: Backups) -> ASGIApp:
    """The application on an open, migrated database, which stays the caller's to close.

    What a whole hall does at once, sockets, posts and islands' pages, stands in front of FastAPI, which
    costs more than a dot itself.
    """
    static = StaticFiles(ROOT / "static", phone_files(ROOT / "static"))
    origins = Origins(settings.address)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[dict[str, Any]]:
        kept_islands = KeptIslands(database)  # hears of changes before those who tell the phones
        hub = Hub(database)
        ledger = Ledger(database, store_of(database), on_commit=hub.committed)
        pages, press = (
            Pages(ROOT / "templates", static, Catalogue(settings.data / "locale")),
            Press(),
        )
        making = Making(database, press, pages.catalogue)
        vitals, checkups = Vitals(settings, database, backups, ledger, hub), Checkups(settings)
        yield {
            "settings": settings,
            "database": database,
            "pages": pages,
            "directory": Directory(database),
            "devices": Devices(database.write(server_key, DEVICE_KEY), is_https=settings.is_https),
            "tablets": Tablets(database.write(server_key, TABLET_KEY), is_https=settings.is_https),
            "invitation_key": database.write(server_key, INVITATION_KEY),
            "guessing": Guessing(database.write(server_key, GUESSING_KEY)),
            "limits": Limits(is_on=settings.limits == "on"),
            "ledger": ledger,
            "hub": hub,
            "vitals": vitals,
            "reaching": Reaching(),
            "checkups": checkups,
            "result_files": addresses_of_files(),
            "press": press,
            "making": making,
            "photo_line": CapacityLimiter(1),  # one is drawn at a time
            "plan_key": database.write(server_key, PLAN_KEY),
            "kept_dots": kept_dots,
            "kept_islands": kept_islands,
            "backups": backups,
        }
        vitals.close()
        await checkups.close()
        await making.close()
        await ledger.close()
        await hub.close()

    app = Starlette(
        lifespan=life,
        routes=[
            *socket.routes,
            *desk_socket.routes,
            Mount("/static", static),
            Mount("/", _pages()),
        ],
        middleware=[
            Middleware(PrintedAddresses),
            Middleware(
                CompressedPages,
                minimum_size=1000,
                compresslevel=6,
                exclude_content_types=COMPRESSED_ALREADY,
            ),
            Middleware(OwnOrigin, origins=origins),
            Middleware(Kiosk),
            Middleware(BodyLimit, larger=planning_pages.LARGER_BODIES | photos.LARGER_BODIES),
        ],
        exception_handlers=ANSWERS,
    )
    app.router.redirect_slashes = False  # it would redirect to whatever the Host header says
    secured = SecurityHeaders(app)  # outside of the app's own error page: that has them, too
    return Posts(IslandPages(secured, ANSWERS), posts.slots, origins, ANSWERS)


def _pages() -> FastAPI:
    pages = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nobody is told anything
        exception_handlers=ANSWERS,
    )
    for feature in (
        health.router,
        language.router,
        worker.router,
        joining.router,
        phone.router,
        mentioned.router,
        noting.router,
        tablet.router,
        wall.router,
        text_page.router,
        people.router,
        planner_routes.router,
        notice_routes.router,
        planning.router,
        host_planning.router,
        poster_routes.router,
        planning_pages.router,
        invited.router,
        moderation.router,
        host_routes.router,
        paper_routes.router,
        tablet_routes.router,
        ending_routes.router,
        photos.router,
        followup.router,
        facts_routes.router,
        comparison_routes.router,
        results.router,
        checkup.router,
    ):
        pages.include_router(feature)
    return pages
