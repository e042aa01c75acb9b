"""The organiser's logo: drawn anew when it is uploaded, so that nothing but pixels is kept of the file, and
once more for print."""

import base64
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlmodel import Session

from app.errors import N_, NotAcceptable
from app.planning.models import Logo

MAX_BYTES = 2_000_000
MAX_PIXELS = 20_000_000  # before it is unpacked: 80 MB of memory
LONGEST_SIDE = 1200
MOST_PRINTED = (1600, 800)  # pixels: 300 dpi on a poster, and more
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


def logo_svg(session: Session, series_id: int) -> str | None:
    """None when there is no logo, or none that can be drawn: posters don't wait for it."""
    logo = session.get(Logo, series_id)
    if logo is None:
        return None
    try:
        with Image.open(io.BytesIO(logo.content)) as picture:
            return _wrapped(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _wrapped(picture: Image.Image) -> str:
    picture = picture.convert("RGBA")
    picture.thumbnail(MOST_PRINTED)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    width, height = picture.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}"><image width="{width}" height="{height}"'
        f' href="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"/></svg>'
    )
