"""The sockets of walls and phones, over the wire."""

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Any

import pytest

from app.live.room import HEARTBEAT_S
from tests.conftest import StartServer
from tests.phones import Phone, Socket, socket_to
from tests.running import Server, finish, until

STATE = {
    "version", "event", "phase", "rehearsal", "paused", "revealed", "curtain", "scene", "clock",
    "devices", "phones", "totals", "islands", "cards", "best", "cloud", "frozen",
}  # fmt: skip
PHONE = {"version", "phase", "paused", "revealed", "curtain", "rehearsal", "clock"}


async def state_with(socket: Socket, is_so: Any, within_s: float = 5) -> dict[str, Any]:
    async with asyncio.timeout(within_s):
        while True:
            state = await socket.json()
            assert state is not None, "closed"
            if not state.get("heartbeat") and is_so(state):
                found: dict[str, Any] = state
                return found


def test_a_wall_gets_the_state_at_connect_and_after_changes(hall: Server) -> None:
    async def scenario() -> tuple[dict[str, Any], dict[str, Any], int]:
        async with socket_to(hall.port, f"/e/{hall.code}/live/ws") as wall:
            first = await wall.json()
            phone = Phone(hall.port)
            await phone.get(f"/e/{hall.code}/1")
            dot = {"offer": "umweltberatung", "knows": "yes"}
            answer = await phone.post_json(f"/e/{hall.code}/dots", dot)
            version = answer.json()["version"]
            phone.close()
            return first, await state_with(wall, lambda s: s["version"] >= version), version

    first, after, version = finish(scenario())

    assert first.keys() >= STATE
    assert first["event"].keys() >= {"key", "code", "title", "district"}
    assert first["event"]["code"] == hall.code
    assert first["clock"].keys() == {"running", "remaining_s", "total_s", "round_s"}
    assert first["scene"] == {"name": "overview", "island": None}
    assert [island["number"] for island in first["islands"]] == list(range(1, 13))
    assert first["islands"][0].keys() >= {
        "number",
        "title",
        "yes",
        "no",
        "cards",
        "devices",
        "offers",
    }
    assert first["islands"][0]["offers"][0].keys() >= {"key", "title", "yes", "no"}
    assert after["version"] == version, (
        "the first state that shows the dot has the version it was told"
    )
    assert after["totals"]["yes"] == first["totals"]["yes"] + 1
    assert after["devices"] == first["devices"] + 1


def test_on_one_socket_a_version_is_never_sent_twice(hall: Server) -> None:
    async def scenario() -> list[int]:
        async with socket_to(hall.port, f"/e/{hall.code}/live/ws") as wall:
            phone = Phone(hall.port)
            await phone.get(f"/e/{hall.code}/1")
            last = 0
            for i in range(40):
                fields = {
                    "offer": "quartiersfonds",
                    "knows": ["yes", "no"][i % 2],
                    "sequence": i + 1,
                }
                answer = await phone.post_json(f"/e/{hall.code}/dots", fields)
                last = answer.json()["version"]
                await asyncio.sleep(0.02)
            phone.close()
            versions: list[int] = []
            while not versions or versions[-1] < last:
                async with asyncio.timeout(5):
                    state = await wall.json()
                if not state.get("heartbeat"):
                    versions.append(state["version"])
            return versions

    versions = finish(scenario())

    assert versions == sorted(set(versions))
    assert len(versions) < 40, "at most ten a second"


def test_phones_follow_the_phase_and_are_counted(start_server: StartServer) -> None:
    server = start_server()

    async def scenario() -> tuple[list[dict[str, Any]], list[int]]:
        async with AsyncExitStack() as stack:
            wall = await stack.enter_async_context(
                socket_to(server.port, f"/e/{server.code}/live/ws")
            )
            first = await wall.json()
            phones = [
                await stack.enter_async_context(socket_to(server.port, f"/e/{server.code}/ws"))
                for _ in range(3)
            ]
            messages = [await phones[0].json()]
            await asyncio.to_thread(server.enter, "cloud")
            messages.append(await phones[0].json())
            counted = await state_with(wall, lambda s: s["phase"] == "cloud")
            return messages, [first["phones"], counted["phones"]]

    messages, counted = finish(scenario())

    assert [message["phase"] for message in messages] == ["cafe", "cloud"]
    assert messages[0].keys() == PHONE
    assert counted == [0, 3]


def test_curtain_and_reveal_are_in_the_state_itself(start_server: StartServer) -> None:
    server = start_server(limits=False, phase="cloud")
    phone, desk = server.phone(), server.desk()
    phone.post(f"/e/{server.code}/dots", data={"offer": "streetwork", "knows": "yes"})
    phone.post(f"/e/{server.code}/words", data={"text": "bunt", "submission": "1"})

    async def scenario() -> list[dict[str, Any]]:
        async with socket_to(server.port, f"/e/{server.code}/live/ws") as wall:
            placed = await state_with(wall, lambda s: s["cloud"])
            curtain = {"curtain": "yes"}
            await asyncio.to_thread(desk.post, f"/moderate/{server.code}/curtain", data=curtain)
            down = await state_with(wall, lambda s: s["curtain"])
            hide = {"revealed": "no"}
            await asyncio.to_thread(desk.post, f"/moderate/{server.code}/reveal", data=hide)
            return [placed, down, await state_with(wall, lambda s: not s["revealed"])]

    placed, down, hidden = finish(scenario())

    (word,) = placed["cloud"]
    assert (word["word"], word["count"]) == ("bunt", 1)
    assert 0 < word["x"] < 1600
    assert 0 < word["y"] < 900
    assert word["size"] > 0
    assert (down["cloud"], down["cards"]) == ([], [])
    assert "bunt" not in str(down)
    assert set(hidden["totals"].values()) == {None}
    numbers = [island[name] for island in hidden["islands"] for name in ("yes", "no", "cards")]
    assert set(numbers) == {None}


@pytest.mark.parametrize("path", ["live/ws", "ws"])
def test_a_client_that_talks_is_closed_and_leaves_no_trace(hall: Server, path: str) -> None:
    """W07"""

    async def scenario(junk: bytes) -> int | None:
        async with socket_to(hall.port, f"/e/{hall.code}/{path}") as socket:
            await socket.text()
            socket.writer.write(junk)
            async with asyncio.timeout(5):
                while await socket.text() is not None:
                    pass
            return socket.close_code

    def frame(first: int, payload: bytes) -> bytes:
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else bytes([0xFF]) + size.to_bytes(8)
        return bytes([first]) + length + b"\0" * 4 + payload

    text, binary, cut = frame(0x81, b"{}"), frame(0x82, b"\x00\xff"), frame(0x01, b"{")
    no_utf8, nothing, flood = frame(0x81, b"\xff\xfe\xc0"), frame(0x81, b""), text * 5000
    huge, unknown, no_frame = frame(0x81, b"x" * (1 << 20)), frame(0x83, b""), b"GET / HTTP/1.1\r\n"
    bare_rest, odd_farewell = frame(0x80, b"x"), frame(0x88, b"\x03\xe8\xff\xfe")
    said = (text, binary, cut, no_utf8, nothing, flood, huge, unknown, no_frame, bare_rest)

    until(lambda: "Strg+C" in hall.log_text)  # its greeting is complete
    log = hall.log_text
    codes = [finish(scenario(junk)) for junk in (*said, odd_farewell)]

    assert codes[:6] == [1008] * 6
    assert codes[6] == 1009
    assert codes[7:10] == [1002] * 3
    assert codes[10] in (None, 1002, 1007)
    assert hall.live()["phase"] == "cafe"
    assert hall.log_text == log


def test_versions_rise_across_a_restart(start_server: StartServer) -> None:
    server = start_server()
    server.phone().post(f"/e/{server.code}/dots", data={"offer": "streetwork", "knows": "yes"})
    before = server.live()["version"]

    server.kill()
    server.start()
    state = server.live()

    assert (state["version"], state["totals"]["yes"]) == (before, 1)


def test_polling_gets_304_until_something_changes(hall: Server) -> None:
    """W14"""
    client = hall.client()
    path = f"/e/{hall.code}/live.json"
    first = client.get(path)
    etag = first.headers["etag"]

    same = client.get(path, headers={"if-none-match": etag})
    hall.phone().post(f"/e/{hall.code}/dots", data={"offer": "kaoa", "knows": "yes"})
    time.sleep(0.5)
    changed = client.get(path, headers={"if-none-match": etag})

    assert (first.status_code, first.headers["content-type"]) == (200, "application/json")
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag
    assert changed.json()["totals"]["yes"] == first.json()["totals"]["yes"] + 1


@pytest.mark.parametrize("form", ["{etag}", 'W/"other", {etag}', "*"])
def test_an_etag_is_recognised_in_all_its_forms(hall: Server, form: str) -> None:
    """RFC 9110, 13.1.2: a proxy that compresses makes it weak."""
    client = hall.client()
    path = f"/e/{hall.code}/live.json"
    etag = client.get(path).headers["etag"]
    assert etag.startswith('W/"')  # the clock runs on within one version

    answer = client.get(path, headers={"if-none-match": form.format(etag=etag)})

    assert answer.status_code == 304


def test_socket_and_polling_have_the_same_content(hall: Server) -> None:
    """W14"""

    async def scenario() -> Any:
        async with socket_to(hall.port, f"/e/{hall.code}/live/ws") as wall:
            return await wall.json()

    polled, sent = hall.live(), finish(scenario())

    assert polled | {"phones": 0} == sent | {"phones": 0}


@pytest.mark.slow
def test_a_quiet_socket_hears_a_heartbeat(start_server: StartServer) -> None:
    server = start_server()
    assert HEARTBEAT_S < 20

    async def scenario() -> tuple[dict[str, Any], dict[str, Any], float]:
        async with socket_to(server.port, f"/e/{server.code}/live/ws") as wall:
            state = await wall.json()
            began = time.monotonic()
            beat = await asyncio.wait_for(wall.json(), 25)
            return state, beat, time.monotonic() - began

    state, beat, after_s = finish(scenario())

    told = {name: beat[name] for name in ("heartbeat", "version", "clock")}
    assert told == {"heartbeat": True, "version": state["version"], "clock": state["clock"]}
    assert after_s < 20
