"""Nobody in the hall has to know of `ulimit`."""

import resource
import subprocess
import sys

import pytest

ASKED = "from app.machine.open_files import raise_limit; print(raise_limit(), raise_limit())"


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [((256, 4096), 4096), ((512, 512), 512), ((1024, 100_000), 65_536)],
)
def test_what_may_be_open_is_raised_as_far_as_is_allowed(
    limits: tuple[int, int], allowed: int
) -> None:
    if limits[1] > resource.getrlimit(resource.RLIMIT_NOFILE)[1]:
        limits, allowed = (256, 4096), 4096  # a machine that allows us no more itself
    told = subprocess.run(
        [sys.executable, "-c", ASKED],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits),
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.split() == [str(allowed)] * 2
