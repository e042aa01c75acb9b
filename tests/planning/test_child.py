"""Work for a child process: what it complains of comes back, also when it has read nothing of its order."""

import pytest

from app.planning.child import NotSet, in_child
from tests.running import finish

MORE_THAN_A_PIPE_HOLDS = {f"photo-{number}": b"0" * 1_000_000 for number in range(5)}


def test_a_child_that_reads_nothing_says_why() -> None:
    with pytest.raises(NotSet, match=r"No module named app\.nothing"):
        finish(in_child("app.nothing", "", {}, MORE_THAN_A_PIPE_HOLDS))


def test_a_child_that_fails_after_reading_says_why() -> None:
    with pytest.raises(NotSet, match="KeyError: 'words'"):
        finish(in_child("app.results.as_cloud", "png", {"cloud": {}}, MORE_THAN_A_PIPE_HOLDS))
