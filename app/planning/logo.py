"""The organiser's logo as print takes it: a picture in an SVG, whatever was stored."""

import base64
from io import BytesIO

from PIL import Image
from sqlmodel import Session

from app.planning.models import Logo

MOST_PIXELS = (1600, 800)  # 300 dpi on a poster, and more


def logo_svg(session: Session, series_id: int) -> str | None:
    """None when there is no logo, or none that can be drawn: posters don't wait for it."""
    logo = session.get(Logo, series_id)
    if logo is None:
        return None
    try:
        with Image.open(BytesIO(logo.content)) as picture:
            return _wrapped(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _wrapped(picture: Image.Image) -> str:
    picture = picture.convert("RGBA")
    picture.thumbnail(MOST_PIXELS)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    width, height = picture.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}"><image width="{width}" height="{height}"'
        f' href="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"/></svg>'
    )
