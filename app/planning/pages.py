"""Everything a planner does before the day, put together for the server."""

from fastapi import APIRouter

from app.planning import import_routes

UPLOAD_BYTES = 3 * 1024 * 1024  # a plan may have 2 MB

router = APIRouter()
router.include_router(import_routes.router)

LARGER_BODIES = {
    "/plan/import": UPLOAD_BYTES,
    "/plan/import/confirmation": UPLOAD_BYTES,
}
