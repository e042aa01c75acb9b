"""PDF files: a Typst template and its data, in our fonts only, the same bytes on every machine."""

import asyncio
import json
from functools import cached_property
from pathlib import Path
from typing import Any

import typst

from app.planning.glyphs import FONTS, printable

TEMPLATES = Path(__file__).parents[2] / "templates"


class Press:
    """Made at start, in `request.state.press`. Keeps its fonts open from the first page on."""

    def __init__(self) -> None:
        self._is_free = asyncio.Lock()

    async def pdf(self, template: str, data: dict[str, Any]) -> bytes:
        """A tagged PDF (PDF/UA-1), set on a thread of its own, one at a time.

        `template` is a path in templates/. `data` never becomes source: the template reads it as JSON.
        Raises TypstError, which is always the template's fault (a picture without an alt text, say).
        """
        async with self._is_free:
            return await asyncio.to_thread(self.set, template, data)

    def set(self, template: str, data: dict[str, Any]) -> bytes:
        """The same right here."""
        content = self._compiler.compile(
            input=TEMPLATES / template,
            format="pdf",
            sys_inputs={"data": json.dumps(_printable(data))},
            pdf_standards="ua-1",
        )
        assert isinstance(content, bytes)
        return content

    @cached_property
    def _compiler(self) -> typst.Compiler:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        )
        return typst.Compiler(root=TEMPLATES, font_paths=fonts)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return value
