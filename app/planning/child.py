"""Work that a child process does, sparing the loop and its memory: what it is sent, how it answers."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 120  # sixty islands take five seconds on an old laptop

Data = dict[str, Any]


class NotSet(Exception):
    """No file came out; always the template's fault (a picture without an alt text, say)."""


async def in_child(module: str, argument: str, data: Data, pictures: Mapping[str, bytes]) -> bytes:
    """What `python -m module argument` answers to the data. Raises NotSet, TimeoutError."""
    order = await asyncio.to_thread(_packed, data, pictures)
    # Its files are in our folder: killed, by us or for want of memory, it would leave photos behind.
    with TemporaryDirectory(prefix="worldcafe-", ignore_cleanup_errors=True) as folder:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, argument),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"TMPDIR": folder},
        )
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        work = asyncio.gather(
            _send(child.stdin, order), child.stdout.read(), child.stderr.read(), child.wait()
        )
        try:
            _sent, content, complaint, _code = await asyncio.wait_for(work, TIMEOUT_S)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    if child.returncode:
        raise NotSet(complaint.decode(errors="replace"))
    return content


def answer(work: Callable[[str, Data, Mapping[str, bytes]], bytes]) -> None:
    """The child's side: `work(argument, data, pictures)` at low priority; dots go first."""
    if hasattr(os, "nice"):
        os.nice(10)
    order = json.loads(sys.stdin.buffer.readline())
    pictures = {name: sys.stdin.buffer.read(size) for name, size in order["pictures"]}
    sys.stdout.buffer.write(work(sys.argv[1], order["data"], pictures))


def _packed(data: Data, pictures: Mapping[str, bytes]) -> list[bytes]:
    """A line of JSON, and behind it the pictures as they are."""
    sizes = [(name, len(content)) for name, content in pictures.items()]
    order = json.dumps({"data": data, "pictures": sizes}).encode()
    return [order, b"\n", *pictures.values()]


async def _send(child: asyncio.StreamWriter, order: list[bytes]) -> None:
    """Part after part: a series' photos are 120 MB, and whoever copies them at once stops the loop."""
    try:
        for part in order:
            child.write(part)
            await child.drain()
        child.close()
        await child.wait_closed()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has given up; what it complains of says why
