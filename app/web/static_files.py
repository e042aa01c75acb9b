"""Static files at addresses that change with their content, compressed once, cached by browsers for good."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

TEXT = {".css", ".js", ".svg", ".txt", ".toml"}
FOREVER = "public, max-age=31536000, immutable"


class StaticFiles:
    """An ASGI app for `/static/{version}/…`. All files share one version, so that modules may import
    each other, and style sheets name fonts, by relative address."""

    def __init__(self, folder: Path, made: Mapping[str, bytes] | None = None) -> None:
        """`made`: files that are made of others, by name; they stand before those of the folder."""
        self._files: dict[str, Path | bytes] = {
            file.relative_to(folder).as_posix(): file
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        self._files |= made or {}
        self._answers: dict[tuple[str, str], Response] = {}

    @cached_property
    def version(self) -> str:
        digest = hashlib.sha256()
        for name, file in self._files.items():
            digest.update(name.encode() + b"\0" + _content(file))
        return digest.hexdigest()[:10]

    def address(self, name: str) -> str:
        """The path of a static file on this server; KeyError when there is no such file."""
        if name not in self._files:
            raise KeyError(f"static/{name}")
        return f"/static/{self.version}/{name}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        name = name.split("/", 1)[-1] if "/" in name else ""
        if name not in self._files or scope["method"] not in ("GET", "HEAD"):
            await Response(status_code=404)(scope, receive, send)
            return
        encoding = _encoding(dict(scope["headers"]).get(b"accept-encoding", b""), name)
        answer = self._answers.get((name, encoding))
        if answer is None:
            body = _content(self._files[name])
            answer = await run_in_threadpool(_answer, name, body, encoding)
            self._answers[name, encoding] = answer
        await answer(scope, receive, send)


def _encoding(accepted: bytes, name: str) -> str:
    if Path(name).suffix not in TEXT:
        return ""
    return "br" if b"br" in accepted else "gzip" if b"gzip" in accepted else ""


def _content(file: Path | bytes) -> bytes:
    return file if isinstance(file, bytes) else file.read_bytes()


def _answer(name: str, body: bytes, encoding: str) -> Response:
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    if encoding == "br":
        body = brotli.compress(body)
    elif encoding == "gzip":
        body = gzip.compress(body, 9, mtime=0)
    if encoding:
        headers["content-encoding"] = encoding
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        kind = "text/javascript"  # mimetypes asks the machine, which may say otherwise
    elif name.endswith(".woff2"):
        kind = "font/woff2"
    return Response(body, media_type=kind, headers=headers)
