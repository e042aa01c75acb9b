"""The server's log: a line of JSON a record, and in it nothing of anybody.

An error is told by its kind and its places in the code. Its message stays out, for it may quote what somebody
sent; only what SQLite and the operating system say is let through, which name no contents.
"""

import json
import logging
import re
import sqlite3
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[3]
PLACES = 12  # the innermost
_PRIVATE = re.compile(
    r"(?P<way_in>/(?:invite|set-up)/)[^\s\"'?]+"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\b|(?:\b[0-9a-fA-F:]+)?::(?:[0-9a-fA-F:]+\b)?"
    r"|[\w.+-]+@[\w-]+\.\w+"
    r"|[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]+)*"
)


def log_in_lines() -> None:
    """Warnings and errors of every library, and all that we say, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("app").setLevel(logging.INFO)


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "by": record.name,
            "said": without_anybody(_without_traceback(record.getMessage())),
        }
        if record.exc_info and record.exc_info[1] is not None:
            _, error, trace = record.exc_info
            said |= {"error": _told(error), "traceback": _places(trace)}
        return json.dumps(said, ensure_ascii=False)


def _without_traceback(text: str) -> str:
    """Some libraries write the whole of one into their message; its last line may quote what was sent."""
    before, found, trace = text.partition("Traceback (most recent call last)")
    if not found:
        return text
    kind = trace.rstrip().splitlines()[-1].partition(":")[0]
    return f"{before}{kind} (traceback left out)"


def without_anybody(text: str) -> str:
    """Addresses of machines and people, and what looks like a token, become an ellipsis."""
    return _PRIVATE.sub(lambda found: f"{found['way_in'] or ''}…", text)


def _told(error: BaseException) -> str:
    """Its kind, and that of what caused it."""
    kind = type(error).__name__
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror}"
    if isinstance(error, sqlite3.Error):
        return f"{kind}: {error}"
    cause = error.__cause__ or getattr(error, "orig", None)
    return f"{kind} ← {_told(cause)}" if cause is not None else kind


def _places(trace: TracebackType | None) -> str:
    """Innermost first."""
    frames = traceback.extract_tb(trace)[-PLACES:]
    return " ← ".join(
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[::-1]
    )


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT / "app") else path.name
