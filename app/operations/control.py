"""Commands reach the running server through a socket on this machine; two processes never write at once.

The server writes its port and a token into a file of the data folder that only its user can read.
"""

import asyncio
import hmac
import json
import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import N_, Failed, Refusal

MAX_BYTES = 4 * 1024 * 1024
PATIENCE_S = 60

Commands = dict[str, Callable[..., Any]]


class Control:
    """The server's side: runs one of `commands` for whoever knows the token."""

    def __init__(self, data: Path, commands: Commands) -> None:
        self._file = data / "control.json"
        self._commands = commands
        self._token = secrets.token_urlsafe(32)

    async def __aenter__(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_BYTES)
        port = self._server.sockets[0].getsockname()[1]
        draft = self._file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump({"port": port, "token": self._token}, file)
        draft.replace(self._file)

    async def __aexit__(self, *_: object) -> None:
        self._file.unlink(missing_ok=True)
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer = await self._answer(await reader.readline())
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        except (ValueError, OSError):
            pass  # not one of our commands; there is nobody to tell
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        asked = json.loads(line)
        token = str(asked.get("token")) if isinstance(asked, dict) else ""
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return {"error": "The token is wrong."}
        try:
            command = self._commands[asked["command"]]
            return {"done": await asyncio.to_thread(command, **asked["arguments"])}
        except Refusal as refusal:
            return {"error": refusal.message}
        except Failed as failure:
            parameters = {name: str(value) for name, value in failure.parameters.items()}
            return {"error": failure.message, "parameters": parameters}
        except Exception as error:  # noqa: BLE001  whoever asked shall hear of it
            return {"error": f"{type(error).__name__}: {error}"}


def ask(data: Path, command: str, arguments: dict[str, Any]) -> Any:
    """Has the running server do a command; raises Failed with its reason, or when it can't be reached."""
    try:
        server = json.loads((data / "control.json").read_text("utf-8"))
        with socket.create_connection(("127.0.0.1", server["port"]), PATIENCE_S) as connection:
            asked = {"token": server["token"], "command": command, "arguments": arguments}
            connection.sendall(json.dumps(asked).encode() + b"\n")
            with connection.makefile("rb") as lines:
                answer = json.loads(lines.readline())
    except (OSError, ValueError, KeyError) as error:
        raise Failed(
            N_(
                "Ein anderer Prozess benutzt %(data)s, antwortet aber nicht. Vielleicht startet er"
                " noch:"
                " Bitte noch einmal versuchen."
            ),
            data=data,
        ) from error
    if "parameters" in answer:
        raise Failed(answer["error"], **answer["parameters"])
    if "error" in answer:
        raise Failed("%(reason)s", reason=answer["error"])
    return answer["done"]
