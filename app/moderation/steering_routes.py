"""The acts on the event: phase, scene, clock, curtain, pause, results, cloud, rehearsal."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.database import Database
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import YesNo, done, steer
from app.moderation.steering import (
    arrange,
    draw_curtain,
    enter_phase,
    freeze,
    pause,
    reveal,
    show_scene,
    turn_clock,
)
from app.moderation.wiping import begin_rehearsal, end_rehearsal, reset
from app.people.notices import refuse_without_notices
from app.planning.models import Event, Phase, SceneName
from app.settings import Settings

router = APIRouter()
MAX_NUMBER = 2**31 - 1  # what a database takes for an integer


@router.post("/phase")
def change_phase(
    request: Request,
    desk: DeskOf,
    phase: Annotated[Phase, Form()],
    running: Annotated[Literal["yes", "no"] | None, Form()] = None,
) -> Response:
    """`running` starts or stops the clock along with it: one button in front of 80 people."""
    if phase != Phase.setup:
        _refuse_to_open_without_notices(request, desk)
    return steer(request, desk, "phase", enter_phase, phase, running and running == "yes")


@router.post("/scene")
def change_scene(
    request: Request,
    desk: DeskOf,
    scene: Annotated[SceneName, Form()],
    island: Annotated[int | None, Form(ge=1, le=MAX_NUMBER)] = None,
) -> Response:
    """Not in the journal: the wall turns its pages a hundred times an evening, and nothing is lost."""
    database: Database = request.state.database
    database.write(show_scene, desk.event_id, scene, island)
    return done(request, desk)


@router.post("/clock")
def change_clock(
    request: Request,
    desk: DeskOf,
    running: Annotated[Literal["yes", "no"] | None, Form()] = None,
    remaining_s: Annotated[int | None, Form()] = None,
    round_s: Annotated[int | None, Form()] = None,
) -> Response:
    is_running = None if running is None else running == "yes"
    return steer(request, desk, "clock", turn_clock, is_running, remaining_s, round_s)


@router.post("/curtain")
def change_curtain(request: Request, desk: DeskOf, curtain: YesNo) -> Response:
    return steer(request, desk, "curtain", draw_curtain, curtain == "yes")


@router.post("/pause")
def change_pause(request: Request, desk: DeskOf, paused: YesNo) -> Response:
    return steer(request, desk, "pause", pause, paused == "yes")


@router.post("/reveal")
def change_reveal(request: Request, desk: DeskOf, revealed: YesNo) -> Response:
    return steer(request, desk, "reveal", reveal, revealed == "yes")


@router.post("/freezing")
def change_freezing(request: Request, desk: DeskOf, frozen: YesNo) -> Response:
    return steer(request, desk, "freezing", freeze, frozen == "yes")


@router.post("/arranging")
def change_arrangement(request: Request, desk: DeskOf) -> Response:
    return steer(request, desk, "arranging", arrange)


@router.post("/rehearsal")
def change_rehearsal(
    request: Request,
    desk: DeskOf,
    rehearsal: YesNo,
    keep: Annotated[Literal["yes", "no"], Form()] = "no",
) -> Response:
    if rehearsal == "yes":
        return steer(request, desk, "rehearsal", begin_rehearsal)
    _refuse_without_notices(request)
    return steer(request, desk, "rehearsal", end_rehearsal, keep=keep == "yes")


@router.post("/reset")
def reset_event(
    request: Request,
    desk: DeskOf,
    reason: Annotated[str, Form(max_length=1000)] = "",
    confirm: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    return steer(request, desk, "reset", reset, reason, confirm)


def _refuse_to_open_without_notices(request: Request, desk: Desk) -> None:
    """An event that was never a rehearsal. One that has begun goes on, whatever became of the notices."""
    database: Database = request.state.database
    with database.read() as session:
        event = session.get_one(Event, desk.event_id)
    if event.phase == Phase.setup and not event.is_rehearsal:
        _refuse_without_notices(request)


def _refuse_without_notices(request: Request) -> None:
    database: Database = request.state.database
    settings: Settings = request.state.settings
    if settings.is_public:
        with database.read() as session:
            refuse_without_notices(session)
