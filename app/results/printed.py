"""Photos as large as they are shown: thirty of them as they are kept would make a file nobody can mail."""

import io
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PIL import Image

LONGEST_SIDE = 1000  # pixels: 300 dpi for two photos side by side on A4
LONGEST_SIDES = {"event": LONGEST_SIDE, "series": 750}  # a series has hundreds: 225 dpi
QUALITY = 82


def printed(
    content: dict[str, Any], pictures: Mapping[str, bytes], longest: int = LONGEST_SIDE
) -> dict[str, bytes]:
    """JPEG files at most `longest` pixels long; but for the cover's photo, which fills its page."""
    cover = content["cover"]["photo"]
    shown = dict(pictures)
    others = [name for name in pictures if not (cover and name == cover["id"])]
    # Pillow lets go of the interpreter: as many at a time as there are processors.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        drawn = threads.map(lambda name: smaller(pictures[name], longest), others)
        shown.update(zip(others, drawn, strict=True))
    return shown


def smaller(picture: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """A JPEG file with at most so many pixels a side; what is none, or no larger, as it is."""
    with Image.open(io.BytesIO(picture)) as photo:
        factor = max(photo.size) / longest
        if photo.format != "JPEG" or factor <= 1:
            return picture
        # A JPEG is read at a half, a quarter or an eighth of its size for next to nothing.
        photo.draft("RGB", (round(photo.width / factor), round(photo.height / factor)))
        drawn = photo.convert("RGB")
    drawn.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
