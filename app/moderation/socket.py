"""The desk's socket: says that there is news, and nothing else; a plain GET brings it."""

import asyncio
import json
import time
from typing import Any

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from app.database import Database
from app.errors import Refusal
from app.feedback.models import State
from app.live.mailbox import Mailbox
from app.live.room import Room
from app.live.socket import (
    POLICY_VIOLATION,
    accepted,
    send_in_time,
    until_gone,
)
from app.live.state import as_text
from app.moderation.access import desk_at
from app.moderation.queue import counted_cards
from app.moderation.vitals import Vitals
from app.planning.models import Event

LOOKING_S = 1.0  # how long somebody who signed out, or was sent away, goes on hearing
PAUSE_S = 0.25  # a desk reads once a second; more news than this would be for nobody
BEAT_S = 5.0  # for the light, whose ages the desk counts on by itself


async def desk_socket(websocket: WebSocket) -> None:
    """For as long as this browser may see the desk; closed before it is accepted for all others."""
    event_id = await _event_id(websocket)
    room = await accepted(websocket, event_id)
    if room is not None and event_id is not None:
        with room.walls.mailbox() as mailbox:
            await until_gone(websocket, _send(websocket, room, mailbox, event_id))


async def _event_id(websocket: WebSocket) -> int | None:
    try:
        desk = await run_in_threadpool(desk_at, websocket, websocket.path_params["code"])
    except Refusal:
        return None
    return desk.event_id


async def _send(websocket: WebSocket, room: Room, mailbox: Mailbox, event_id: int) -> None:
    """Until the session ends. What walls are shown tells when; the desk reads what for itself. A light that
    turns is told at once."""
    shown: list[str] | None = None
    beat_at = time.monotonic()
    while await _event_id(websocket) == event_id:
        try:
            async with asyncio.timeout(LOOKING_S):
                await mailbox.take()
        except TimeoutError:
            is_news = False
        else:
            is_news = True
        told = await run_in_threadpool(_news, websocket, event_id, room.version)
        if is_news or told["light"]["reasons"] != shown or time.monotonic() >= beat_at:
            if not is_news:
                told |= json.loads(room.heartbeat())
            await send_in_time(websocket, as_text(told))
            shown, beat_at = told["light"]["reasons"], time.monotonic() + BEAT_S
        if is_news:
            await asyncio.sleep(PAUSE_S)
    await websocket.close(POLICY_VIOLATION)


def _news(connection: HTTPConnection, event_id: int, version: int) -> dict[str, Any]:
    database: Database = connection.state.database
    vitals: Vitals = connection.state.vitals
    with database.read() as session:
        return news(session, vitals, event_id, version)


def news(session: Session, vitals: Vitals, event_id: int, version: int) -> dict[str, Any]:
    """What the socket says, and to who polls instead."""
    waiting = counted_cards(session, event_id)[State.waiting]
    light = vitals.light(session.get_one(Event, event_id)).as_dict()
    return {"version": version, "waiting": waiting, "light": light}


routes = [WebSocketRoute("/moderate/{code}/ws", desk_socket)]
