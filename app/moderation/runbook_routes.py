"""The desk's copy of the guide for the day: whoever moderates may need it at any moment."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.moderation.access import DeskOf
from app.planning.runbook_pages import answer_runbook

router = APIRouter()


@router.get("/runbook.pdf")
async def download_runbook(request: Request, desk: DeskOf) -> Response:
    return await answer_runbook(request, desk.event_id)
