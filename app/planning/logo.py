"""A logo as it was uploaded, drawn anew: nothing but pixels is kept of the file."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import N_, NotAcceptable

MAX_BYTES = 2_000_000
MAX_PIXELS = 20_000_000  # before it is unpacked: 80 MB of memory
LONGEST_SIDE = 1200
FORMATS = ("PNG", "JPEG", "WEBP")  # an SVG is a program, and printers need none


def as_logo(content: bytes) -> tuple[str, bytes]:
    """(media type, bytes) of a PNG, or of a JPEG when it was one. Raises NotAcceptable."""
    if len(content) > MAX_BYTES:
        raise NotAcceptable(N_("Das Bild ist zu groß: höchstens 2 MB."), field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
            is_photo = image.format == "JPEG"
            if image.width * image.height > MAX_PIXELS:
                raise NotAcceptable(
                    N_("Das Bild hat zu viele Bildpunkte: höchstens 20 Millionen."), field="logo"
                )
            upright = ImageOps.exif_transpose(image)
            drawn = upright.convert("RGB" if is_photo else "RGBA")
    except UnidentifiedImageError as error:
        raise NotAcceptable(
            N_("Das ist kein Bild, das wir drucken können. Bitte PNG, JPEG oder WebP wählen."),
            field="logo",
        ) from error
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ) as error:
        raise NotAcceptable(N_("Das Bild ist beschädigt."), field="logo") from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    if is_photo:
        drawn.save(file, "JPEG", quality=90)
    else:
        drawn.save(file, "PNG", optimize=True)
    return ("image/jpeg" if is_photo else "image/png"), file.getvalue()
