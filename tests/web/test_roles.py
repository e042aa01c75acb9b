"""S04, S03: who may do what, on every route there is; the README's table is what is tested."""

import re
import sqlite3
from typing import Any

import httpx
import pytest

from app.database import Database
from app.people.invitations import INVITATION_KEY, link_to
from app.people.models import Invitation, Role
from app.settings import Settings
from tests.phones import Refused, socket_to
from tests.running import EXAMPLE, PLANNERS_PASSWORD, Server, finish
from tests.web.routes import README, ROLES, documented, routes_of_the_app, row

DOCUMENTED = documented()
OTHERS = {"foreign moderator": "attendee", "foreign host": "attendee"}  # treated like whom
VALUES = {
    "number": "1",
    "place": "1",
    "kind": "svg",
    "name": "dots.csv",
    "act": "approval",
    "id": "none",
    "item_id": "none",
    "card_id": "none",
    "photo_id": "none",
    "group_id": "none",
    "question": "none",
    "offer": "none",
    "path": "x/css/base.css",
}
"""What stands in an address for `{number}`, and so on; `{code}`, `{key}` and `{token}` are the event's."""
ELSEWHERE = {
    "POST /plan/events/{key}/invitations/{number}/revocation": {"number": "999999"},  # nobody's
    "POST /plan/people/{number}/removal": {"number": "999999"},
}
"""Where an address needs another value, so that walking on is possible."""
FIELDS: dict[str, dict[str, str]] = {
    "POST /sign-in": {"name": "Ada", "password": PLANNERS_PASSWORD},  # else nobody may
}
"""What is posted; nothing, elsewhere: whoever may come in is told what is missing, and nothing happens."""


class Hall:
    """A server with two events, and somebody of each role."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.plan = EXAMPLE.read_text("utf-8")
        other = self.plan.replace('key = "mitte-styrum-2023"', 'key = "another"', 1)
        self.other_code = server.ask("import", plan=other, rehearsal=False)["code"]
        planner = server.planner("Ada")
        self.cookies = {
            "attendee": self._cookie(server.client()),
            "planner": self._cookie(planner),
            "moderator": self._invited(server.event, Role.moderator, None),
            "host": self._invited(server.event, Role.host, 1),
            "foreign moderator": self._invited("another", Role.moderator, None),
            "foreign host": self._invited(server.event, Role.host, 2),
        }
        self.client = server.client()
        self.set_up = server.ask("planner add", name="Bo")["link"]
        self.invite = server.ask("invite", event=server.code, role="moderator", island=None)["link"]

    def _cookie(self, client: httpx.Client) -> str:
        """Everybody is an attendee, too."""
        client.get(f"/e/{self.server.code}").raise_for_status()
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)

    def _invited(self, event: str, role: Role, island: int | None) -> str:
        with sqlite3.connect(self.server.data / "worldcafe.db", timeout=10) as rows:
            (key,) = rows.execute(
                "SELECT value FROM secret WHERE name = ?", (INVITATION_KEY,)
            ).fetchone()
            (id,) = rows.execute(
                "INSERT INTO invitation (event_id, role, island_number)"
                " SELECT id, ?, ? FROM event WHERE key = ? RETURNING id",
                (role, island, event),
            ).fetchone()
        invitation = Invitation(id=id, event_id=0, role=role)
        client = self.server.client()
        assert client.post(link_to(invitation, key)).status_code == 303
        return self._cookie(client)

    def address(self, route: str) -> str:
        """With everything filled in that stands in braces."""
        path = route.split(" ")[1]
        link = self.set_up if path.startswith("/set-up") else self.invite
        values = VALUES | ELSEWHERE.get(route, {})
        values |= {"code": self.server.code, "key": self.server.event}
        values["token"] = link.rsplit("/", 1)[1]
        unknown = set(re.findall(r"{(\w+)}", path)) - values.keys()
        assert not unknown, (
            f"{route}: say in VALUES (tests/web/test_roles.py) what {unknown} may be"
        )
        return path.format(**values)

    def may(self, role: str, route: str) -> bool:
        """Whether the program lets this role in; what it then says of missing fields is no matter."""
        method, cookie = route.split(" ", maxsplit=1)[0], self.cookies[role]
        if method == "WS":
            return finish(self._handshake(self.address(route), cookie))
        self.client.cookies.clear()
        answer = self.client.request(
            method, self.address(route), data=FIELDS.get(route), headers={"cookie": cookie}
        )
        assert answer.status_code < 500, (role, route, answer.text)
        assert answer.status_code != 405, (role, route)
        is_shown_out = method == "GET" and answer.headers.get("location") == "/sign-in"
        return answer.status_code != 403 and not is_shown_out

    async def _handshake(self, path: str, cookie: str) -> bool:
        try:
            async with socket_to(self.server.port, path, Cookie=cookie):
                return True
        except Refused:
            return False


@pytest.fixture(scope="module")
def house(hall: Server) -> Hall:
    return Hall(hall)


@pytest.fixture
def routes(database: Database, tmp_path: Any) -> list[str]:
    return routes_of_the_app(database, Settings(data=tmp_path))


def in_order(routes: Any) -> list[str]:
    """Signing in or out ends the session that all others need."""
    return sorted(routes, key=lambda route: (route.endswith(("/sign-in", "/sign-out")), route))


def test_every_route_has_its_row_and_every_row_its_route(house: Hall, routes: list[str]) -> None:
    """S04"""
    missing = [route for route in in_order(routes) if route not in DOCUMENTED]
    proposed = [row(route, {role: house.may(role, route) for role in ROLES}) for route in missing]
    gone = sorted(DOCUMENTED.keys() - set(routes))

    assert not missing, (
        f"{README.name}, “Who may do what”: {len(missing)} routes have no row. This is how the program"
        " answers now; if that is right, add:\n" + "\n".join(proposed)
    )
    assert not gone, f"{README.name}, “Who may do what”: there is no route any more for {gone}"


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_do_what_the_readme_says_and_nothing_else(house: Hall, role: str) -> None:
    """S04"""
    said = {route: DOCUMENTED[route][role] for route in DOCUMENTED}

    done = {route: house.may(role, route) for route in in_order(DOCUMENTED)}

    assert done == said


@pytest.mark.parametrize("role", OTHERS)
def test_an_invitation_elsewhere_opens_nothing_here(house: Hall, role: str) -> None:
    """S01, S04: a moderator of another event, and the host of another island."""
    said = {route: DOCUMENTED[route][OTHERS[role]] for route in DOCUMENTED}

    done = {route: house.may(role, route) for route in in_order(DOCUMENTED)}

    assert done == said


def test_no_page_of_another_site_changes_anything_anywhere(house: Hall) -> None:
    """S03: as somebody who may do everything, with all cookies, on every unsafe route."""
    cookie = "; ".join(house.cookies.values())
    unsafe = [route for route in DOCUMENTED if route.split(" ")[0] not in ("GET", "WS")]
    before = rows_of(house.server)

    statuses = {}
    for route in unsafe:
        house.client.cookies.clear()
        for name, value in {
            "origin": "https://evil.example",
            "sec-fetch-site": "cross-site",
        }.items():
            answer = house.client.post(
                house.address(route),
                data=FIELDS.get(route),
                headers={"cookie": cookie, name: value},
            )
            statuses[route, name] = answer.status_code

    assert set(statuses.values()) == {403}, statuses
    assert len(statuses) == 2 * len(unsafe) > 40
    assert rows_of(house.server) == before


def rows_of(server: Server) -> list[str]:
    """The whole database."""
    rows = sqlite3.connect(server.data / "worldcafe.db", timeout=10)
    try:
        return list(rows.iterdump())
    finally:
        rows.close()
