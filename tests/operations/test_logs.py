"""S10: a record says what happened, and where in the code, and nothing of anybody."""

import json
import logging
import sqlite3
import sys

import pytest

from app.operations.serving.logs import Lines, without_anybody


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("GET /invite/1.lgV9UoqakPapBOTDjZ7APeo_djawWCSRgTxdvNJooa8 failed", "GET /invite/… failed"),
        ("/set-up/short", "/set-up/…"),
        ("from 203.0.113.77:4711", "from …:4711"),
        ("from 2001:db8::8a2e:370:7334 and fe80::1", "from … and …"),
        ("mail ada@example.org", "mail …"),
        ("device=55BFwxo7kQ1xxqExjZbpjmN0p2wjOqMh.signature", "device=…"),
        ("cloud.png could not be made at 18:04:31", "cloud.png could not be made at 18:04:31"),
    ],
)  # fmt: skip
def test_what_names_somebody_becomes_an_ellipsis(text: str, left: str) -> None:
    assert without_anybody(text) == left


def record_of(error: BaseException) -> dict[str, str]:
    try:
        raise error
    except type(error):
        record = logging.LogRecord(
            "app.x", logging.ERROR, "", 1, "it broke\n%s", ("twice",), sys.exc_info()
        )
    line = Lines().format(record)
    assert "\n" not in line
    said: dict[str, str] = json.loads(line)
    return said


def test_an_error_is_its_kind_and_its_places_without_its_message() -> None:
    said = record_of(ValueError("Mehr Bänke"))

    assert (said["level"], said["by"], said["said"]) == ("error", "app.x", "it broke\ntwice")
    assert said["error"] == "ValueError"
    assert said["traceback"].startswith("test_logs.py:")
    assert said["traceback"].endswith(" record_of")


def test_what_the_database_and_the_system_say_is_kept() -> None:
    full = sqlite3.OperationalError("database or disk is full")

    assert record_of(full)["error"] == "OperationalError: database or disk is full"
    assert record_of(OSError(28, "No space left"))["error"] == "OSError: No space left"


def test_a_traceback_in_a_message_is_left_out_but_for_its_kind() -> None:
    text = "Startup failed: Traceback (most recent call last)\n  File x\nValueError: Mehr Bänke\n"
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, text, (), None)

    said = json.loads(Lines().format(record))["said"]

    assert said == "Startup failed: ValueError (traceback left out)"
