"""Pictures as phones make them, and as nobody should."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw

CANARY = "CanaryPhone 51.469 6.851"
TEAL, VERMILION, PAPER = (0, 101, 95), (184, 50, 15), (240, 226, 200)


def board(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Paper with a teal corner at the top left and a vermilion one at the bottom right."""
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 4, height // 4), fill=TEAL)
    draw.rectangle((width * 3 // 4, height * 3 // 4, width, height), fill=VERMILION)
    return image.convert(mode)


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return written(image or board(), "JPEG", **options)


def written(image: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **({"quality": 95} | options))
    return file.getvalue()


def from_a_phone(image: Image.Image | None = None, orientation: int = 1, **options: Any) -> bytes:
    """With where it was taken and by what, in every place where cameras write such things."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x927C] = orientation, CANARY, CANARY
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (51.0, 28.0, 10.0), "E", (6.0, 51.0, 3.0)
    return jpeg(
        image, exif=exif, comment=CANARY.encode(), xmp=f"<x>{CANARY}</x>".encode(), **options
    )


def in_swapped_colours() -> bytes:
    """Its profile says that what is stored as red is green: only who reads the profile sees teal."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = {bytes(swapped[i : i + 4]): i for i in range(132, 132 + 12 * 20, 12)}
    red, green = at[b"rXYZ"] + 4, at[b"gXYZ"] + 4
    swapped[red : red + 8], swapped[green : green + 8] = (
        swapped[green : green + 8],
        swapped[red : red + 8],
    )
    bands = board().split()
    image = Image.merge("RGB", (bands[1], bands[0], bands[2]))
    return jpeg(image, icc_profile=bytes(swapped), subsampling=0)


def pixel_bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that would fill the memory."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    packed = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    lines = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
