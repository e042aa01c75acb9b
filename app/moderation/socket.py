"""The desk's socket: says that there is news, and nothing else; a plain GET brings it."""

import asyncio
import time

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from app.database import Database
from app.errors import Refusal
from app.feedback.models import State
from app.live.mailbox import Mailbox
from app.live.room import Room
from app.live.socket import (
    HEARTBEAT_S,
    POLICY_VIOLATION,
    accepted,
    send_in_time,
    until_gone,
)
from app.live.state import as_text
from app.moderation.access import desk_at
from app.moderation.queue import counted_cards

LOOKING_S = 1.0  # how long somebody who signed out, or was sent away, goes on hearing
PAUSE_S = 0.25  # a desk reads once a second; more news than this would be for nobody


async def desk_socket(websocket: WebSocket) -> None:
    """For as long as this browser may see the desk; closed before it is accepted for all others."""
    event_id = await _event_id(websocket)
    room = await accepted(websocket, event_id)
    if room is not None and event_id is not None:
        with room.wall() as mailbox:
            await until_gone(websocket, _send(websocket, room, mailbox, event_id))


async def _event_id(websocket: WebSocket) -> int | None:
    try:
        desk = await run_in_threadpool(desk_at, websocket, websocket.path_params["code"])
    except Refusal:
        return None
    return desk.event_id


async def _send(websocket: WebSocket, room: Room, mailbox: Mailbox, event_id: int) -> None:
    """Until the session ends. What walls are shown tells when; the desk reads what for itself."""
    database: Database = websocket.state.database
    beat_at = time.monotonic() + HEARTBEAT_S
    while await _event_id(websocket) == event_id:
        try:
            async with asyncio.timeout(LOOKING_S):
                await mailbox.take()
        except TimeoutError:
            if time.monotonic() < beat_at:
                continue
            message = room.heartbeat()
        else:
            message = await run_in_threadpool(_news, database, event_id, room.version)
        await send_in_time(websocket, message)
        beat_at = time.monotonic() + HEARTBEAT_S
        await asyncio.sleep(PAUSE_S)
    await websocket.close(POLICY_VIOLATION)


def _news(database: Database, event_id: int, version: int) -> str:
    with database.read() as session:
        return as_text(news(session, event_id, version))


def news(session: Session, event_id: int, version: int) -> dict[str, int]:
    """What the socket says, and to who polls instead."""
    waiting = counted_cards(session, event_id)[State.waiting]
    return {"version": version, "waiting": waiting}


routes = [WebSocketRoute("/moderate/{code}/ws", desk_socket)]
