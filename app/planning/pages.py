"""Everything a planner does before the day, put together for the server."""

from fastapi import APIRouter

from app.planning import copy_routes, import_routes, series_routes
from app.planning.editing import routes as edit_routes
from app.web.bodies import Bound

UPLOAD = Bound(3 * 1024 * 1024)  # a plan and a logo may have 2 MB each
LARGER_BODIES = {
    r"/plan/import(/confirmation)?": UPLOAD,
    r"/plan/series/[^/]+/logo": UPLOAD,
}

router = APIRouter()
for part in (import_routes, copy_routes, edit_routes, series_routes):
    router.include_router(part.router)
