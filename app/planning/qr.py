"""QR codes that phones read from across a table: for posters, pages and the terminal."""

import re
from io import BytesIO
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

QUIET_ZONE = 4  # modules of white on every side, as ISO/IEC 18004 demands

_BLACK_ON_WHITE = (
    "\x1b[38;5;16;48;5;231m"  # of the fixed colour cube: themes don't change these two
)
_RESET = "\x1b[0m"
_HALF_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def island_address(base: str, code: str, number: int | None) -> str:
    """What a poster's QR code says: the island's page, or the event's without a number.

    All upper-case where that means the same (29 instead of 33 modules a side): scheme, host and our
    own paths ignore case, a path that `base` brings along may not.
    """
    base = base.rstrip("/")
    address = f"{base}/e/{code}" if number is None else f"{base}/e/{code}/{number}"
    return address.upper() if base.isascii() and not urlsplit(base).path else address


def wifi_network(name: str, password: str) -> str:
    """What a code says that takes a phone into a network; without a password an open one."""

    def escaped(text: str) -> str:
        return re.sub(r'([\\;,:"])', r"\\\1", text)

    if not password:
        return f"WIFI:T:nopass;S:{escaped(name)};;"
    return f"WIFI:T:WPA;S:{escaped(name)};P:{escaped(password)};;"


def as_svg(address: str, *, module: int = 8) -> str:
    """Black on white at any size; `module` is the side of one module in CSS pixels."""
    rows = _rows(address)
    side = len(rows)
    runs = "".join(
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'width="{side * module}" height="{side * module}" shape-rendering="crispEdges" '
        f'role="img" aria-label={quoteattr(address)}>'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{runs}"/></svg>'
    )


def as_png(address: str, *, scale: int = 12) -> bytes:
    """Black and white, one bit a pixel; `scale` is the side of one module in pixels."""
    rows = _rows(address)
    side = len(rows)
    image = Image.new("1", (side, side))
    image.putdata([0 if dark else 1 for row in rows for dark in row])
    file = BytesIO()
    image.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


def as_text(address: str) -> str:
    """Two modules a character, in its own colours: to be scanned from dark and light terminals."""
    rows = _rows(address)
    rows += [[False] * len(rows)] * (len(rows) % 2)
    lines = (
        "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
    return "\n".join(f"{_BLACK_ON_WHITE}{line}{_RESET}" for line in lines) + "\n"


def _rows(address: str) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET_ZONE)
    code.add_data(address)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """(start, length) of the dark stretches of a row."""
    edges = [
        x
        for x, (before, dark) in enumerate(zip([False, *row], [*row, False], strict=True))
        if before != dark
    ]
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]
