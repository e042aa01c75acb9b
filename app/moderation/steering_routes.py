"""The acts on the event: phase, scene, clock, curtain, pause, results, rehearsal."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.database import Database
from app.moderation.access import Desk, DeskOf
from app.moderation.answering import YesNo, done
from app.moderation.steering import (
    begin_rehearsal,
    draw_curtain,
    end_rehearsal,
    enter_phase,
    pause,
    reveal,
    show_scene,
    turn_clock,
)
from app.planning.models import Phase, SceneName

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
    return _steer(request, desk, enter_phase, phase, running and running == "yes")


@router.post("/scene")
def change_scene(
    request: Request,
    desk: DeskOf,
    scene: Annotated[SceneName, Form()],
    island: Annotated[int | None, Form(ge=1, le=MAX_NUMBER)] = None,
) -> Response:
    return _steer(request, desk, show_scene, scene, island)


@router.post("/clock")
def change_clock(
    request: Request,
    desk: DeskOf,
    running: Annotated[Literal["yes", "no"] | None, Form()] = None,
    remaining_s: Annotated[int | None, Form()] = None,
) -> Response:
    is_running = None if running is None else running == "yes"
    return _steer(request, desk, turn_clock, is_running, remaining_s)


@router.post("/curtain")
def change_curtain(request: Request, desk: DeskOf, curtain: YesNo) -> Response:
    return _steer(request, desk, draw_curtain, curtain == "yes")


@router.post("/pause")
def change_pause(request: Request, desk: DeskOf, paused: YesNo) -> Response:
    return _steer(request, desk, pause, paused == "yes")


@router.post("/reveal")
def change_reveal(request: Request, desk: DeskOf, revealed: YesNo) -> Response:
    return _steer(request, desk, reveal, revealed == "yes")


@router.post("/rehearsal")
def change_rehearsal(
    request: Request,
    desk: DeskOf,
    rehearsal: YesNo,
    keep: Annotated[Literal["yes", "no"], Form()] = "no",
) -> Response:
    if rehearsal == "yes":
        return _steer(request, desk, begin_rehearsal)
    database: Database = request.state.database
    database.write(end_rehearsal, desk.event_id, keep=keep == "yes")
    return done(request, desk)


def _steer(request: Request, desk: Desk, act: Any, *values: Any) -> Response:
    database: Database = request.state.database
    database.write(act, desk.event_id, *values)
    return done(request, desk)
