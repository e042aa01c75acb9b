"""`worldcafe doctor`: the whole check-up, in under a minute. It reads what is there and changes nothing."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from app.checkup.finding import Finding
from app.checkup.reachable import is_serving
from app.checkup.running import quick_checks, run
from app.errors import Failed
from app.operations.control import ask
from app.operations.trying.trial import (
    PHONES_S,
    RESULTS_S,
    not_begun,
    phones,
    results,
    throw_away_server,
)
from app.settings import Settings

WHOLE_S = 56.0


def check_up(settings: Settings, *, is_quick: bool) -> Iterator[Finding]:
    """Finding by finding, as they come. Quick: without the simulated phones and the result files."""
    until = time.monotonic() + WHOLE_S
    settings = _as_served(settings)
    yield from run(quick_checks(settings))
    if not is_quick:
        with TemporaryDirectory(prefix="worldcafe-", ignore_cleanup_errors=True) as folder:
            yield from _tried(Path(folder) / "data", until)


def _tried(data: Path, until: float) -> Iterator[Finding]:
    """What the start took is taken from the phones, and nothing from the files."""
    try:
        with throw_away_server(data) as served:
            left_s = max(1.0, min(PHONES_S, until - RESULTS_S - time.monotonic()))
            yield from run([("phones", left_s, partial(phones, served))])
    except Failed:
        yield not_begun()
    yield from run([("results", RESULTS_S, partial(results, data))])


def _as_served(settings: Settings) -> Settings:
    """With the address that the running server has, if one runs: `--lan` chose it there."""
    if settings.is_shared or not is_serving(settings):
        return settings
    try:
        address = ask(settings.data, "address", {})
    except Failed:
        return settings
    return settings.model_copy(update={"public_url": address})
