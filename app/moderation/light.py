"""The desk's traffic light: is everything stored, and what speaks against it staying so."""

from dataclasses import asdict, dataclass
from typing import Any

MB = 1024 * 1024
LITTLE_MB, TOO_LITTLE_MB = 500, 50
WAITS_S = 2.0  # a phone is shown that it waits
REFUSED_S = 30.0  # for how long a refusal is told
OLD_BACKUP_S = 15 * 60.0  # one is made every five minutes

RED, YELLOW = ("refuses", "disk_full", "moved"), ("waits", "disk_low", "backup_none", "backup_old")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured at one moment. Ages in seconds; None where there is nothing yet.

    `writing_s`: how long the writer has been at what it writes, `refused_s`: since it could not store.
    `moved_to`: where this computer is now instead of where codes lead, None while they are right.
    """

    writing_s: float = 0.0
    refused_s: float | None = None
    free_mb: int = LITTLE_MB
    backup_s: float | None = None
    has_backups: bool = True  # ours; else whoever keeps the database server makes them
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """`reasons`, the worst first, are of RED and YELLOW; none: green."""

    reasons: tuple[str, ...]
    vote_s: int | None
    devices: int | None
    backup_s: int | None

    @property
    def state(self) -> str:
        if not self.reasons:
            return "green"
        return "red" if self.reasons[0] in RED else "yellow"

    def as_dict(self) -> dict[str, Any]:
        return {"state": self.state, **asdict(self), "reasons": list(self.reasons)}


def light_of(
    now: Measured, *, is_running: bool, vote_s: float | None, devices: int | None
) -> Light:
    """`is_running`: people send to a real event, so that a backup matters; `vote_s`: since its last vote."""
    is_so = {
        "refuses": now.refused_s is not None and now.refused_s < REFUSED_S,
        "disk_full": now.free_mb < TOO_LITTLE_MB,
        "moved": now.moved_to is not None,
        "waits": now.writing_s >= WAITS_S,
        "disk_low": TOO_LITTLE_MB <= now.free_mb < LITTLE_MB,
        "backup_none": is_running and now.has_backups and now.backup_s is None,
        "backup_old": is_running and (now.backup_s or 0) > OLD_BACKUP_S,
    }
    return Light(
        reasons=tuple(name for name in (*RED, *YELLOW) if is_so[name]),
        vote_s=_whole(vote_s),
        devices=devices,
        backup_s=_whole(now.backup_s),
    )


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else max(0, int(seconds))
