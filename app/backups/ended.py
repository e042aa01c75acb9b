"""Which events were deleted or sealed: no older backup may bring back what was destroyed.

The list lies in the folder of backups, and in each folder that holds copies of them. It names nobody: an
event is known by a hash of its key and its code.
"""

import contextlib
import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from app.backups.copying import flush
from app.backups.folder import FOLDER, PARTIAL
from app.settings import Settings

FILE = "ended.json"
UNFINISHED = "ending"
"""A file in the data folder's backups while copies are changed; left by a server that was killed then."""
NAMES = ("deleted", "sealed", "forgotten")


def mark_of(key: str, code: str) -> str:
    """What stands for the event: one that is planned again under the same key has another code."""
    return hashlib.sha256(f"{key} {code}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Ended:
    """Marks of events. `forgotten`: sealed ones whose hidden texts are gone, too."""

    deleted: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()

    def __or__(self, other: "Ended") -> "Ended":
        return Ended(*(ours | theirs for ours, theirs in zip(self.sets, other.sets, strict=True)))

    def __sub__(self, other: "Ended") -> "Ended":
        return Ended(*(ours - theirs for ours, theirs in zip(self.sets, other.sets, strict=True)))

    def __bool__(self) -> bool:
        return any(self.sets)

    @property
    def sets(self) -> tuple[frozenset[str], ...]:
        return (self.deleted, self.sealed, self.forgotten)


def ended_in(folder: Path) -> Ended:
    """An empty one where no list is, or none that can be read."""
    try:
        stored = json.loads((folder / FILE).read_text("utf-8"))
        return Ended(*(_marks(stored[name]) for name in NAMES))
    except FileNotFoundError:
        return Ended()
    except (OSError, ValueError, KeyError, TypeError):
        logging.getLogger(__name__).exception("the list of ended events can't be read")
        return Ended()


def _marks(stored: object) -> frozenset[str]:
    if not isinstance(stored, list) or not all(isinstance(each, str) for each in stored):
        raise TypeError
    return frozenset(stored)


def keep_in_mind(settings: Settings, ended: Ended) -> None:
    """So that no backup from elsewhere brings it back, and that the copies are changed later if this process
    is killed before it has. The act itself never fails for that."""
    with contextlib.suppress(OSError):
        (settings.data / FOLDER / UNFINISHED).touch()
    for folder in (settings.data / FOLDER, settings.second_folder):
        try:
            if folder is not None and folder.is_dir():
                remember(folder, ended)
        except OSError:
            logging.getLogger(__name__).exception("what has ended could not be written down")


def remember(folder: Path, ended: Ended) -> None:
    """Adds to the folder's list. Raises OSError."""
    known = ended_in(folder)
    if not ended - known:
        return
    both = known | ended
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{FILE}{PARTIAL}"
    draft.write_text(json.dumps(dict(zip(NAMES, map(sorted, both.sets), strict=True))), "utf-8")
    flush(draft)
    draft.replace(folder / FILE)
    flush(folder)
