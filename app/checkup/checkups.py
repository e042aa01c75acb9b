"""The check-up as a page asks for it: by the command itself, in a process of its own, one at a time."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from app.errors import N_, NotOpen
from app.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE_S = 90
ENDING_S = 4  # for its own server
BUSY = N_(
    "Während der Veranstaltung läuft kein Probelauf mit Testhandys: Er nähme den echten die Zeit."
)
Told = list[dict[str, str]]


class Checkups:
    """Made at start, in `request.state.checkups`. `found` is the last check-up's, None before the first;
    nothing is stored."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._task: asyncio.Task[None] | None = None
        self.found: Told | None = None
        self.made_at: float | None = None  # `time.monotonic`
        self.has_phones = False
        self.has_failed = False

    @property
    def is_running(self) -> bool:
        return self._task is not None and not self._task.done()

    @property
    def age_min(self) -> int | None:
        return None if self.made_at is None else int((time.monotonic() - self.made_at) / 60)

    def begin(self, language: str, *, has_phones: bool, is_evening: bool) -> None:
        """Unless one runs already. Raises NotOpen for simulated phones while real ones are there."""
        if has_phones and is_evening:
            raise NotOpen(BUSY)
        if not self.is_running:
            self.has_phones = has_phones
            self._task = asyncio.create_task(self._run(language))

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, language: str) -> None:
        try:
            child = await self._child(language)
        except OSError:  # no process or no file can be had any more
            self.has_failed, self.made_at = True, time.monotonic()
            return
        try:
            said, _ = await asyncio.wait_for(child.communicate(), PATIENCE_S)
            self.found, self.has_failed = json.loads(said), False
        except (TimeoutError, ValueError):
            self.has_failed = True
        finally:
            if child.returncode is None:
                child.terminate()
                try:
                    await asyncio.wait_for(child.wait(), ENDING_S)
                except TimeoutError:
                    child.kill()
        self.made_at = time.monotonic()

    async def _child(self, language: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app", "doctor", "--json"),
            *([] if self.has_phones else ["--quick"]),
            cwd=ROOT,
            env=os.environ | self._settings.as_environment() | {"LANG": language},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
