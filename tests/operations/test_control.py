"""The control socket: only who knows the token is heard, and nothing that comes ends the server."""

import json
import socket
import stat
from pathlib import Path
from typing import Any

import pytest

from app.errors import Failed
from app.operations.control import ask
from tests.running import Server


def said(server: Server, line: bytes) -> bytes:
    found = json.loads((server.data / "control.json").read_text())
    with socket.create_connection(("127.0.0.1", found["port"]), 10) as connection:
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer


def test_the_token_is_in_a_file_only_its_user_can_read(hall: Server) -> None:
    mode = (hall.data / "control.json").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE((hall.data / "worldcafe.db").stat().st_mode) == 0o600
    assert len(json.loads((hall.data / "control.json").read_text())["token"]) >= 32


@pytest.mark.parametrize("token", ["", "wrong", None, 7, "ä", ["a"]])
def test_without_the_right_token_nothing_is_done(hall: Server, token: Any) -> None:
    asked = {
        "token": token,
        "command": "phase",
        "arguments": {"event": hall.code, "phase": "closed"},
    }

    answer = said(hall, json.dumps(asked, ensure_ascii=False).encode() + b"\n")

    assert b"done" not in answer
    assert hall.live()["phase"] == "cafe"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"[]\n",
        b"7\n",
        b"null\n",
        b"\xff\xfe\n",
        b"{}\n",
        b"x" * 100_000,
    ],
)
def test_junk_is_closed_and_the_server_goes_on(hall: Server, line: bytes) -> None:
    answer = said(hall, line)

    assert b"done" not in answer
    assert hall.ask("address") == hall.address


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("nonsense", {}),
        ("phase", {}),
        ("phase", {"event": "ZZZZZZ", "phase": "cafe"}),
        ("phase", {"event": "mitte-styrum-2023", "phase": "party"}),
        ("import", {"plan": "not toml at all", "rehearsal": False}),
        ("invite", {"event": "mitte-styrum-2023", "role": "king", "island": None}),
        ("planner add", {"name": ""}),
    ],
)
def test_what_can_not_be_done_comes_back_as_a_reason(
    hall: Server, command: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(Failed) as failed:
        hall.ask(command, **arguments)

    assert "\n" not in failed.value.text(str)
    assert hall.live()["phase"] == "cafe"


def test_without_a_server_asking_fails_with_cause_and_cure(tmp_path: Path) -> None:
    with pytest.raises(Failed) as failed:
        ask(tmp_path, "address", {})
    assert str(tmp_path) in failed.value.text(str)

    (tmp_path / "control.json").write_text('{"port": 1, "token": "x"}')
    with pytest.raises(Failed):
        ask(tmp_path, "address", {})
    (tmp_path / "control.json").write_text("{")
    with pytest.raises(Failed):
        ask(tmp_path, "address", {})
