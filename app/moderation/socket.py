"""The desk's socket: says that there is news, and nothing else; a plain GET brings it."""

import asyncio
import time

from sqlmodel import Session, col, func, select
from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.database import Database
from app.errors import Refusal
from app.feedback.models import Card, State
from app.live.hub import Hub
from app.live.mailbox import Mailbox
from app.live.room import Room
from app.live.socket import HEARTBEAT_S, POLICY_VIOLATION, SEND_DEADLINE_S
from app.live.state import as_text
from app.moderation.access import desk_at

LOOKING_S = 1.0  # how long somebody who signed out, or was sent away, goes on hearing
PAUSE_S = 0.25  # a desk reads once a second; more news than this would be for nobody


async def desk_socket(websocket: WebSocket) -> None:
    """For as long as this browser may see the desk; closed before it is accepted for all others."""
    hub: Hub = websocket.state.hub
    event_id = await _event_id(websocket)
    if event_id is None or await hub.room(event_id).tally() is None:
        await websocket.close(POLICY_VIOLATION)
        return
    await websocket.accept()
    with hub.room(event_id).wall() as mailbox:
        sending = asyncio.create_task(_send(websocket, hub.room(event_id), mailbox, event_id))
        receiving = asyncio.create_task(_receive(websocket))
        try:
            await asyncio.wait((sending, receiving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, receiving):
                task.cancel()
            await asyncio.gather(sending, receiving, return_exceptions=True)


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
            message = as_text({"heartbeat": True, "version": room.version})
        else:
            message = await run_in_threadpool(_news, database, event_id, room.version)
        async with asyncio.timeout(SEND_DEADLINE_S):
            await websocket.send_text(message)
        beat_at = time.monotonic() + HEARTBEAT_S
        await asyncio.sleep(PAUSE_S)
    await websocket.close(POLICY_VIOLATION)


def _news(database: Database, event_id: int, version: int) -> str:
    with database.read() as session:
        return as_text({"version": version, "waiting": waiting_cards(session, event_id)})


def waiting_cards(session: Session, event_id: int) -> int:
    waiting = select(func.count()).where(
        Card.event_id == event_id, col(Card.state) == State.waiting
    )
    return session.exec(waiting).one()


async def _receive(websocket: WebSocket) -> None:
    """A desk says nothing over its socket; who does is closed."""
    try:
        message = await websocket.receive()
        if message["type"] == "websocket.receive":
            await websocket.close(POLICY_VIOLATION)
    except WebSocketDisconnect:
        return


routes = [WebSocketRoute("/moderate/{code}/ws", desk_socket)]
