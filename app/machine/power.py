"""Whether this computer hangs on the mains."""

import sys
from dataclasses import dataclass
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True, slots=True)
class Power:
    """`percent` is the fullest battery's, None without one."""

    is_on_mains: bool
    percent: int | None


def read_power(supplies: Path = SUPPLIES) -> Power | None:
    """None where the system does not say: only Linux does, in files."""
    if sys.platform != "linux" or not supplies.is_dir():
        return None
    batteries, is_discharging = [], False
    for supply in sorted(supplies.iterdir()):
        is_a_mouses = _said(supply / "scope") == "Device"
        if _said(supply / "type") == "Battery" and not is_a_mouses:
            capacity = _said(supply / "capacity")
            batteries.append(int(capacity) if capacity.isdecimal() else 0)
            is_discharging |= _said(supply / "status") == "Discharging"
    if not batteries:
        return Power(is_on_mains=True, percent=None)
    return Power(not is_discharging, max(batteries))


def _said(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""
