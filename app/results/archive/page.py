"""The archive's page: everything to read, in one file that takes no server, no script and no other file."""

import base64
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.planning.child import ROOT
from app.planning.typesetting import TEMPLATES
from app.results.archive.photos import ArchivedPhoto, media_type_of, small_photos
from app.results.documentation.event import documentation
from app.results.documentation.labels import Translate
from app.results.report import Report
from app.results.reported.photos import LOGO, Pictures

STATIC = ROOT / "static"
STYLES = ("base.css", "results.css", "archive.css")
_FONT = re.compile(r'url\("\.\./fonts/([\w-]+\.woff2)"\)')
_LINKED = re.compile(r"https?://", re.IGNORECASE)


def archive_page(
    report: Report,
    _: Translate,
    photos: list[ArchivedPhoto],
    pictures: Pictures,
    files: Mapping[str, bytes],
) -> bytes:
    """HTML in the language of the event. `files` are those beside it, by name: they are linked, and the
    cloud is shown. Photos are in it small, and link to their files."""
    content = documentation(report, _)
    small = small_photos(photos, pictures)
    placed = {photo.photo.id: photo for photo in photos}

    def shown(documented: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {**photo, "path": placed[photo["id"]].path, "source": _data(small[photo["id"]])}
            for photo in documented
        ]

    cover = content["cover"]["photo"]
    template = _environment().get_template("results/archive.html")
    page = template.render(
        content,
        _=_,
        style=_style(),
        all_cards=content["cards"],
        logo=_data(pictures[LOGO]) if content["cover"]["logo"] and LOGO in pictures else None,
        cloud_picture=_inline("image/svg+xml", files["cloud.svg"]),
        event_photos=shown(([cover] if cover else []) + content["photos"]),
        shown=shown,
        files=list(files),
        is_link=lambda address: bool(_LINKED.match(address)),
    )
    return page.encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    """Our own style sheets, with the fonts in them."""
    sheets = "\n".join((STATIC / "css" / name).read_text("utf-8") for name in STYLES)
    return Markup(  # noqa: S704  our own files
        _FONT.sub(
            lambda font: (
                f'url("{_inline("font/woff2", (STATIC / "fonts" / font[1]).read_bytes())}")'
            ),
            sheets,
        )
    )


def _data(picture: bytes) -> str:
    return _inline(media_type_of(picture), picture)


def _inline(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
