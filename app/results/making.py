"""Files that take long: made one at a time beside the loop, and kept for a while, so that nobody has to wait
for them twice."""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass

from app.database import Database
from app.planning.typesetting import Press
from app.results.long_files import LONG_FILES, Material, Of
from app.web.catalogue import Catalogue

MOST_KEPT_BYTES = 80_000_000  # of all files together; the newest is kept however large it is
KEPT_S = 600.0  # then they are forgotten: nothing of a deleted event stays
FAILURE_KEPT_S = 20.0  # before the same is tried again

Name = tuple[Of, str]
"""Of what, and the file's name."""


@dataclass(frozen=True)
class Made:
    """`version` is that of what it shows."""

    version: int
    content: bytes


class Job:
    """A file that is being made, or waits for its turn. It will show `version`, or, as long as that is
    None and it waits, whatever there is then."""

    def __init__(self, name: Name) -> None:
        self.name = name
        self.version: int | None = None
        self.is_waiting = True
        self.task: asyncio.Task[Made]

    def will_show(self, version: int) -> bool:
        return self.is_waiting or (self.version is not None and self.version >= version)


class Making:
    """Made at start, in `request.state.making`; `close()` ends what is under way."""

    def __init__(self, database: Database, press: Press, catalogue: Catalogue) -> None:
        self._database, self._press, self._catalogue = database, press, catalogue
        self._kept: OrderedDict[Name, Made] = OrderedDict()
        self._jobs: list[Job] = []
        self._turn = asyncio.Lock()

    def ask(self, of: Of, file: str, version: int) -> Made | Job:
        """The file as of `version` or later: the one that is kept, or the job that makes it, begun if need
        be. A job may have failed a moment ago."""
        name = (of, file)
        made = self._kept.get(name)
        if made is not None and made.version >= version:
            return made
        for job in self._jobs:
            if job.name == name and job.will_show(version):
                return job
        job = Job(name)
        job.task = asyncio.create_task(self._make(job))
        job.task.add_done_callback(lambda _task: self._end(job))
        self._jobs.append(job)
        return job

    async def file(self, of: Of, file: str, version: int) -> Made:
        """The same, waited for. Whoever leaves meanwhile does not stop it for the others."""
        found = self.ask(of, file, version)
        return found if isinstance(found, Made) else await asyncio.shield(found.task)

    def ahead_of(self, job: Job) -> int:
        """How many files are made before this one."""
        unfinished = [one for one in self._jobs if not one.task.done()]
        return unfinished.index(job) if job in unfinished else 0

    async def close(self) -> None:
        tasks = [job.task for job in self._jobs]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, job: Job) -> Made:
        of, file = job.name
        async with self._turn:
            job.is_waiting = False
            material = await asyncio.to_thread(self._read, of, file)
            job.version = material.version
            translate = self._catalogue.texts(material.locale).gettext
            press = LONG_FILES[file].pressed
            content = await press(self._press, material.told, translate, material.pictures)
        return Made(material.version, content)

    def _read(self, of: Of, file: str) -> Material:
        """All of one moment."""
        with self._database.read() as session:
            return LONG_FILES[file].read(session, of)

    def _end(self, job: Job) -> None:
        if job.task.cancelled():
            self._jobs.remove(job)
            return
        loop = asyncio.get_running_loop()
        error = job.task.exception()
        if error is not None:
            logging.getLogger(__name__).error("%s could not be made", job.name[1], exc_info=error)
            loop.call_later(FAILURE_KEPT_S, self._jobs.remove, job)
            return
        self._jobs.remove(job)
        self._keep(job.name, job.task.result())
        loop.call_later(KEPT_S, self._forget, job.name, job.task.result())

    def _keep(self, name: Name, made: Made) -> None:
        self._kept.pop(name, None)
        self._kept[name] = made
        while len(self._kept) > 1 and self._bytes_kept() > MOST_KEPT_BYTES:
            self._kept.popitem(last=False)

    def _bytes_kept(self) -> int:
        return sum(len(made.content) for made in self._kept.values())

    def _forget(self, name: Name, made: Made) -> None:
        if self._kept.get(name) is made:
            del self._kept[name]
