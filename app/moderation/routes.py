"""The desk's pages, and the one router of all that is done there."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from app.moderation import card_routes, steering_routes
from app.moderation.access import DeskOf
from app.moderation.answering import desk_page

router = APIRouter(prefix="/moderate/{code}")


@router.get("")
def show_desk(request: Request, desk: DeskOf) -> HTMLResponse:
    return desk_page(request, desk, "moderation/desk.html")


@router.get("/queue")
def show_queue(request: Request, desk: DeskOf) -> HTMLResponse:
    """The part of the desk that changes by itself."""
    return desk_page(request, desk, "moderation/desk.html#live")


router.include_router(steering_routes.router)
router.include_router(card_routes.router)
