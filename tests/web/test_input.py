"""Bad input of every kind: I01 I02 I09 I10. Short answers, no echo, never a 5xx."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx
import psutil
import pytest
from sqlmodel import select

from app.feedback.models import Card
from tests.running import Server

JSON = {"accept": "application/json"}
MEGABYTE = 1024 * 1024


@pytest.fixture
def phone(hall: Server) -> httpx.Client:
    return hall.phone(headers=JSON)


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 1024):
        yield b"x" * 1024


@pytest.mark.parametrize(
    "path", ["dots", "cards", "words", "cards/x/withdrawal", "cards/x/support"]
)
@pytest.mark.parametrize(
    "body",
    [
        {"data": {"text": "z" * MEGABYTE}},
        {"json": {"text": "z" * MEGABYTE}},
        {"content": b"z" * MEGABYTE},
        {"content": chunks(MEGABYTE)},
    ],
    ids=["form", "json", "bytes", "chunks"],
)
def test_a_megabyte_is_refused_shortly_and_without_echo(
    hall: Server, phone: httpx.Client, path: str, body: dict[str, Any]
) -> None:
    """I01"""
    if "content" in body and not isinstance(body["content"], bytes):
        body = {"content": chunks(MEGABYTE)}
    answer = phone.post(f"/e/{hall.code}/{path}", **body)

    assert answer.status_code in (413, 422)
    assert len(answer.content) < 300
    assert "zzz" not in answer.text


def test_a_megabyte_is_refused_fast(hall: Server, phone: httpx.Client) -> None:
    """I01: within 50 ms; measured as processor time of the server, which others can't slow down."""
    process = psutil.Process(hall.pid)

    def busy() -> float:
        times = process.cpu_times()
        return times.user + times.system

    before = busy()
    for _ in range(20):
        answer = phone.post(f"/e/{hall.code}/cards", data={"text": "z" * MEGABYTE, "island": "1"})
        assert answer.status_code == 413

    assert (busy() - before) / 20 < 0.05


@pytest.mark.parametrize(
    "form",
    [
        {"path": "/join", "data": {"code": "x" * 60_000}},
        {"path": "/sign-in", "data": {"name": "x" * 60_000, "password": "y" * 2000}},
        {"path": "/language", "data": {"language": "x" * 60_000}},
        {"path": "/language", "data": {"language": "日本", "back": "/"}},
        {"path": "/language", "data": {"language": "en\r\nset-cookie: a=b", "back": "/"}},
        {"path": "/language", "data": {"language": "en;path=/x", "back": "/"}},
        {"path": "/language", "data": {"language": "en", "back": "//["}},
        {"path": "/language", "data": {"language": "en", "back": "https://evil.example/x"}},
        {"path": "/language", "data": {"language": "en", "back": "//evil.example"}},
        {"path": "/language", "data": {"language": "en", "back": "/\\evil.example"}},
        {
            "path": "/language",
            "data": {"language": "en", "back": "\r\nlocation: https://e.example"},
        },
        {"path": "/language", "data": {"language": "en", "back": "/ü\x00"}},
        {"path": "/language", "data": {}},
        {"path": "/join", "data": {"code": "\x00\ud7ff"}},
        {"path": "/join", "files": {"code": ("a.txt", b"x")}},
        {"path": "/sign-in", "content": b"%ff%fe=%00"},
        {"path": "/sign-in", "content": b'{"name": "\\ud800"}'},
        {"path": "/set-up/%00", "data": {"password": "x"}},
        {"path": "/invite/%ff", "data": {}},
        {"path": "/sign-out", "data": {}},
    ],
    ids=lambda form: (
        f"{form['path']} {next(reversed(form))} {str(form[next(reversed(form))])[:40]}"
    ),
)
def test_strange_forms_anywhere_are_never_our_fault(hall: Server, form: dict[str, Any]) -> None:
    path = form["path"]

    answer = hall.client().post(
        path, **{name: value for name, value in form.items() if name != "path"}
    )

    assert answer.status_code in (303, 400, 403, 404, 413, 422)
    assert "xxxxxxxxxxx" not in answer.text
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "evil" not in httpx.URL(hall.address).join(location).host
    cookies = answer.headers.get_list("set-cookie")
    assert [cookie for cookie in cookies if cookie.startswith(("a=", " a="))] == []


# --- characters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (b'"a\\u0000b"', "ab"),
        (b'"a\\u0007b\\u009fc"', "abc"),
        (b'"a\\ufffeb"', "ab"),
        (b'"a\\ud800b"', "ab"),
        (b'"a\\udfff\\ud800b"', "ab"),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b'"\\ud800"', None),
        (b'"a\xff"', None),  # not UTF-8
        (b'"a\x00b"', None),  # not JSON
        (b'"a', None),
        (b"NaN", None),
        (b"1" * 5000, None),
        (b"[" * 30_000, None),
    ],
)  # fmt: skip
def test_characters_in_json_are_cleaned_or_refused(
    hall: Server, phone: httpx.Client, raw: bytes, stored: str | None
) -> None:
    """I02"""
    submission = f"j{abs(hash(raw))}"
    body = b'{"island": 9, "submission": "%s", "text": %s}' % (submission.encode(), raw)

    answer = phone.post(
        f"/e/{hall.code}/cards", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == (200 if stored else 422)
    assert stored_text(hall, submission) == stored


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (b"a%00b", "ab"),
        (b"a%07b%7Fc", "abc"),
        (b"a%EF%BF%BEb", "ab"),  # U+FFFE
        (b"B%C3%A4nke", "Bänke"),
        (b"Ba%CC%88nke", "Bänke"),
        (b"a%ED%A0%80b", None),  # a surrogate, which UTF-8 does not have
        (b"a%FFb", None),
        (b"a%C3", None),
        (b"a%zz%", "a%zz%"),  # no escapes, then
        (b"%00", None),
        ("ä".encode(), None),  # a browser would have escaped it
    ],
)
def test_characters_in_forms_are_cleaned_or_refused(
    hall: Server, phone: httpx.Client, raw: bytes, stored: str | None
) -> None:
    """I02"""
    submission = f"f{abs(hash(raw))}"
    kind = {"content-type": "application/x-www-form-urlencoded"}

    answer = phone.post(
        f"/e/{hall.code}/cards",
        content=b"island=9&submission=%s&text=%s" % (submission.encode(), raw),
        headers=kind,
    )

    assert answer.status_code == (200 if stored else 422)
    assert stored_text(hall, submission) == stored


def stored_text(server: Server, submission: str) -> str | None:
    with server.reading() as session:
        return session.exec(select(Card.text).where(Card.submission == submission)).first()


@pytest.mark.parametrize("fields", [21, 5_000])
def test_a_form_of_countless_fields_is_refused(
    hall: Server, phone: httpx.Client, fields: int
) -> None:
    """I09"""
    body = "&".join(f"f{i}=1" for i in range(fields))

    answer = phone.post(
        f"/e/{hall.code}/dots",
        content=body.encode(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 422


# --- paths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app/main.py",
        "/static/x/../../pyproject.toml",
        "/static/x/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/x//etc/passwd",
        "/static/x/css/base.css%00.png",
        "/static/",
        "/static",
        "/e/%00",
        "/e/../e",
        "/plan/events/..%2f..%2fetc/dots.csv",
        "/%ff%fe",
        "/e/{code}/%00",
        "/e/{code}/live.json/..",
        "/" + "a" * 20_000,
        "/e/" + "A" * 20_000,
        "/e/{code}/" + "1" * 5_000,
        "/e/{code}/1/contacts/" + "1" * 5_000 + ".vcf",
        "/tablet/{code}/" + "1" * 5_000,
        "/host/{code}/" + "1" * 5_000,
    ],
)
def test_strange_paths_are_not_found(hall: Server, path: str) -> None:
    """I10"""
    status, body = raw_request(hall, "GET", path.format(code=hall.code))

    assert status in (400, 404, 414, 303)
    if status == 303:
        assert path.startswith("/plan/")
    assert b"flit_core" not in body
    assert b"root:" not in body
    assert len(body) < 30_000


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"]
)
@pytest.mark.parametrize(
    "path", ["/", "/e/{code}", "/e/{code}/dots", "/static/x/css/base.css", "/plan"]
)
def test_wrong_methods_are_refused(hall: Server, method: str, path: str) -> None:
    """I10"""
    status, _ = raw_request(hall, method, path.format(code=hall.code))

    assert 400 <= status < 500


def raw_request(server: Server, method: str, path: str) -> tuple[int, bytes]:
    """Without a client library that would tidy the path up."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        deadline = time.monotonic() + 10
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
            assert time.monotonic() < deadline
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


HUGE = [2**31, 2**63, 2**70, -(2**63) - 1, -1]


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("scene", {"scene": "island", "island": "{n}"}),
        ("scene", {"scene": "harvest", "island": "{n}"}),
        ("clock", {"remaining_s": "{n}"}),
        ("cards/none/approval", {"version": "{n}"}),
        ("cards/none/correction", {"version": "{n}", "text": "a"}),
        ("words/none/hiding", {"version": "{n}"}),
    ],
)
def test_a_number_of_any_size_at_the_desk_is_never_our_fault(
    hall: Server, path: str, fields: dict[str, str], number: int
) -> None:
    sent = {name: value.format(n=number) for name, value in fields.items()}

    answer = hall.desk().post(f"/moderate/{hall.code}/{path}", data=sent)

    assert answer.status_code in (404, 422)
    assert hall.live()["scene"] == {"name": "overview", "island": None}


@pytest.mark.parametrize("number", HUGE)
def test_a_number_of_any_size_in_a_planners_address_is_not_found(hall: Server, number: int) -> None:
    planner = hall.planner()

    answers = [
        planner.get(f"/plan/events/{hall.event}/codes/{number}.svg"),
        planner.post(f"/plan/events/{hall.event}/invitations/{number}/revocation"),
        planner.get(f"/e/{hall.code}/{number}"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("phase", {}),
        ("phase", {"phase": "party"}),
        ("scene", {"scene": "moon"}),
        ("clock", {"running": "maybe"}),
        ("curtain", {"curtain": ""}),
        ("pause", {"paused": "\x00"}),
        ("reveal", {"revealed": "1"}),
        ("rehearsal", {"rehearsal": "x"}),
        ("rehearsal", {"rehearsal": "no", "keep": "x"}),
        ("cards/none/burning", {"version": "1"}),
        ("cards/none/approval", {}),
        ("cards/%00/approval", {"version": "1"}),
        ("words/none/approval", {"version": "eins"}),
    ],
)
def test_what_does_not_fit_at_the_desk_is_refused_and_changes_nothing(
    hall: Server, path: str, fields: dict[str, str]
) -> None:
    desk = hall.desk(headers=JSON)
    before = hall.live()["version"]

    answer = desk.post(f"/moderate/{hall.code}/{path}", data=fields)

    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert hall.live()["version"] == before


def test_at_the_desk_nothing_is_done_for_those_outside(hall: Server) -> None:
    before = hall.live()["version"]
    acts = [
        ("phase", {"phase": "closed"}),
        ("scene", {"scene": "join"}),
        ("clock", {"running": "yes"}),
        ("curtain", {"curtain": "yes"}),
        ("pause", {"paused": "yes"}),
        ("reveal", {"revealed": "no"}),
        ("rehearsal", {"rehearsal": "yes"}),
        ("cards/none/approval", {"version": "1"}),
        ("cards/none/correction", {"version": "1", "text": "a"}),
        ("words/none/hiding", {"version": "1"}),
    ]

    statuses = {
        who.post(f"/moderate/{hall.code}/{path}", data=fields).status_code
        for who in (hall.client(), hall.phone())
        for path, fields in acts
    }

    assert statuses == {403}
    assert hall.live()["version"] == before
