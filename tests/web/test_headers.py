"""S07: what every answer says about itself, errors included."""

import sqlite3

import httpx
import pytest

from tests.conftest import StartServer
from tests.running import Server

PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY_OF_THE_REST = {"default-src": "'none'", "frame-ancestors": "'none'"}


def assert_secured(answer: httpx.Response) -> None:
    """With each header once; a page may load from us and from nobody else, the rest nothing."""
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy == (PAGE_POLICY if is_page else POLICY_OF_THE_REST)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    if is_page:
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["permissions-policy"] == "camera=(), microphone=(), geolocation=()"
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/e/{code}", 200),
        ("GET", "/e/{code}/3", 200),
        ("GET", "/e/{code}/live", 200),
        ("GET", "/e/{code}/live.json", 200),
        ("GET", "/e/{code}/results", 409),
        ("GET", "/e/ZZZZZZ", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/plan", 303),
        ("GET", "/sign-in", 200),
        ("GET", "/moderate/{code}", 403),
        ("GET", "/invite/forged", 403),
        ("GET", "/set-up/forged", 403),
        ("GET", "/livez", 200),
        ("GET", "/readyz", 200),
        ("GET", "/static/x/css/base.css", 200),
        ("GET", "/static/x/nothing.css", 404),
        ("POST", "/e/{code}/dots", 403),
        ("POST", "/nowhere", 404),
        ("DELETE", "/", 405),
    ],
)
def test_every_answer_carries_the_security_headers(
    hall: Server, method: str, path: str, status: int
) -> None:
    answer = hall.client().request(method, path.format(code=hall.code))

    assert answer.status_code == status
    assert_secured(answer)
    if not path.startswith("/static") or status != 200:
        assert answer.headers["cache-control"] in ("no-store", "no-cache")


def test_what_comes_before_the_application_carries_them_too(hall: Server) -> None:
    client = hall.client()

    foreign = client.post("/join", headers={"origin": "https://evil.example"})
    large = client.post("/join", content=b"x" * 200_000)

    assert (foreign.status_code, large.status_code) == (403, 413)
    assert_secured(foreign)
    assert_secured(large)


def test_an_answer_to_a_fault_of_ours_carries_them_too(start_server: StartServer) -> None:
    """A row that no program of ours wrote: pages and, outside of FastAPI, posts break on it."""
    server = start_server()
    server.may_log_tracebacks = True
    cookies = server.phone().cookies
    with sqlite3.connect(server.data / "worldcafe.db", timeout=10) as file:
        file.execute("UPDATE event SET date = 'never'")

    dot = {"offer": "streetwork", "knows": "yes"}
    answers = [
        server.client().get(f"/e/{server.code}/1"),
        server.client().get(f"/e/{server.code}/1", headers={"accept": "application/json"}),
        server.client(cookies=cookies).post(
            f"/e/{server.code}/dots", data=dot, headers={"hx-request": "true"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [500, 500, 500]
    assert answers[1].headers["content-type"] == "application/problem+json"
    for answer in answers:
        assert "never" not in answer.text
        assert_secured(answer)
        assert answer.headers["cache-control"] == "no-store"


def test_a_database_that_can_not_be_read_is_a_moment_to_wait(start_server: StartServer) -> None:
    server = start_server()
    server.may_log_tracebacks = True
    with sqlite3.connect(server.data / "worldcafe.db", timeout=10) as file:
        file.execute("ALTER TABLE contact RENAME TO contact_gone")

    answer = server.client().get(f"/e/{server.code}/1")

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "contact" not in answer.text


def test_nothing_is_public_that_describes_the_program(hall: Server) -> None:
    """S11: no API documentation, no debugger."""
    client = hall.client()

    statuses = [
        client.get(path).status_code
        for path in ("/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect", "/metrics",
                     "/debug", "/.env", "/admin")
    ]  # fmt: skip

    assert statuses == [404] * 8


def test_pages_are_compressed_and_fonts_are_not_compressed_again(hall: Server) -> None:
    client = hall.client(headers={"accept-encoding": "gzip, br"})
    page = client.get(f"/e/{hall.code}/1")
    font = next(
        line.split('"')[0] for line in page.text.split('href="') if ".woff2" in line.split('"')[0]
    )

    assert page.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get(font).headers
    assert client.get("/static/x/css/base.css").headers["content-encoding"] == "br"
