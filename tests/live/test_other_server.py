"""A server that speaks ASGI and nothing more, as uvicorn is when it was not made ours."""

import asyncio
from pathlib import Path
from typing import Any

import uvicorn

from app.backups.backing_up import Backups
from app.database import Database
from app.main import create_app
from app.moderation.steering import enter_phase
from app.planning.models import Phase
from app.settings import Settings
from tests.phones import socket_to
from tests.running import finish, free_port, load_event, until


def test_walls_are_shown_the_same_where_the_server_lends_no_lines(tmp_path: Path) -> None:
    _, code = load_event(tmp_path)
    settings = Settings(data=tmp_path, port=free_port())
    database = Database(settings)
    app = create_app(settings, database, Backups(settings))
    config = uvicorn.Config(
        app, port=settings.port, ws="websockets-sansio", lifespan="on", log_config=None
    )
    server = uvicorn.Server(config)

    async def evening() -> list[dict[str, Any]]:
        serving = asyncio.create_task(server.serve())
        await asyncio.to_thread(until, lambda: server.started)
        async with socket_to(settings.port, f"/e/{code}/live/ws") as wall:
            states = [await wall.json()]
            await asyncio.to_thread(database.write, enter_phase, 1, Phase.cafe)
            states.append(await wall.json())
        server.should_exit = True
        await serving
        return states

    try:
        before, after = finish(evening())
    finally:
        database.close()

    assert after["version"] > before["version"]
    assert (before["phase"], after["phase"]) == ("setup", "cafe")
