"""`worldcafe doctor`: the whole check-up, in under a minute. It reads what is there and changes"
" nothing."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from app.checkup.finding import Finding
from app.checkup.reachable import is_serving
from app.checkup.running import quick_checks, run
from app.errors import Failed
from app.operations.control import ask
from app.operations.trial import PHONES_S, RESULTS_S, phones, results
from app.settings import Settings


def check_up(settings: Settings, *, is_quick: bool) -> Iterator[Finding]:
    """Finding by finding, as they come. Quick: without the simulated phones and the result"
    " files."""
    settings = _as_served(settings)
    yield from run(quick_checks(settings))
    if not is_quick:
        with TemporaryDirectory(prefix="worldcafe-", ignore_cleanup_errors=True) as folder:
            data = Path(folder) / "data"
            yield from run(
                [
                    ("phones", PHONES_S, partial(phones, data)),
                    ("results", RESULTS_S, partial(results, data)),
                ]
            )


def _as_served(settings: Settings) -> Settings:
    """With the address that the running server has, if one runs: `--lan` chose it there."""
    if not is_serving(settings):
        return settings
    try:
        address = ask(settings.data, "address", {})
    except Failed:
        return settings
    return settings.model_copy(update={"public_url": address})
