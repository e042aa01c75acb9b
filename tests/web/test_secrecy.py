"""S10: no log, no page of an error and no exported file holds a token, a cookie, a password or an address of
anybody; S08: nor does any page hold what a stranger's header says."""

import re
import sqlite3
from pathlib import Path

import httpx
import pytest

from app.results.files import RESULT_FILES
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import PLANNERS_PASSWORD, Server

PHONES_ADDRESS = "203.0.113.77"  # TEST-NET-3 (RFC 5737), as a proxy would say it
FROM_A_PROXY = {
    "x-forwarded-for": PHONES_ADDRESS,
    "x-real-ip": PHONES_ADDRESS,
    "forwarded": f"for={PHONES_ADDRESS};host=evil.example;proto=https",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "user-agent": "Very special phone 4711",
}


def test_a_whole_evening_leaves_no_token_in_logs_errors_and_exports(
    start_server: StartServer, tmp_path: Path
) -> None:
    """S10"""
    server = start_server()
    seen = Seen()
    planner = seen.client(server)
    set_up = server.ask("planner add", name="Ada")["link"]
    planner.post(set_up, data={"password": "secret battery staple"})
    planner.post("/sign-out")
    planner.post("/sign-in", data={"name": "Ada", "password": "wrong battery staple"})
    planner.post("/sign-in", data={"name": "Ada", "password": "secret battery staple"})
    planner.post(f"/plan/events/{server.event}/invitations")
    invite = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    desk = seen.client(server)
    desk.post(invite)
    desk.get(invite + "x")
    phone = seen.client(server, follow_redirects=True)
    phone.get(f"/e/{server.code}/3")
    phone.post(f"/e/{server.code}/dots", data={"offer": "streetwork", "knows": "yes"})
    card = {"island": "3", "text": "Mehr Bänke", "submission": "karte-4711"}
    assert phone.post(f"/e/{server.code}/cards", data=card).status_code == 200
    forms = Page(desk.get(f"/moderate/{server.code}")).all("/approval")
    (form,) = [form for form in forms if not form.action.endswith("/cards/approval")]
    form.submit(desk)
    wrong = [
        phone.post(f"/e/{server.code}/dots", data={"offer": "none", "knows": "yes"}),
        phone.post(f"/e/{server.code}/cards", data={"text": "x" * 2000}),
        planner.get("/plan/events/none"),
        phone.get(f"/moderate/{server.code}"),
        desk.get(invite + "x"),
        planner.get(f"/plan/events/{server.event}/nothing.csv"),
        planner.post(f"/plan/events/{server.event}/sealing", data={"confirm": "secret battery"}),
        phone.post("/sign-in", data={"name": "Ada", "password": "wrong battery staple"}),
    ]
    assert min(answer.status_code for answer in wrong) >= 403
    server.enter("closed")
    exported = tmp_path / "export"
    server.run("export", server.code, "--to", str(exported))
    files = [file.read_bytes() for file in exported.iterdir()]
    public = [
        seen.client(server).get(f"/e/{server.code}{path}").content
        for path in ("", "/results", "/live", "/live.json")
    ]
    assert len(files) == len(RESULT_FILES) + 1  # and moderation.csv

    secrets = {
        *seen.cookies(),
        set_up.rsplit("/", 1)[1],
        invite.rsplit("/", 1)[1],
        "battery staple",
        PHONES_ADDRESS,
        "Very special phone",
        "karte-4711",
        "evil.example",
    }
    assert len(secrets) >= 10
    log = server.log_text.encode()
    told = {"log": [log], "errors": [answer.content for answer in wrong], "files": files,
            "public": public}  # fmt: skip
    found = {
        (place, secret)
        for place, texts in told.items()
        for secret in secrets
        if any(secret.encode() in text for text in texts)
    }
    assert found == set()
    assert not re.search(rb"\b\d+\.\d+\.\d+\.\d+\b", log.replace(server.address.encode(), b""))


class Seen:
    """Clients as a proxy passes them on, and every cookie they ever got."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def client(self, server: Server, *, follow_redirects: bool = False) -> httpx.Client:
        return server.client(
            headers=FROM_A_PROXY,
            follow_redirects=follow_redirects,
            event_hooks={"response": [self._note]},
        )

    def cookies(self) -> set[str]:
        return self._values

    def _note(self, answer: httpx.Response) -> None:
        for cookie in answer.headers.get_list("set-cookie"):
            value = cookie.split("=", 1)[1].split(";")[0].strip('"')
            if len(value) > 10:
                self._values.add(value)


@pytest.mark.parametrize("path", ["/", "/e/{code}", "/e/{code}/3", "/e/{code}/live", "/e/{code}/live.json",
                                  "/e/{code}/results", "/sign-in", "/imprint", "/plan", "/plan/people",
                                  "/plan/events/{key}", "/plan/events/{key}/codes", "/e/ZZZZZZ",
                                  "/moderate/{code}"])  # fmt: skip
def test_no_page_says_what_a_header_of_a_stranger_says(hall: Server, path: str) -> None:
    """S08: links and codes are those of the public address, whatever Host and proxies claim."""
    planner = hall.planner()
    path = path.format(code=hall.code, key=hall.event)
    plain = planner.get(path)

    hostile = planner.get(path, headers=FROM_A_PROXY | {"host": "evil.example"})

    assert hostile.status_code == plain.status_code
    assert "evil.example" not in hostile.text + str(hostile.headers)
    assert codes_in(hostile) == codes_in(plain)


def codes_in(answer: httpx.Response) -> list[str]:
    """The pictures of QR codes."""
    return re.findall(r"<svg[^>]*>\s*<path[^>]*>.*?</svg>", answer.text, re.DOTALL)


def test_a_session_that_is_over_its_time_is_refused(start_server: StartServer) -> None:
    """S01, S06"""
    server = start_server()
    desk, planner = server.desk(), server.planner()
    assert (desk.get(f"/moderate/{server.code}").status_code, planner.get("/plan").status_code) == (
        200,
        200,
    )
    with sqlite3.connect(server.data / "worldcafe.db", timeout=10) as rows:
        rows.execute("UPDATE staff_session SET expires_at = datetime('now', '-1 second')")
    rows.close()

    refused = [desk.get(f"/moderate/{server.code}"), planner.get("/plan")]

    assert [answer.status_code for answer in refused] == [403, 303]
    assert "Bitte öffnen Sie Ihren Einladungslink." in Page(refused[0]).text
    again = {"name": "Ada", "password": PLANNERS_PASSWORD}
    assert planner.post("/sign-in", data=again).status_code == 303


def test_an_invitation_to_an_event_that_is_gone_is_refused_kindly(
    start_server: StartServer,
) -> None:
    """S01"""
    server = start_server()
    link = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    desk = server.desk()
    server.ask("shred", event=server.code)

    refused = [server.client().get(link), server.client().post(link)]

    assert [answer.status_code for answer in refused] == [403, 403]
    assert "Diese Einladung gilt nicht (mehr)." in Page(refused[0]).text
    assert desk.get(f"/moderate/{server.code}").status_code == 404
