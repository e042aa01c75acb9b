"""When the newest backup was made, by the files that lie there."""

from pathlib import Path

FOLDER = "backups"


def newest_backup_at(data: Path) -> float | None:
    """Seconds since the epoch; None when there is none. Only verified ones bear a name that ends in .db."""
    times = []
    for file in (data / FOLDER).glob("*.db"):
        try:
            times.append(file.stat().st_mtime)
        except OSError:
            continue  # rotated away a moment ago
    return max(times, default=None)
