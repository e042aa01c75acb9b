"""The desk's "back up now": for whoever is about to do something that can't be taken back."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.backups.backing_up import Backups
from app.database import Database
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import done
from app.planning.journal import record

router = APIRouter()


@router.post("/backup")
def back_up(request: Request, desk: DeskOf) -> Response:
    """Answers when it is made and checked; 503 says why there is none."""
    backups: Backups = request.state.backups
    database: Database = request.state.database
    backups.make()
    database.write(_record, desk)
    return done(request, desk)


def _record(session: Session, desk: Desk) -> None:
    record(session, desk.event_id, desk.actor, "backup")
