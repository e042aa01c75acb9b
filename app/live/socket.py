"""The sockets of walls and phones: they carry state to the browser, and nothing the other way."""

import asyncio
from collections.abc import Callable

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.errors import Unknown
from app.live.hub import Hub
from app.live.mailbox import Mailbox
from app.live.room import Room
from app.planning.directory import Directory

HEARTBEAT_S = 15.0
SEND_DEADLINE_S = 5.0  # who takes longer than this for one message has to come again
POLICY_VIOLATION = 1008


async def wall_socket(websocket: WebSocket) -> None:
    room = await _room(websocket)
    if room is not None:
        with room.wall() as mailbox:
            await _serve(websocket, mailbox, room.heartbeat)


async def phone_socket(websocket: WebSocket) -> None:
    room = await _room(websocket)
    if room is not None:
        with room.phone() as mailbox:
            await _serve(websocket, mailbox, room.heartbeat)


async def _room(websocket: WebSocket) -> Room | None:
    hub: Hub = websocket.state.hub
    directory: Directory = websocket.state.directory
    try:
        room = hub.room(directory.event(websocket.path_params["code"]).id)
    except Unknown:
        room = None
    if room is None or await room.tally() is None:
        await websocket.close(POLICY_VIOLATION)  # before accept: the handshake is refused
        return None
    await websocket.accept()
    return room


async def _serve(websocket: WebSocket, mailbox: Mailbox, heartbeat: Callable[[], str]) -> None:
    """Until the viewer leaves, says anything at all, or takes too long to read."""
    sending = asyncio.create_task(_send(websocket, mailbox, heartbeat))
    receiving = asyncio.create_task(_receive(websocket))
    try:
        await asyncio.wait((sending, receiving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, receiving):
            task.cancel()
        await asyncio.gather(sending, receiving, return_exceptions=True)


async def _send(websocket: WebSocket, mailbox: Mailbox, heartbeat: Callable[[], str]) -> None:
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                message = await mailbox.take()
        except TimeoutError:
            message = heartbeat()
        async with asyncio.timeout(SEND_DEADLINE_S):
            await websocket.send_text(message)


async def _receive(websocket: WebSocket) -> None:
    try:
        message = await websocket.receive()
        if message["type"] == "websocket.receive":
            await websocket.close(POLICY_VIOLATION)
    except WebSocketDisconnect:
        return


routes = [
    WebSocketRoute("/e/{code}/live/ws", wall_socket),
    WebSocketRoute("/e/{code}/ws", phone_socket),
]
