"""What is printed, to download: the poster kit and the form that chooses its parts, the guide for the day."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.database import Database
from app.people.access import SignedInPlanner
from app.people.planners import actor_of
from app.planning.changing import change_event
from app.planning.plan_fields import Name
from app.planning.posters.kit import TEMPLATE, USUAL, Part, Print, Size, invite_all, poster_kit
from app.planning.queries import event_by_key
from app.planning.runbook_pages import answer_runbook
from app.planning.typesetting import Press
from app.settings import Settings
from app.web.pages import PRIVATE, Pages

router = APIRouter(prefix="/plan/events/{key}")


@router.get("/posters.pdf")
async def download_posters(
    request: Request,
    _planner: SignedInPlanner,
    key: str,
    size: Size = Size.a4,
    parts: Annotated[list[Part] | None, Query()] = None,
) -> Response:
    """`parts` may be given several times; without it there is all but the invitations."""
    kit = await run_in_threadpool(_kit, request, key, size, tuple(parts or USUAL))
    press: Press = request.state.press
    return Response(
        await press.pdf(TEMPLATE, kit),
        media_type="application/pdf",
        headers=PRIVATE | {"content-disposition": f'attachment; filename="{key}-posters.pdf"'},
    )


@router.get("/runbook.pdf")
async def download_runbook(request: Request, _planner: SignedInPlanner, key: str) -> Response:
    return await answer_runbook(request, await run_in_threadpool(_id_of, request, key))


@router.post("/posters")
def choose_posters(
    request: Request,
    planner: SignedInPlanner,
    key: str,
    size: Annotated[Size, Form()] = Size.a4,
    parts: Annotated[list[Part] | None, Form()] = None,
    wifi_name: Annotated[Name, Form(max_length=32)] = "",
    wifi_password: Annotated[Name, Form(max_length=63)] = "",
) -> RedirectResponse:
    """On to the download. The guests' network is remembered, and invitations that are wanted and
    missing are made on the way."""
    chosen = parts or USUAL

    def prepare(session: Session) -> None:
        event = event_by_key(session, key)
        network = {"wifi_name": wifi_name, "wifi_password": wifi_password}
        change_event(session, event, actor_of(session, planner), network)
        if Part.invitations in chosen:
            invite_all(session, event)

    database: Database = request.state.database
    database.write(prepare)
    query = urlencode({"size": size, "parts": chosen}, doseq=True)
    return RedirectResponse(f"/plan/events/{key}/posters.pdf?{query}", status_code=303)


def _id_of(request: Request, key: str) -> int:
    database: Database = request.state.database
    with database.read() as session:
        event = event_by_key(session, key)
        assert event.id is not None
        return event.id


def _kit(request: Request, key: str, size: Size, parts: tuple[Part, ...]) -> dict[str, object]:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    pages: Pages = request.state.pages
    with database.read() as session:
        event = event_by_key(session, key)
        language = pages.catalogue.spoken(event.locale)
        wanted = Print(
            settings.address,
            settings.is_local,
            request.state.invitation_key,
            pages.catalogue.texts(language).gettext,
            language,
            size,
            parts,
        )
        return poster_kit(session, event, wanted)
