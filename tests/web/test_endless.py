"""I09: nobody keeps a request open by never coming to its end."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.running import Server

CUT_S = 10


def send_without_end(
    server: Server, path: str, piece: bytes, pause_s: float
) -> tuple[bytes, float]:
    """A chunked body, piece after piece, until the server closes; its answer, and how long it took."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        f"Cookie: {cookie_of(server)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    began = time.monotonic()
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(head.encode())
        connection.settimeout(pause_s)
        while time.monotonic() - began < 3 * CUT_S:
            try:
                connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                received = connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:  # cut in the middle of sending
                break
            answer += received
            if not received:
                break
    return answer, time.monotonic() - began


def cookie_of(server: Server) -> str:
    return f"device={server.phone().cookies['device']}"


def test_endless_bodies_are_refused_and_cut(hall: Server) -> None:
    """I09: a byte now and then, and as fast as can be, outside and inside of FastAPI, all at once."""
    paths = [f"/e/{hall.code}/dots", f"/e/{hall.code}/cards", "/join", "/sign-in"]
    ways = [(path, *way) for path in paths for way in ((b"x", 0.5), (b"x" * 4096, 0.001))]

    with ThreadPoolExecutor(len(ways)) as senders:
        ends = list(senders.map(lambda way: send_without_end(hall, *way), ways))

    for way, (answer, took_s) in zip(ways, ends, strict=True):
        assert took_s < 2 * CUT_S, f"{way[0]}: cut by the server, and not by us"
        assert not answer or int(answer.split()[1]) in (408, 413), way
    assert hall.client().get("/livez").status_code == 200


def test_a_body_that_never_comes_is_cut_too(hall: Server) -> None:
    """I09"""
    with socket.create_connection(("127.0.0.1", hall.port), 10) as connection:
        connection.settimeout(3 * CUT_S)
        connection.sendall(
            f"POST /e/{hall.code}/dots HTTP/1.1\r\nHost: x\r\nCookie: {cookie_of(hall)}\r\n"
            "Content-Length: 40\r\n\r\n".encode()
        )
        answer = b""
        while received := connection.recv(65536):
            answer += received

    assert int(answer.split()[1]) == 408
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize("path", ["/e/{code}/dots", "/join", "/sign-in", "/plan/notices"])
def test_100_000_fields_are_refused(hall: Server, path: str) -> None:
    """I09"""
    planner = hall.planner()
    planner.get(f"/e/{hall.code}")

    for body in ("&".join(f"f{i}=1" for i in range(100_000)), "&".join("a" for _ in range(30_000))):
        answer = planner.post(
            path.format(code=hall.code),
            content=body.encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert answer.status_code in (400, 404, 413, 422)
        assert len(answer.content) < 10_000
