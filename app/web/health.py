"""Whether the process lives, and whether it can do its work."""

import os
import shutil
from pathlib import Path

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from starlette.responses import JSONResponse

from app.database import FILE, Database
from app.settings import Settings

router = APIRouter()
LITTLE_BYTES = 50 * 1024 * 1024  # an evening needs less; photos and backups may need more


@router.get("/livez")
async def is_alive() -> JSONResponse:
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def is_ready(request: Request) -> JSONResponse:
    """503 with the reasons: `database` can't be read, `read-only`, `cannot write` (the last time it was
    tried, a moment ago), `little disk`."""
    database: Database = request.state.database
    settings: Settings = request.state.settings
    reasons = [*_of_the_database(database), *_of_the_disk(settings)]
    if reasons:
        return JSONResponse({"status": "not ready", "reasons": reasons}, 503)
    return JSONResponse({"status": "ready"})


def _of_the_database(database: Database) -> list[str]:
    try:
        with database.read() as session:
            session.exec(select(1)).one()
    except SQLAlchemyError:
        return ["database"]
    return [] if database.can_write() else ["cannot write"]


def _of_the_disk(settings: Settings) -> list[str]:
    if settings.is_shared:
        return []
    reasons = []
    if is_read_only(settings.data):
        reasons.append("read-only")
    if shutil.disk_usage(settings.data).free < LITTLE_BYTES:
        reasons.append("little disk")
    return reasons


def is_read_only(data: Path) -> bool:
    """Also when the system made it so by itself, as after a fault of the disk."""
    return not all(os.access(path, os.W_OK) for path in (data, data / FILE))
