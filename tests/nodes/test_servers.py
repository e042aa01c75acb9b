"""Two server processes on one PostgreSQL: whoever asks whichever, it is one café."""

from collections import Counter

from sqlmodel import select

from app.planning.models import Offer
from tests.forms import Page
from tests.running import Server, until


def dots_of(node: Server) -> Counter[tuple[str, str]]:
    return Counter(
        {
            (offer["key"], knows): offer[knows]
            for island in node.live()["islands"]
            for offer in island["offers"]
            for knows in ("yes", "no")
            if offer[knows]
        }
    )


def test_a_phone_that_changes_the_node_with_every_request_is_one_device(
    two_nodes: list[Server],
) -> None:
    """No sticky sessions: cookie, dots, cards and their withdrawal work everywhere."""
    first, second = two_nodes
    code, phone = first.code, first.phone()
    there = second.client(cookies=phone.cookies)
    json = {"accept": "application/json"}
    before = [node.live()["devices"] for node in two_nodes]

    for client, knows in ((phone, "yes"), (there, "no"), (phone, "withdraw"), (there, "yes")):
        dot = {"offer": "umweltberatung", "knows": knows}
        assert client.post(f"/e/{code}/dots", data=dot, headers=json).status_code == 200
    card = {"island": "1", "text": "Mehr Bänke", "submission": "c1"}
    answers = [
        client.post(f"/e/{code}/cards", data=card, headers=json).json()
        for client in (phone, there, phone)
    ]

    assert answers == [{"status": "received", "submission": "c1", "state": "waiting"}] * 3
    assert dots_of(first) == dots_of(second)
    assert dots_of(first)["umweltberatung", "yes"] == 1
    assert [node.live()["devices"] for node in two_nodes] == [count + 1 for count in before]
    withdrawn = there.post(f"/e/{code}/cards/c1/withdrawal", headers=json).json()
    assert withdrawn["state"] == "withdrawn"


def test_a_moderator_at_one_node_steers_the_walls_of_both(two_nodes: list[Server]) -> None:
    first, second = two_nodes
    desk = first.desk()
    answer = second.client(cookies=desk.cookies).get(f"/moderate/{first.code}")
    assert answer.status_code == 200, "the session is known everywhere"

    desk.post(f"/moderate/{first.code}/curtain", data={"curtain": "yes"})

    assert [node.live()["curtain"] for node in two_nodes] == [True, True]
    desk.post(f"/moderate/{first.code}/curtain", data={"curtain": "no"})
    assert [node.live()["curtain"] for node in two_nodes] == [False, False]


def test_a_command_reaches_every_node_without_knowing_any(two_nodes: list[Server]) -> None:
    for phase in ("cloud", "cafe"):
        two_nodes[0].enter(phase)

        until(lambda: [node.live()["phase"] for node in two_nodes] == [phase] * 2)  # noqa: B023


def test_a_plan_that_changed_on_one_node_is_known_to_the_other(two_nodes: list[Server]) -> None:
    """Its directory of offers forgets what it knew."""
    first, second = two_nodes
    phones = [node.phone(headers={"accept": "application/json"}) for node in two_nodes]
    with first.reading() as session:
        key, island = session.exec(select(Offer.key, Offer.island_number)).all()[0]
    dot = {"offer": key, "knows": "yes"}
    for phone in phones:
        assert phone.post(f"/e/{first.code}/dots", data=dot).status_code == 200
    planner = first.planner()

    page = Page(planner.get(f"/plan/events/{first.event}/islands/{island}"))
    retired = page.form(f"/offers/{key}/retirement").submit(planner)
    assert retired.status_code == 303, retired.text

    def answers() -> list[int]:
        return [phone.post(f"/e/{first.code}/dots", data=dot).status_code for phone in phones]

    until(lambda: answers() == [410, 410])
    assert second.live()["islands"] == first.live()["islands"]


def test_a_command_on_a_file_is_refused_in_one_line(two_nodes: list[Server]) -> None:
    """There is no file of ours to copy: the line says what to use instead."""
    node = two_nodes[0]

    for arguments in (("backup",), ("restore", str(node.log))):
        done = node.run(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "Die Daten liegen auf einem Datenbankserver: Bitte dort sichern und zurückholen"
            " (pg_dump, pg_restore).\n"
        )


def test_the_check_up_asks_the_database_server(two_nodes: list[Server]) -> None:
    import json

    done = two_nodes[0].run("doctor", "--quick", "--json")

    found = {each["check"]: each["state"] for each in json.loads(done.stdout)}
    assert (found["database"], found["backup"], found["port"]) == ("green", "green", "green")
    assert found.keys().isdisjoint({"disk", "commits", "sqlite", "folder"})


def test_only_the_device_that_taps_too_fast_is_slowed(two_nodes: list[Server]) -> None:
    """L07 in short, on every node for itself."""
    code = two_nodes[0].code
    dot = {"offer": "sozialnavigator", "knows": "yes"}
    for node in two_nodes:
        hasty, calm = (node.phone(headers={"accept": "application/json"}) for _ in range(2))

        answers = [hasty.post(f"/e/{code}/dots", data=dot).status_code for _ in range(60)]
        others = [calm.post(f"/e/{code}/dots", data=dot).status_code for _ in range(5)]

        assert answers[:40] == [200] * 40
        assert set(answers) == {200, 429}
        assert others == [200] * 5
