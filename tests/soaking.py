"""How much of a fault is tried: little in `make test`, the whole in `make soak`."""

import os

MINUTES = float(os.environ.get("SOAK_MINUTES", "0"))
"""0 in `make test`; `make soak` sets 60."""


def times(short: int, whole: int) -> int:
    """`short` in `make test`, `whole` in a soak of an hour, in between in a shorter one."""
    return max(short, round(whole * MINUTES / 60))
