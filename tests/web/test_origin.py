"""S03, W03: only our own pages change anything or open a socket."""

import asyncio

import pytest

from tests.conftest import StartServer
from tests.phones import Refused, socket_to
from tests.running import Server, finish

FOREIGN = [
    "https://evil.example",
    "null",
    "http://127.0.0.1.evil.example:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "http://evil127.0.0.1:{port}",
    "https://127.0.0.1:{port}",  # another scheme
    "http://127.0.0.1:1",  # another port
    "http://127.0.0.1",
    "http://localhost.:{port}x",
    "http://[::1:{port}",
    "file://",
    "",
    "HTTP",
]
OWN = ["http://127.0.0.1:{port}", "http://localhost:{port}", "http://[::1]:{port}"]


async def handshake(server: Server, path: str, **headers: str) -> int:
    try:
        async with socket_to(server.port, path, **headers) as socket:
            await socket.text()
            return 101
    except Refused as refused:
        return refused.status


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_origin_is_refused_before_anything_happens(hall: Server, origin: str) -> None:
    origin = origin.format(port=hall.port)

    async def shake() -> list[int]:
        return [
            await handshake(hall, f"/e/{hall.code}/{path}", Origin=origin)
            for path in ("live/ws", "ws")
        ]

    posted = hall.phone().post(
        f"/e/{hall.code}/dots",
        data={"offer": "streetwork", "knows": "yes"},
        headers={"origin": origin},
    )

    assert finish(shake()) == [403, 403]
    assert posted.status_code == 403
    islands = hall.live()["islands"]
    assert [island["yes"] for island in islands if island["number"] == 12] == [0]


@pytest.mark.parametrize("origin", OWN)
def test_our_own_origins_are_taken(hall: Server, origin: str) -> None:
    origin = origin.format(port=hall.port)

    assert finish(handshake(hall, f"/e/{hall.code}/live/ws", Origin=origin)) == 101
    posted = hall.client().post("/join", data={"code": hall.code}, headers={"origin": origin})
    assert posted.status_code == 303


def test_plain_clients_without_an_origin_are_taken(hall: Server) -> None:
    async def both() -> list[int]:
        return list(
            await asyncio.gather(
                handshake(hall, f"/e/{hall.code}/live/ws"), handshake(hall, f"/e/{hall.code}/ws")
            )
        )

    assert finish(both()) == [101, 101]
    assert hall.client().post("/join", data={"code": hall.code}).status_code == 303


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 303), ("none", 303)],
)
def test_without_an_origin_the_browsers_own_word_counts(
    hall: Server, site: str, status: int
) -> None:
    answer = hall.client().post("/join", data={"code": hall.code}, headers={"sec-fetch-site": site})

    assert answer.status_code == status


def test_the_public_address_is_our_own_and_the_host_header_proves_nothing(
    start_server: StartServer,
) -> None:
    server = start_server(public_url="https://cafe.example.org")
    client = server.client()

    def join(origin: str, **headers: str) -> int:
        answer = client.post(
            "/join", data={"code": server.code}, headers={"origin": origin, **headers}
        )
        return answer.status_code

    assert join("https://cafe.example.org") == 303
    assert join("http://cafe.example.org") == 403
    assert join("https://cafe.example.org:8443") == 403
    assert join("https://evil.example", host="evil.example") == 403
    assert join("https://evil.example", **{"x-forwarded-host": "evil.example"}) == 403
    socket = handshake(server, f"/e/{server.code}/ws", Origin="https://cafe.example.org")
    assert finish(socket) == 101


def test_a_hostile_host_header_changes_no_link(hall: Server) -> None:
    """S08"""
    page = hall.client().get(f"/e/{hall.code}/live", headers={"host": "evil.example"})

    assert page.status_code == 200
    assert "evil.example" not in page.text


def test_a_socket_of_an_unknown_event_is_refused(hall: Server) -> None:
    assert finish(handshake(hall, "/e/ZZZZZZ/live/ws")) == 403
    assert finish(handshake(hall, "/e/ZZZZZZ/ws")) == 403
    assert finish(handshake(hall, "/nowhere")) == 403


@pytest.mark.parametrize("path", ["/e/{code}/", "/sign-in/", "/plan/"])
def test_a_hostile_host_is_never_redirected_to(hall: Server, path: str) -> None:
    """S08: a slash too many must not lead to wherever the Host header says."""
    answer = hall.client().get(path.format(code=hall.code), headers={"host": "evil.example"})

    assert "evil" not in answer.headers.get("location", "")


def test_an_address_with_a_slash_at_its_end_is_the_same_page(hall: Server) -> None:
    client = hall.client()

    assert client.get(f"/E/{hall.code}/3/").status_code == 200
    assert client.get(f"/e/{hall.code.lower()}/").status_code == 200
