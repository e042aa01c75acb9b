"""The heat map as a picture of its own, its letters as outlines: it looks the same everywhere.

It imports no more than it needs: a child process starts with it.
"""

from typing import Any

from app.planning.child import answer
from app.planning.typesetting import drawn, outlined
from app.results.writable import writable

TEMPLATE = "results/heatmap.typ"
DOTS_PER_INCH = 192


def as_heatmap(kind: str, content: dict[str, Any]) -> bytes:
    """`kind`: "svg" or "png"; `content`: see `heatmap_content`. Raises NotSet."""
    if kind == "png":
        return drawn(TEMPLATE, content, DOTS_PER_INCH)
    return outlined(TEMPLATE, content, title=writable(content["title"]))


if __name__ == "__main__":
    answer(lambda kind, content, _pictures: as_heatmap(kind, content))
