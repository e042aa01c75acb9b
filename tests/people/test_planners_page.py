"""Several planners: they add each other, give new links, and the last one stays."""

import pytest

from app.database import Database
from app.errors import NotOpen, Unknown
from app.people.planners import (
    add_planner,
    hash_password,
    listed_planners,
    remove_planner,
    renew_link,
    set_password,
)
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import PLANNERS_PASSWORD, Server

FIRST = "Planung"  # whom the first start made a link for that nobody has used here


def links_in(page: Page) -> list[str]:
    """Of those who have not set a password since they got one, by name."""
    return [of["value"] or "" for _, of in page.tags if of.get("class") == "link"]


def test_a_planner_adds_another_who_comes_in_by_the_link(start_server: StartServer) -> None:
    server = start_server()
    ada = server.planner("Ada")
    ada.follow_redirects = True

    people = Page(Page(ada.get("/plan/people")).form("/plan/people").submit(ada, name="Bo"))
    link, links_of_first = links_in(people)[0], links_in(people)[1:]
    bo = server.client(follow_redirects=True)
    plan = Page(bo.get(link)).form(link.rsplit("/", 1)[1]).submit(bo, password=PLANNERS_PASSWORD)

    assert link.startswith(f"{server.address}/set-up/")
    assert (plan.status_code, plan.url.path) == (200, "/plan")
    assert links_in(Page(ada.get("/plan/people"))) == links_of_first
    assert FIRST in people.text


def test_a_removed_planner_is_out_at_once(start_server: StartServer) -> None:
    server = start_server()
    ada, bo = server.planner("Ada"), server.planner("Bo")
    ada.follow_redirects = True
    removals = Page(ada.get("/plan/people")).all("/removal")
    assert len(removals) == 3

    removals[1].submit(ada)

    assert bo.get("/plan").status_code == 303
    wrong = server.client().post("/sign-in", data={"name": "Bo", "password": PLANNERS_PASSWORD})
    assert wrong.status_code == 403
    assert len(Page(ada.get("/plan/people")).all("/removal")) == 1, f"only {FIRST} may go"
    last = ada.post(removals[0].action)
    assert (last.status_code, ada.get("/plan").status_code) == (409, 200)


def test_signing_out_everywhere_ends_every_session_of_one_planner_only(
    start_server: StartServer,
) -> None:
    """S06"""
    server = start_server()
    laptop, other = server.planner("Ada"), server.planner("Bo")
    phone, tablet = server.client(), server.client()
    for browser in (phone, tablet):
        come_in = {"name": "Ada", "password": PLANNERS_PASSWORD}
        assert browser.post("/sign-in", data=come_in).status_code == 303

    tablet.post("/sign-out")
    assert [each.get("/plan").status_code for each in (laptop, phone, tablet)] == [200, 200, 303]
    form = Page(laptop.get("/plan/people")).all("/sign-out")[-1]
    form.submit(laptop, "yes")

    assert [each.get("/plan").status_code for each in (laptop, phone, other)] == [303, 303, 200]


def test_signing_in_again_ends_the_session_before(hall: Server) -> None:
    """S06: the old cookie, perhaps somebody else's by now, is worth nothing."""
    browser = hall.planner("Zoe")
    before = browser.cookies["planner"]

    browser.post("/sign-in", data={"name": "Zoe", "password": PLANNERS_PASSWORD})

    assert browser.cookies["planner"] != before
    assert hall.client(cookies={"planner": before}).get("/plan").status_code == 303
    assert browser.get("/plan").status_code == 200


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_that_is_none_is_refused_on_the_page(hall: Server, name: str) -> None:
    answer = hall.planner("Ada").post("/plan/people", data={"name": name})

    assert answer.status_code == 422
    assert len(Page(answer).all("/plan/people")) == 1


def test_only_who_can_sign_in_counts_as_somebody_left(database: Database) -> None:
    token = database.write(add_planner, "Ada").removeprefix("/set-up/")
    database.write(set_password, token, hash_password(PLANNERS_PASSWORD))
    database.write(add_planner, "Bo")

    with pytest.raises(NotOpen):
        database.write(remove_planner, 1)
    with pytest.raises(Unknown):
        database.write(remove_planner, 7)
    with pytest.raises(Unknown):
        database.write(renew_link, 7)
    database.write(renew_link, 1)
    with database.read() as session:
        listed = listed_planners(session)
    assert [(one.name, one.has_password, one.link is None, one.may_go) for one in listed] == [
        ("Ada", True, False, False),
        ("Bo", False, False, True),
    ]
    database.write(remove_planner, 2)
