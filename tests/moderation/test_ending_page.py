"""The planner's page for afterwards, on a running server with an evening in it."""

from typing import Any

from app.results.files import RESULT_FILES
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import Server, until

JSON = {"accept": "application/json"}
OFFERS = ("streetwork", "umweltberatung", "ehrenamtskarte")


def spend(server: Server) -> list[Any]:
    """Phones that answered, wrote cards (one waits, one was hidden) and words; then it is closed."""
    server.enter("cloud")
    phones = [server.phone(headers=JSON) for _ in range(4)]
    for index, phone in enumerate(phones):
        for place, offer in enumerate(OFFERS):
            knows = "yes" if (index + place) % 2 else "no"
            phone.post(f"/e/{server.code}/dots", data={"offer": offer, "knows": knows})
        card = {"island": "1", "text": f"Vorschlag {index}", "submission": "first"}
        assert phone.post(f"/e/{server.code}/cards", data=card).status_code == 200
        for word in ("gut", "Aufbruch" if index else "na ja"):
            phone.post(f"/e/{server.code}/words", data={"text": word})
    desk = server.desk()
    for _ in range(3):
        forms = Page(desk.get(f"/moderate/{server.code}")).all("/approval")
        next(form for form in forms if "/cards/" in form.action).submit(desk)
    until(lambda: len(server.live()["cards"]) == 3)
    hidden = server.live()["cards"][0]["id"]
    page = Page(desk.get(f"/moderate/{server.code}"))
    assert page.form(f"/cards/{hidden}/hiding").submit(desk).status_code == 303
    server.enter("closed")
    return [*phones, desk]


def shown(server: Server, planner: Any) -> dict[str, Any]:
    files = {
        name: planner.get(f"/plan/events/{server.event}/{name}").content for name in RESULT_FILES
    }
    public = Page(server.client().get(f"/e/{server.code}/results")).text
    return files | {"wall": server.live() | {"version": 0, "phones": 0}, "public": public}


def test_sealing_ends_everything_and_changes_no_number(start_server: StartServer) -> None:
    server = start_server(limits=False)
    *phones, desk = spend(server)
    planner = server.planner()
    until(lambda: len(server.live()["cloud"]) == 3, within_s=20)
    until(lambda: len(server.live()["cards"]) == 2)
    before, version = shown(server, planner), server.live()["version"]
    assert (before["wall"]["devices"], before["wall"]["totals"]["cards"]) == (4, 2)
    path = f"/plan/events/{server.event}"
    page = Page(planner.get(f"{path}/ending"))
    assert "1 Karte wartet noch auf eine Entscheidung." in page.text

    wrong = page.form("/sealing").submit(planner, confirm="ZZZZZZ")
    assert (wrong.status_code, len(Page(wrong).all("/sealing"))) == (422, 1)
    done = page.form("/sealing").submit(planner, confirm=server.code.lower())

    assert (done.status_code, done.headers["location"]) == (303, f"{path}/ending")
    until(lambda: server.live()["version"] > version)
    assert shown(server, planner) == before
    after = Page(planner.get(f"{path}/ending"))
    assert (after.all("/sealing"), "Versiegelt am" in after.text) == ([], True)
    assert desk.get(f"/moderate/{server.code}").status_code == 403
    again = planner.post(f"/moderate/{server.code}/phase", data={"phase": "cafe"}, headers=JSON)
    assert again.status_code == 409
    for phone in phones:
        card = {"island": "1", "text": "Noch etwas", "submission": "first"}
        sent = [
            phone.post(f"/e/{server.code}/dots", data={"offer": OFFERS[0], "knows": "yes"}),
            phone.post(f"/e/{server.code}/cards", data=card),
            phone.post(f"/e/{server.code}/words", data={"text": "noch eins"}),
        ]
        assert [answer.status_code for answer in sent] == [409] * 3
    assert planner.post(f"{path}/sealing").status_code == 303, "sealed is sealed"


def test_what_is_not_closed_can_not_be_sealed_on_the_page(hall: Server) -> None:
    planner = hall.planner()
    path = f"/plan/events/{hall.event}"

    refused = planner.post(f"{path}/sealing", data={"confirm": hall.code})

    assert Page(planner.get(f"{path}/ending")).all("/sealing") == []
    assert refused.status_code == 409
    assert "Bitte zuerst die Veranstaltung schließen." in Page(refused).text
    assert planner.post(f"{path}/sealing", headers=JSON).status_code == 409
    assert planner.post(f"{path}/deletion", headers=JSON).status_code == 422
    assert planner.post("/plan/events/none/deletion", headers=JSON).status_code == 404


def test_the_event_s_page_leads_there(hall: Server) -> None:
    planner = hall.planner()

    links = Page(planner.get(f"/plan/events/{hall.event}")).links

    assert links.count(f"/plan/events/{hall.event}/ending") == 1


def test_everything_can_be_taken_along_before(hall: Server) -> None:
    """The archive, which takes a while, and what is in no archive."""
    page = Page(hall.planner().get(f"/plan/events/{hall.event}/ending"))

    event = f"/plan/events/{hall.event}"
    files = [link for link in page.links if link.startswith(f"{event}/")]
    assert files == [f"{event}/archive.zip/making", f"{event}/moderation.csv"]
