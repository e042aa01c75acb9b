"""The world of the feedback tests."""

import pytest

from app.database import Database
from app.planning.models import Event
from tests.feedback.world import World


@pytest.fixture
def world(database: Database, event: Event) -> World:
    return World(database, event)
