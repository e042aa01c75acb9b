"""The sockets of walls and phones: they carry state to the browser, and nothing the other way."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.errors import Unknown
from app.live.crowd import Crowd
from app.live.hub import Hub
from app.live.line import FRAMES, SEND_DEADLINE_S
from app.live.mailbox import Mailbox
from app.live.room import HEARTBEAT_S, Room
from app.planning.directory import Directory

POLICY_VIOLATION = 1008


async def wall_socket(websocket: WebSocket) -> None:
    room = await accepted(websocket, _event_id(websocket))
    if room is not None:
        await _watch(websocket, room.walls, room.heartbeat)


async def phone_socket(websocket: WebSocket) -> None:
    room = await accepted(websocket, _event_id(websocket))
    if room is not None:
        await _watch(websocket, room.phones, room.heartbeat)


def _event_id(websocket: WebSocket) -> int | None:
    directory: Directory = websocket.state.directory
    try:
        return directory.event(websocket.path_params["code"]).id
    except Unknown:
        return None


async def _watch(websocket: WebSocket, crowd: Crowd, heartbeat: Callable[[], str]) -> None:
    """By a line of its own, where the server lends us one: a crowd of tasks that wait for a mailbox each
    would take twice the time and the memory."""
    writer = websocket.scope.get("extensions", {}).get(FRAMES)
    if writer is None:
        with crowd.mailbox() as mailbox:
            await until_gone(websocket, _send(websocket, mailbox, heartbeat))
    else:
        with crowd.line(writer):
            says_something = await _until_heard(websocket)
        if says_something:  # nothing is shown any more after the farewell
            await _send_away(websocket)


async def _send(websocket: WebSocket, mailbox: Mailbox, heartbeat: Callable[[], str]) -> None:
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                message = await mailbox.take()
        except TimeoutError:
            message = heartbeat()
        await send_in_time(websocket, message)


# --- what the desk's socket does, too ---------------------------------------------------------------


async def accepted(websocket: WebSocket, event_id: int | None) -> Room | None:
    """Accepts, and returns the event's room; without an event the handshake is refused."""
    hub: Hub = websocket.state.hub
    room = hub.room(event_id) if event_id is not None else None
    if room is None or await room.tally() is None:
        await websocket.close(POLICY_VIOLATION)
        return None
    await websocket.accept()
    return room


async def until_gone(websocket: WebSocket, sending: Coroutine[Any, Any, None]) -> None:
    """Until the viewer leaves, says anything at all, or takes too long to read."""
    tasks = asyncio.create_task(sending), asyncio.create_task(_receive(websocket))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def send_in_time(websocket: WebSocket, message: str) -> None:
    """Raises TimeoutError for a viewer that does not read."""
    async with asyncio.timeout(SEND_DEADLINE_S):
        await websocket.send_text(message)


async def _receive(websocket: WebSocket) -> None:
    if await _until_heard(websocket):
        await _send_away(websocket)


async def _until_heard(websocket: WebSocket) -> bool:
    """Whether the viewer said anything; else it has left."""
    return bool((await websocket.receive())["type"] == "websocket.receive")


async def _send_away(websocket: WebSocket) -> None:
    try:
        await websocket.close(POLICY_VIOLATION)
    except WebSocketDisconnect:
        return


routes = [
    WebSocketRoute("/e/{code}/live/ws", wall_socket),
    WebSocketRoute("/e/{code}/ws", phone_socket),
]
