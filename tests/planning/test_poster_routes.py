"""The kit over HTTP: for planners only, and a download that changes nothing."""

from io import BytesIO

import httpx
import pypdf
import pytest
from sqlmodel import select

from app.people.models import Invitation
from app.planning.models import Event
from tests.running import Server


@pytest.fixture(scope="module")
def planner(hall: Server) -> httpx.Client:
    return hall.planner()


def pages_of(answer: httpx.Response) -> int:
    assert answer.headers["content-type"] == "application/pdf"
    return len(pypdf.PdfReader(BytesIO(answer.content)).pages)


def invitations(hall: Server) -> int:
    with hall.reading() as session:
        return len(session.exec(select(Invitation)).all())


def test_a_stranger_is_shown_the_way_in(hall: Server) -> None:
    answer = hall.client().get(f"/plan/events/{hall.event}/posters.pdf")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_the_usual_kit_has_everything_but_the_invitations(
    hall: Server, planner: httpx.Client
) -> None:
    """F04, for the file's name."""
    before = invitations(hall)

    answer = planner.get(f"/plan/events/{hall.event}/posters.pdf")

    assert pages_of(answer) == 1 + 12 + 12 + 12 + 1 + 1
    assert answer.headers["cache-control"] == "no-store"
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="{hall.event}-posters.pdf"'
    )
    assert invitations(hall) == before


def test_the_form_makes_what_invitations_are_missing_and_remembers_the_network(
    hall: Server, planner: httpx.Client
) -> None:
    fields = {
        "size": "a3",
        "parts": ["wifi", "invitations"],
        "wifi_name": " Rathaus ",
        "wifi_password": "geheim",
    }
    for _ in range(2):
        answer = planner.post(f"/plan/events/{hall.event}/posters", data=fields)

    assert answer.status_code == 303
    assert answer.headers["location"] == (
        f"/plan/events/{hall.event}/posters.pdf?size=a3&parts=wifi&parts=invitations"
    )
    assert pages_of(planner.get(answer.headers["location"])) == 1 + 4
    with hall.reading() as session:
        event = session.exec(select(Event)).one()
        assert (event.wifi_name, event.wifi_password) == ("Rathaus", "geheim")
        invited = session.exec(select(Invitation.role, Invitation.island_number)).all()
    assert sorted(number for role, number in invited if role == "host") == list(range(1, 13))
    assert [role for role, _ in invited if role == "moderator"] == ["moderator"]


@pytest.mark.parametrize("name", ["Rat\u0000haus", "Rathaus\nSaal", "\u202eRathaus", "R" * 33])
def test_a_network_that_no_file_could_name_is_refused(
    hall: Server, planner: httpx.Client, name: str
) -> None:
    answer = planner.post(f"/plan/events/{hall.event}/posters", data={"wifi_name": name})

    assert answer.status_code == 422
    assert planner.get(f"/plan/events/{hall.event}/plan.toml").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [("?size=a5", 422), ("?parts=nothing", 422), ("?parts=event&size=a3", 200)],
)
def test_only_what_there_is_can_be_chosen(
    hall: Server, planner: httpx.Client, query: str, status: int
) -> None:
    answer = planner.get(f"/plan/events/{hall.event}/posters.pdf{query}")

    assert answer.status_code == status


def test_an_unknown_event_has_no_posters(hall: Server, planner: httpx.Client) -> None:
    assert planner.get("/plan/events/nowhere/posters.pdf").status_code == 404
    assert planner.post("/plan/events/nowhere/posters").status_code == 404


def test_a_network_that_is_no_text_is_refused_and_the_plan_stays_readable(
    hall: Server, planner: httpx.Client
) -> None:
    fields = {"parts": "wifi", "wifi_name": "Rat\x07haus", "wifi_password": ""}

    answer = planner.post(f"/plan/events/{hall.event}/posters", data=fields)

    assert answer.status_code == 422
    assert planner.get(f"/plan/events/{hall.event}/plan.toml").status_code == 200
