"""Servers for faults that must be survived on both databases."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.conftest import StartServer
from tests.nodes.conftest import nodes_on
from tests.postgres import new_database
from tests.running import Server


@pytest.fixture(params=["sqlite", "postgres"])
def start_on_both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StartServer]:
    """X12: as `start_server`, with a file and as a node on PostgreSQL. The café is open."""
    if request.param == "sqlite":
        yield request.getfixturevalue("start_server")
        return
    postgres = request.getfixturevalue("postgres")
    with ExitStack() as nodes:

        def start(*, limits: bool = True, **settings: str) -> Server:
            named = {f"WORLDCAFE_{name.upper()}": value for name, value in settings.items()}
            named["WORLDCAFE_LIMITS"] = "on" if limits else "off"
            folder = tmp_path_factory.mktemp("node")
            (node,) = nodes.enter_context(nodes_on(new_database(postgres), folder, 1, **named))
            return node

        yield start
