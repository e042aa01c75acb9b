"""Signing in and out, and invitations, over HTTP."""

import pytest
from sqlmodel import select

from app.people.models import StaffSession
from tests.forms import Page
from tests.running import EXAMPLE, PLANNERS_PASSWORD, Server


def test_a_planner_sets_a_password_signs_out_and_in_again(hall: Server) -> None:
    link = hall.ask("planner add", name="Grace")["link"]
    browser = hall.client(follow_redirects=True)

    plan = (
        Page(browser.get(link))
        .form(link.rsplit("/", 1)[1])
        .submit(browser, password=PLANNERS_PASSWORD)
    )
    assert (plan.status_code, plan.url.path) == (200, "/plan")
    used = browser.get(link)
    browser.post("/sign-out")
    outside = browser.get("/plan")
    assert outside.url.path == "/sign-in"
    inside = (
        Page(outside).form("/sign-in").submit(browser, name="Grace", password=PLANNERS_PASSWORD)
    )

    assert used.status_code == 403
    assert (inside.status_code, inside.url.path) == (200, "/plan")


def test_after_signing_out_the_old_cookie_is_worth_nothing(hall: Server) -> None:
    """S06"""
    planner = hall.planner("Lin")
    stolen = dict(planner.cookies)
    assert hall.client(cookies=stolen).get("/plan").status_code == 200

    planner.post("/sign-out")

    assert hall.client(cookies=stolen).get("/plan").status_code == 303


def test_a_session_can_not_be_fixed_beforehand(hall: Server) -> None:
    """S06: signing in gives a new token, whatever cookie came along."""
    link = hall.ask("planner add", name="Mei")["link"]
    browser = hall.client(cookies={"planner": "chosen-by-somebody-else"})

    answer = browser.post(link, data={"password": PLANNERS_PASSWORD})

    assert answer.status_code == 303
    assert answer.headers["set-cookie"].startswith("planner=")
    assert (
        hall.client(cookies={"planner": "chosen-by-somebody-else"}).get("/plan").status_code == 303
    )
    attributes = answer.headers["set-cookie"].lower().split("; ")[1:]
    assert {"httponly", "samesite=lax", "path=/"} <= set(attributes)


def test_a_short_password_is_refused_with_the_form(hall: Server) -> None:
    link = hall.ask("planner add", name="Joy")["link"]
    browser = hall.client()

    refused = browser.post(link, data={"password": "short"})

    assert refused.status_code == 422
    assert "planner" not in browser.cookies
    assert len([form for form in Page(refused).forms if "password" in form.fields]) == 1


@pytest.mark.parametrize(("name", "password"), [("Ada", "wrong-wrong"), ("nobody", "wrong-wrong")])
def test_a_wrong_sign_in_says_the_same_for_known_and_unknown_names(
    hall: Server, name: str, password: str
) -> None:
    """S05"""
    hall.planner("Ada")

    answer = hall.client().post("/sign-in", data={"name": name, "password": password})

    assert answer.status_code == 403
    assert "Name oder Passwort stimmt nicht." in Page(answer).text
    assert password not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/plan",
        "/plan/events/{event}",
        "/plan/events/{event}/dots.csv",
        "/plan/events/{event}/codes",
        "/plan/events/{event}/codes/1.svg",
    ],
)
def test_the_planners_pages_are_for_planners(hall: Server, path: str) -> None:
    path = path.format(event=hall.event)

    statuses = [
        who.get(path).status_code
        for who in (hall.client(), hall.phone(), hall.desk(), hall.planner())
    ]

    assert statuses == [303, 303, 303, 200]


def test_an_invitation_is_looked_at_freely_and_begins_with_its_button(hall: Server) -> None:
    link = hall.ask("invite", event=hall.code, role="moderator", island=None)["link"]
    first, second = hall.client(follow_redirects=True), hall.client(follow_redirects=True)

    looked = [first.get(link) for _ in range(3)]
    assert [answer.status_code for answer in looked] == [200] * 3
    assert first.get(f"/moderate/{hall.code}").status_code == 403
    token = link.rsplit("/", 1)[1]
    for browser in (first, second):
        desk = Page(browser.get(link)).form(token).submit(browser)
        assert (desk.status_code, desk.url.path) == (200, f"/moderate/{hall.code}")


@pytest.mark.parametrize("forge", [lambda t: t + "x", lambda t: "2" + t[1:], lambda t: t.split(".")[0],
                                   lambda t: "x.y", lambda t: "%00", lambda t: "9" * 4000])  # fmt: skip
def test_a_forged_invitation_is_refused_without_a_reason(hall: Server, forge: object) -> None:
    """S01"""
    link = hall.ask("invite", event=hall.code, role="moderator", island=None)["link"]
    assert callable(forge)
    forged = "/invite/" + forge(link.rsplit("/", 1)[1])

    answers = [hall.client().get(forged), hall.client().post(forged)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "planner" not in str([answer.headers.get("set-cookie") for answer in answers])


def test_a_revoked_invitation_ends_its_sessions(hall: Server) -> None:
    planner = hall.planner("Nina")
    page = Page(planner.get(f"/plan/events/{hall.event}"))
    before = {form.action for form in page.all("/revocation")}
    link = hall.ask("invite", event=hall.code, role="moderator", island=None)["link"]
    desk = hall.client()
    assert desk.post(link).status_code == 303
    assert desk.get(f"/moderate/{hall.code}").status_code == 200
    page = Page(planner.get(f"/plan/events/{hall.event}"))
    (new,) = [form for form in page.all("/revocation") if form.action not in before]

    assert new.submit(planner).status_code == 303

    assert desk.get(f"/moderate/{hall.code}").status_code == 403
    again = [hall.client().get(link), hall.client().post(link)]
    assert [answer.status_code for answer in again] == [403, 403]
    assert [answer.headers.get("set-cookie") for answer in again] == [None, None]


def test_a_session_opens_nothing_else_under_another_cookie_s_name(hall: Server) -> None:
    """S01: what a browser says its cookie is called proves nothing."""
    plan = EXAMPLE.read_text("utf-8").replace('"mitte-styrum-2023"', '"another"', 1)
    other = hall.ask("import", plan=plan, rehearsal=False)["code"]
    tokens = {}
    for role, island in (("moderator", None), ("host", 1)):
        invited = hall.client()
        link = hall.ask("invite", event=hall.code, role=role, island=island)["link"]
        assert invited.post(link).status_code == 303
        (tokens[role],) = invited.cookies.values()
    tokens["planner"] = hall.planner("Zoe").cookies["planner"]

    def opens(path: str, cookie: str, role: str) -> bool:
        answer = hall.client().get(path, headers={"cookie": f"{cookie}={tokens[role]}"})
        return answer.status_code == 200

    own = {
        "moderator": (f"/moderate/{hall.code}", f"desk-{hall.code}"),
        "host": (f"/host/{hall.code}/1", f"host-{hall.code}-1"),
        "planner": ("/plan", "planner"),
    }
    elsewhere = (
        (f"/moderate/{other}", f"desk-{other}"),
        (f"/host/{other}/1", f"host-{other}-1"),
        (f"/host/{hall.code}/2", f"host-{hall.code}-2"),
    )

    for role, (path, cookie) in own.items():
        assert opens(path, cookie, role)
        doors = [*elsewhere, *(door for one, door in own.items() if one != role)]
        assert [door for door in doors if opens(*door, role)] == [], role


def test_the_database_knows_sessions_only_as_hashes(hall: Server) -> None:
    planner = hall.planner("Olga")
    token = planner.cookies["planner"]

    with hall.reading() as session:
        ids = list(session.exec(select(StaffSession.id)))

    assert all(len(each) == 32 and token.encode() not in each for each in ids)
