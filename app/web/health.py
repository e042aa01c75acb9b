"""Whether the process lives, and whether it can do its work."""

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from starlette.responses import JSONResponse

from app.database import Database

router = APIRouter()


@router.get("/livez")
async def is_alive() -> JSONResponse:
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def is_ready(request: Request) -> JSONResponse:
    """503 with the reasons while the database can't be read."""
    database: Database = request.state.database
    try:
        with database.read() as session:
            session.exec(select(1)).one()
    except SQLAlchemyError:
        return JSONResponse({"status": "not ready", "reasons": ["database"]}, 503)
    return JSONResponse({"status": "ready"})
