"""A photo drawn anew from what was sent: only its pixels are kept, so nothing can hide in the file."""

import io
import re
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from app.errors import N_, NotAcceptable

FORMATS = (
    "JPEG",
    "PNG",
    "WEBP",
)  # an SVG is a program; what iPhones call HEIC nobody here can read
MAX_BYTES = 12_000_000
MAX_PIXELS = {
    "JPEG": 50_000_000,  # read at half the size and less
    "MPO": 50_000_000,
    "WEBP": 13_000_000,  # unpacked as a film: four times over
}
MAX_OTHER_PIXELS = 24_000_000  # unpacked whole: 96 MB of memory
MOST_SCANS = 64  # of a progressive JPEG; cameras write ten
LONGEST_SIDE = 2000  # pixels; 17 cm at 300 dpi
THUMBNAIL_SIDE = 360
QUALITY = 85
MEDIA_TYPE = "image/jpeg"
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_MARKER = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])", re.DOTALL)
_START_OF_SCAN, _END = b"\xda", b"\xd9"
_SRGB = ImageCms.createProfile("sRGB")

NOT_READ = N_("Dieses Format lesen wir nicht. Bitte JPEG, PNG oder WebP wählen.")
HEIC = N_(
    "Das ist ein HEIC-Foto, das lesen wir nicht. Bitte am iPhone unter Einstellungen › Kamera › Formate"
    " „Maximale Kompatibilität“ wählen oder das Foto als JPEG senden."
)
TOO_BIG = N_("Die Datei ist zu groß: höchstens 12 MB.")
TOO_MANY_PIXELS = N_("Das Bild hat zu viele Bildpunkte.")
DAMAGED = N_("Die Datei ist beschädigt oder unvollständig. Bitte noch einmal hochladen.")


@dataclass(frozen=True, slots=True)
class DrawnPhoto:
    """A JPEG in sRGB; sides in pixels."""

    content: bytes
    width: int
    height: int


def drawn_photo(file: BinaryIO) -> DrawnPhoto:
    """Upright, in sRGB, at most LONGEST_SIDE long; raises NotAcceptable for whatever is no photo.

    Takes up to 0.5 s and 200 MB: not on the loop, and one at a time.
    """
    if file.seek(0, io.SEEK_END) > MAX_BYTES:
        raise NotAcceptable(TOO_BIG, field="photos")
    file.seek(0)
    head = file.read(12)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise NotAcceptable(HEIC, field="photos")
    file.seek(0)
    _refuse_too_many_scans(file.read())
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _upright(_opened(file))
            content = _written(image, QUALITY)
    except NotAcceptable:
        raise
    except UnidentifiedImageError as error:
        raise NotAcceptable(NOT_READ, field="photos") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NotAcceptable(TOO_MANY_PIXELS, field="photos") from error
    except Exception as error:  # whatever a hostile file makes of its reader: it is no photo
        raise NotAcceptable(DAMAGED, field="photos") from error
    return DrawnPhoto(content, image.width, image.height)


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of one that `drawn_photo` made; takes some 10 ms."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return _written(image, 80)


def _opened(file: BinaryIO) -> Image.Image:
    image = Image.open(file, formats=FORMATS)
    if image.width * image.height > MAX_PIXELS.get(image.format or "", MAX_OTHER_PIXELS):
        raise NotAcceptable(TOO_MANY_PIXELS, field="photos")
    return image


def _refuse_too_many_scans(content: bytes) -> None:
    """Each scan of a JPEG goes over all of the picture, and may take 75 bytes: a file that is small enough
    would keep its reader busy for hours. Says nothing of other formats."""
    scans, at = 0, 2
    while content.startswith(b"\xff\xd8") and (marker := _MARKER.search(content, at)):
        if marker[1] == _END:
            return
        scans += marker[1] == _START_OF_SCAN
        if scans > MOST_SCANS:
            raise NotAcceptable(DAMAGED, field="photos")
        length = int.from_bytes(content[marker.end() : marker.end() + 2])
        at = marker.end() + max(length, 2)


def _upright(image: Image.Image) -> Image.Image:
    """Small first: all that follows takes time and memory by the pixel."""
    profile = image.info.get("icc_profile")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _in_srgb(_on_white(ImageOps.exif_transpose(image)), profile)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    glass = image.convert("RGBA")
    opaque = Image.new("RGB", image.size, "white")
    opaque.paste(glass, mask=glass.getchannel("A"))
    return opaque


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that its own profile means, if it has one that can be read."""
    if image.mode.startswith("I;16"):  # else all but the darkest 256 of its greys would be white
        image = image.convert("I").point(lambda grey: grey / 257).convert("L")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, meant, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
        else:
            assert converted is not None  # it is, unless in place
            return converted
    return image.convert("RGB")


def _written(image: Image.Image, quality: int) -> bytes:
    image.info.clear()  # comments would be written again
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
