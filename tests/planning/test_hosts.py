"""Every island's host has an invitation, made once and shown as often as it is wanted."""

import pytest
from sqlmodel import Session

from app.database import Database
from app.errors import NotAcceptable
from app.people.invitations import invite, revoke
from app.people.models import Role
from app.planning.hosts import host_invitations, invite_host, invite_hosts
from app.planning.models import Event, Island
from tests.forms import Page
from tests.running import Server


def invited(database: Database, event: Event) -> dict[int, int | None]:
    with database.read() as session:
        return {number: row.id for number, row in host_invitations(session, event).items()}


def test_every_island_gets_one_invitation_however_often_it_is_asked_for(
    database: Database, event: Event
) -> None:
    database.write(invite_host, event, 3)
    (third,) = invited(database, event).values()

    for _ in range(2):
        database.write(invite_hosts, event)

    made = invited(database, event)
    assert sorted(made) == list(range(1, 13))
    assert len(set(made.values())) == 12
    assert made[3] == third


def test_a_revoked_one_is_made_anew_and_a_retired_island_has_none(
    database: Database, event: Event
) -> None:
    def change(session: Session) -> None:
        revoke(session, host_invitations(session, event)[1])
        session.get_one(Island, (event.id, 12)).is_retired = True

    database.write(invite_hosts, event)
    first = invited(database, event)[1]
    database.write(change)
    with pytest.raises(NotAcceptable):
        database.write(invite_host, event, 12)

    database.write(invite_hosts, event)

    assert invited(database, event)[1] not in (first, None)


def test_a_moderator_is_no_host(database: Database, event: Event) -> None:
    assert event.id is not None
    database.write(invite, event.id, Role.moderator, None)

    assert invited(database, event) == {}


def test_a_planner_prints_a_ticket_for_every_island(hall: Server) -> None:
    planner = hall.planner("Tove")
    planner.follow_redirects = True
    path = f"/plan/events/{hall.event}/hosts"
    assert path in Page(planner.get(f"/plan/events/{hall.event}")).links
    empty = Page(planner.get(path))

    made = Page(empty.form("/hosts").submit(planner))

    links = [tag["value"] for name, tag in made.tags if tag.get("class") == "link"]
    codes = [tag["aria-label"] for name, tag in made.tags if tag.get("role") == "img"]
    assert len(links) == 12
    assert codes == links
    assert made.all("/hosts") == [], "none is missing"
    one = hall.client()
    assert one.post(str(links[6])).headers["location"] == f"/host/{hall.code}/7"
    moderators = Page(planner.get(f"/plan/events/{hall.event}")).all("/revocation")
    assert len(moderators) == 1, "the one that the server's start printed, and no host's"


def test_the_tickets_are_for_planners(hall: Server) -> None:
    path = f"/plan/events/{hall.event}/hosts"

    people = (hall.client(), hall.phone(), hall.desk())

    assert [who.get(path).status_code for who in people] == [303, 303, 303]
    assert [who.post(path).status_code for who in people] == [403, 403, 403]


def test_nobody_is_invited_to_a_sealed_event(server: Server) -> None:
    server.enter("closed")
    planner = server.planner()
    address = f"/plan/events/{server.event}"
    assert planner.post(f"{address}/sealing").status_code == 303

    refused = [planner.post(f"{address}/{path}") for path in ("invitations", "hosts")]

    assert [answer.status_code for answer in refused] == [409, 409]
    for path in (address, f"{address}/hosts"):
        assert "alle Einladungen haben geendet" in Page(planner.get(path)).text
