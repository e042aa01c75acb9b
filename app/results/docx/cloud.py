"""The word cloud as a picture that Word can show."""

from typing import Any

from app.planning.typesetting import drawn

TEMPLATE = "results/cloud_picture.typ"
DOTS_PER_INCH = 108  # of a picture 1600 points wide: 370 to the inch when it is as wide as a page


def cloud_picture(cloud: dict[str, Any]) -> bytes:
    """A PNG of 2400 x 1350 pixels."""
    return drawn(TEMPLATE, cloud, DOTS_PER_INCH)
