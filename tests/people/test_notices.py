"""Imprint, privacy notice and accessibility statement: on every page, filled in by planners, and needed
where the public may come."""

import re
from pathlib import Path

import pytest

from app.database import Database
from app.errors import NotAcceptable, NotOpen
from app.people.notices import (
    NOTICES,
    missing_fields,
    read_notices,
    refuse_without_notices,
    write_notices,
)
from app.settings import Settings
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import Server, until

LINKS = ["/imprint", "/privacy", "/accessibility"]
FILLED = {
    name: {field.name: f"{name} of {field.name}" for field in fields}
    for name, fields in NOTICES.items()
}
FORM = {f"{name}.{field}": text for name, texts in FILLED.items() for field, text in texts.items()}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/e/{code}", "/e/{code}/3", "/e/ZZZZZZ", "/plan",
                                  "/plan/people", "/plan/notices", "/plan/events/{key}",
                                  "/plan/events/{key}/ending", "/moderate/{code}", *LINKS])  # fmt: skip
def test_every_page_leads_to_them(hall: Server, path: str) -> None:
    planner = hall.planner()

    page = Page(planner.get(path.format(code=hall.code, key=hall.event)))

    assert page.links[-3:] == LINKS


@pytest.mark.parametrize("path", LINKS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_planners_write_stands_there_in_both_languages(
    hall: Server, path: str, language: str
) -> None:
    planner = hall.planner()
    form = Page(planner.get("/plan/notices")).form("/plan/notices")
    assert form.fields.keys() == FORM.keys()

    assert form.submit(planner, **FORM).status_code == 303

    answer = hall.client(headers={"accept-language": language}).get(path)
    assert answer.status_code == 200
    assert answer.headers.get("set-cookie") is None, "who only reads the law is no device"
    for text in FILLED[path.strip("/")].values():
        assert text in answer.text
    assert "noch nicht angegeben" not in answer.text
    again = planner.get("/plan/notices").text
    assert [text for text in FORM.values() if text not in again] == []


def test_what_is_missing_is_said_on_the_page_and_to_planners(start_server: StartServer) -> None:
    server = start_server()
    planner = server.planner()

    assert "Hier fehlen noch Angaben." in Page(server.client().get("/imprint")).text
    needed = [field for fields in NOTICES.values() for field in fields if field.is_needed]
    assert f"{len(needed)} Angaben fehlen noch." in Page(planner.get("/plan/notices")).text


def test_markup_in_a_notice_is_text(hall: Server) -> None:
    planner = hall.planner()
    evil = "<script>alert(1)</script>\n{{ 7 * 7 }}"

    planner.post("/plan/notices", data=FORM | {"imprint.address": evil})

    page = hall.client().get("/imprint").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>{{ 7 * 7 }}" in page


def test_a_text_too_long_is_refused_and_kept_in_the_form(hall: Server) -> None:
    planner = hall.planner()
    planner.post("/plan/notices", data=FORM)

    long = planner.post("/plan/notices", data=FORM | {"imprint.body": "x" * 2001})

    assert long.status_code == 422
    assert Page(long).form("/plan/notices").fields["imprint.body"] == "x" * 2001
    assert "imprint of body" in hall.client().get("/imprint").text


@pytest.mark.parametrize("left_out", [(name, field.name) for name, fields in NOTICES.items()
                                      for field in fields if field.is_needed])  # fmt: skip
def test_every_needed_field_is_needed(database: Database, left_out: tuple[str, str]) -> None:
    name, field = left_out
    database.write(write_notices, FILLED)
    database.write(refuse_without_notices)

    database.write(write_notices, {name: {field: " \n "}})

    with database.read() as session:
        assert [(of, each.name) for of, each in missing_fields(read_notices(session))] == [left_out]
    with pytest.raises(NotOpen):
        database.write(refuse_without_notices)
    with pytest.raises(NotAcceptable):
        database.write(write_notices, {name: {field: "x" * 2001}})


def test_in_public_no_event_leaves_the_rehearsal_without_them(start_server: StartServer) -> None:
    server = start_server(rehearsal=True, public_url="http://cafe.example.org")
    desk = server.desk(headers={"accept": "application/json"})
    planner = server.planner()
    end = {"rehearsal": "no"}

    refused = desk.post(f"/moderate/{server.code}/rehearsal", data=end)
    kept = desk.post(f"/moderate/{server.code}/rehearsal", data=end | {"keep": "yes"})

    assert (refused.status_code, kept.status_code) == (409, 409)
    assert "/plan/notices" in refused.json()["title"]
    assert server.live()["rehearsal"] is True
    planner.post("/plan/notices", data=FORM)
    assert desk.post(f"/moderate/{server.code}/rehearsal", data=end).status_code == 200
    until(lambda: server.live()["rehearsal"] is False)


def test_in_public_no_event_opens_without_them_that_was_never_a_rehearsal(
    start_server: StartServer,
) -> None:
    server = start_server(phase="setup", public_url="http://cafe.example.org")
    desk = server.desk(headers={"accept": "application/json"})
    path = f"/moderate/{server.code}/phase"

    refused = [desk.post(path, data={"phase": phase}) for phase in ("cafe", "cloud", "closed")]

    assert [answer.status_code for answer in refused] == [409, 409, 409]
    assert "/plan/notices" in refused[0].json()["title"]
    assert server.live()["phase"] == "setup"
    server.planner().post("/plan/notices", data=FORM)
    assert desk.post(path, data={"phase": "cafe"}).status_code == 200


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("", False), ("http://127.0.0.1:8000", False), ("http://localhost", False),
        ("http://192.168.178.20:8000", False), ("http://10.0.0.7", False), ("http://[fd00::1]", False),
        ("http://[::1]:8000", False), ("http://cafe.local", False), ("http://cafe.fritz.box", False),
        ("http://cafe", False), ("https://cafe.oberhausen.de", True), ("https://cafe.example.org", True),
        ("http://9.9.9.9", True), ("https://[2620:fe::fe]", True),
    ],
)  # fmt: skip
def test_an_address_is_public_when_everybody_can_reach_it(
    tmp_path: Path, url: str, is_public: bool
) -> None:
    assert Settings(data=tmp_path, public_url=url).is_public is is_public


def test_the_privacy_notice_names_every_cookie_there_is(hall: Server) -> None:
    """What it says is true: the cookies' names and times are those of the program."""
    from app.people.devices import COOKIE, MAX_AGE_S
    from app.people.routes import KNOWN_FOR_S
    from app.people.sessions import MAX_AGE
    from app.web.language import COOKIE as LANGUAGE_COOKIE

    text = Page(hall.client().get("/privacy")).text

    assert re.findall("„([a-z]+)“", text) == [COOKIE, LANGUAGE_COOKIE]
    assert f"höchstens {MAX_AGE_S // 3600} Stunden" in text
    assert f"höchstens {int(MAX_AGE.total_seconds()) // 3600} Stunden" in text
    assert f"{KNOWN_FOR_S // 86400} Tage" in text
