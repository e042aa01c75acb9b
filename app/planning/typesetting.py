"""PDF files: a Typst template and its data, in our fonts only, the same bytes on every machine."""

import asyncio
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

import typst

from app.planning.child import ROOT, Data, NotSet, answer, in_child
from app.planning.glyphs import FONTS, printable

__all__ = ["NotSet", "Press", "typeset"]

TEMPLATES = ROOT / "templates"
NO_PICTURES: Mapping[str, bytes] = {}


class Press:
    """Made at start, in `request.state.press`. Every file is set by a child process: Typst keeps 45 MB
    for every file it has set, and dots go first."""

    def __init__(self) -> None:
        self._is_free = asyncio.Lock()

    async def pdf(
        self, template: str, data: Data, pictures: Mapping[str, bytes] = NO_PICTURES
    ) -> bytes:
        """What `typeset` gives, one file at a time. Raises NotSet, TimeoutError."""
        return await self.made(__name__, template, data, pictures)

    async def made(
        self, module: str, argument: str, data: Data, pictures: Mapping[str, bytes]
    ) -> bytes:
        """What a module of ours gives as `child.answer`, one file at a time. Raises NotSet, TimeoutError."""
        async with self._is_free:
            return await in_child(module, argument, data, pictures)


def typeset(template: str, data: Data, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    """A tagged PDF (PDF/UA-1). Raises NotSet.

    `template` is a path in templates/. `data` never becomes source: the template reads it as JSON.
    `pictures` are PNG or JPEG files that the template finds as "/pictures/<name>".
    """
    return _compiled(template, data, pictures, "pdf", pdf_standards="ua-1")


def drawn(template: str, data: Data, dots_per_inch: float) -> bytes:
    """The only page of a template as PNG. Raises NotSet."""
    return _compiled(template, data, NO_PICTURES, "png", ppi=dots_per_inch)


def outlined(
    template: str, data: Data, *, title: str, description: str = "", language: str = ""
) -> bytes:
    """The only page of a template as SVG, its letters as shapes; what can be read in it stands in its
    title and description. Raises NotSet."""
    start, rest = _compiled(template, data, NO_PICTURES, "svg").decode().split(">", 1)
    spoken = f" xml:lang={quoteattr(language)}" if language else ""
    names = f'<title id="title">{escape(title)}</title>'
    if description:
        names += f'<desc id="desc">{escape(description)}</desc>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'{start}{spoken} role="img" aria-labelledby="title{" desc" if description else ""}">'
        f"{names}{rest}\n"
    ).encode()


def _compiled(
    template: str,
    data: Data,
    pictures: Mapping[str, bytes],
    kind: Literal["pdf", "png", "svg"],
    **options: Any,
) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    with TemporaryDirectory(prefix="worldcafe-") as folder:
        root = _root_with(pictures, Path(folder)) if pictures else TEMPLATES
        try:
            content = typst.compile(
                root / template,
                root=root,
                font_paths=fonts,
                format=kind,
                sys_inputs={"data": json.dumps(_printable(data))},
                **options,
            )
        except typst.TypstError as error:
            raise NotSet(f"{template}: {error.message} {' '.join(error.hints)}") from error
    assert isinstance(content, bytes)
    return content


def _root_with(pictures: Mapping[str, bytes], folder: Path) -> Path:
    """The templates and the pictures in one folder: Typst reads nothing outside of its root."""
    root = folder / "root"
    shutil.copytree(TEMPLATES, root, ignore=shutil.ignore_patterns("*.html"))
    (root / "pictures").mkdir()
    for name, content in pictures.items():
        (root / "pictures" / name).write_bytes(content)
    return root


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return value


if __name__ == "__main__":
    answer(typeset)
