"""Serves until it is told to stop: one process, one port; on SQLite the only writer of its data."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator

import uvicorn
from filelock import Timeout

from app.backups.backing_up import Backups
from app.database import Database
from app.errors import N_, Failed
from app.machine.open_files import raise_limit
from app.main import create_app
from app.operations.commands import commands
from app.operations.control import Control
from app.operations.keeping.backing_up_in_time import backing_up
from app.operations.keeping.retention import retaining
from app.operations.only_writer import only_writer
from app.operations.serving.local_network import watching_the_address
from app.operations.serving.logs import log_in_lines
from app.operations.serving.port import listening
from app.operations.serving.requests import Requests
from app.operations.serving.sockets import Sockets
from app.settings import Settings

GRACE_S = 3  # for answers in flight; sockets are closed at once
BACKLOG = 2048  # a hall that opens the page at the same moment


def serve(
    settings: Settings,
    prepare: Callable[[Database, Settings], None],
    ready: Callable[[Database, Settings], None],
) -> None:
    """`prepare` may fill the database before anybody can come, `ready` is called once they can.

    Raises Failed when the port or the data folder is taken.
    """
    log_in_lines()
    raise_limit()
    try:
        with only_writer(settings) as database, listening(settings) as listener:
            prepare(database, settings)
            database.listen()
            backups = Backups(settings)
            config = _config(settings, database, backups)
            with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
                runner.run(_serve(config, settings, database, backups, listener, ready))
    except Timeout as error:
        raise Failed(
            N_("Der Server läuft schon mit den Daten in %(data)s. Bitte dort beenden."),
            data=settings.data,
        ) from error


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready, self._stopping = ready, stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await asyncio.to_thread(self._ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping()  # who waits for a backup is answered while answers still go out
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stops on a signal, but does not raise it again: the database still has to be closed."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield


def _config(settings: Settings, database: Database, backups: Backups) -> uvicorn.Config:
    """uvloop where there is one: the plain loop hands over the GIL with every write to a socket."""
    return uvicorn.Config(
        create_app(settings, database, backups),
        access_log=False,  # it would know addresses
        log_config=None,  # ours, see `logs`
        lifespan="on",
        server_header=False,
        proxy_headers=False,  # nobody's X-Forwarded-For is asked for
        backlog=BACKLOG,
        timeout_keep_alive=75,  # between two taps of one phone
        http=Requests,
        ws=Sockets,
        ws_max_size=4096,  # clients have nothing to say
        ws_ping_interval=4,  # this and the next only where `Sockets` can't use its `Pulse`: gone within 10 s
        ws_ping_timeout=5,
        ws_per_message_deflate=False,  # three times the time and memory a state
        timeout_graceful_shutdown=GRACE_S,
    )


async def _serve(
    config: uvicorn.Config,
    settings: Settings,
    database: Database,
    backups: Backups,
    listener: socket.socket,
    ready: Callable[[Database, Settings], None],
) -> None:
    def begin() -> None:
        _settle()
        ready(database, settings)

    async with contextlib.AsyncExitStack() as while_serving:
        if not settings.is_shared:  # else commands go to the database, which others back up
            control = Control(settings.data, commands(database, settings, backups))
            await while_serving.enter_async_context(control)
            await while_serving.enter_async_context(backing_up(database, backups, settings))
        await while_serving.enter_async_context(retaining(database, settings))
        await while_serving.enter_async_context(watching_the_address(settings))
        await _Server(config, begin, backups.stop).serve(sockets=[listener])


def _settle() -> None:
    """What was loaded so far stays: the collector need not look at it during the evening. And the writer's
    thread, which hands the GIL over with every statement, gets it back sooner than after 5 ms."""
    gc.collect()
    gc.freeze()
    # A second round looks at up to 150,000 new objects, 60 ms in which the loop waits: when thousands come at
    # once. Sooner, or with a third one later, those who come and go would stay in memory for long.
    gc.set_threshold(3_000, 50, 100)
    sys.setswitchinterval(0.0002)
