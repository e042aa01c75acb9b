"""PDF files: a Typst template and its data, in our fonts only, the same bytes on every machine."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import typst

from app.planning.glyphs import FONTS, printable

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
TIMEOUT_S = 120  # sixty islands take five seconds on an old laptop


class NotSet(Exception):
    """No PDF came out; always the template's fault (a picture without an alt text, say)."""


class Press:
    """Made at start, in `request.state.press`. Every file is set by a child process: Typst keeps 45 MB
    for every file it has set, and dots go first."""

    def __init__(self) -> None:
        self._is_free = asyncio.Lock()

    async def pdf(self, template: str, data: dict[str, Any]) -> bytes:
        """What `typeset` gives, one file at a time. Raises NotSet, TimeoutError."""
        async with self._is_free:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __name__, template),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=ROOT,
            )
            try:
                content, complaint = await asyncio.wait_for(
                    child.communicate(json.dumps(data).encode()), TIMEOUT_S
                )
            finally:
                if child.returncode is None:
                    child.kill()
            if child.returncode:
                raise NotSet(complaint.decode(errors="replace"))
            return content


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1). Raises NotSet.

    `template` is a path in templates/. `data` never becomes source: the template reads it as JSON.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    try:
        content = typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"data": json.dumps(_printable(data))},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        raise NotSet(f"{template}: {error.message} {' '.join(error.hints)}") from error
    assert isinstance(content, bytes)
    return content


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return value


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    sys.stdout.buffer.write(typeset(sys.argv[1], json.load(sys.stdin.buffer)))
