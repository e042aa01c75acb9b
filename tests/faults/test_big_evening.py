"""40 islands, 200 offers, 20,000 cards, 50,000 words: every page stays small, nothing is out of reach."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn

from app.backups.backing_up import Backups
from app.database import Database
from app.main import create_app
from app.moderation.steering import enter_phase
from app.people.invitations import INVITATION_KEY, invite, link_to
from app.people.models import Role
from app.people.planners import add_planner
from app.people.secrets import server_key
from app.planning.models import Phase
from app.settings import Settings
from tests.forms import Page
from tests.overflowing import CARDS, ISLANDS, OFFERS_EACH, come_together, queries
from tests.postgres import new_database
from tests.running import NO_TLS, PLANNERS_PASSWORD, free_port, until

MOST_BYTES = 300_000
MOST_QUERIES = 30  # of a page; it takes as many with one card


@dataclass
class Evening:
    database: Database
    client: httpx.Client  # moderator, host of island 1 and planner in one
    id: int
    code: str

    def get(self, path: str) -> httpx.Response:
        """A page; `path` begins with {phone}, {desk}, {host} or {plan}. Measures it."""
        address = path.format(
            phone=f"/e/{self.code}",
            desk=f"/moderate/{self.code}",
            host=f"/host/{self.code}/1",
            plan="/plan/events/gross",
        )
        with queries() as asked:
            answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        assert len(answer.content) <= MOST_BYTES, (address, len(answer.content))
        assert len(asked) <= MOST_QUERIES, (address, len(asked))
        return answer

    def enter(self, phase: Phase) -> None:
        self.database.write(enter_phase, self.id, phase)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def evening(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Evening]:
    """On both databases; served within this process, so that its questions to them can be counted."""
    data, url = tmp_path_factory.mktemp("big"), ""
    if request.param == "postgres":
        url = new_database(request.getfixturevalue("postgres"))
    settings = Settings(data=data, port=free_port(), limits="off", database_url=url)
    database = Database(settings)
    database.migrate()
    event = database.write(come_together)
    assert event.id is not None
    database.listen()  # as a node does, which tells PostgreSQL to measure its tables
    app = create_app(settings, database, Backups(settings))
    server = uvicorn.Server(
        uvicorn.Config(app, port=settings.port, log_config=None, lifespan="on", access_log=False)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started, within_s=60)
    with httpx.Client(
        base_url=settings.address, verify=NO_TLS, trust_env=False, timeout=60
    ) as client:
        key = database.write(server_key, INVITATION_KEY)
        for role, island in ((Role.moderator, None), (Role.host, 1)):
            invitation = database.write(invite, event.id, role, island)
            assert client.post(link_to(invitation, key)).status_code == 303
        link = database.write(add_planner, "Ada")
        answer = client.post(link, data={"password": PLANNERS_PASSWORD})
        assert answer.status_code == 303
        client.get(f"/e/{event.code}").raise_for_status()
        yield Evening(database, client, event.id, event.code)
    server.should_exit = True
    thread.join(20)
    database.close()
    assert not thread.is_alive()


def test_the_wall_shows_at_most_60_cards_and_80_words(evening: Evening) -> None:
    """L12"""

    def state() -> dict[str, Any]:
        answer = evening.client.get(f"/e/{evening.code}/live.json")
        assert len(answer.content) <= MOST_BYTES
        found: dict[str, Any] = answer.json()
        return found

    until(lambda: len(state()["cloud"]) == 80, within_s=60)
    shown = state()
    assert (len(shown["cards"]), len(shown["islands"])) == (60, ISLANDS)
    assert sum(len(island["offers"]) for island in shown["islands"]) == ISLANDS * OFFERS_EACH
    assert shown["totals"]["cards"] == CARDS * 7 // 10
    assert len(shown["best"]) <= 3 * ISLANDS + 12


@pytest.mark.parametrize(
    "path",
    [
        "{phone}",
        "{phone}/1",
        "{phone}/1?from=0",
        "{phone}/1?from=300",
        "{phone}/notes",
        "{phone}/live",
        "{phone}/live/text",
        "{desk}",
        "{desk}/queue?state=approved&page=100",
        "{desk}?search=Flyer&island=3&words=9",
        "{desk}/journal",
        "{desk}/journal?before=2000",
        "{desk}/photos",
        "{host}",
        "{host}/queue?state=approved&page=3",
        "{plan}",
        "{plan}/edit",
        "{plan}/islands/1",
        "{plan}/hosts",
        "{plan}/ending",
        "{plan}/follow-up",
        "{plan}/follow-up?island=3&group=group-3",
        "{plan}/follow-up?group=group-3&page=900",
    ],
)
def test_a_page_is_small_and_asks_little(evening: Evening, path: str) -> None:
    """L12"""
    evening.get(path)


def test_the_desk_leads_to_every_card_and_word(evening: Evening) -> None:
    """L12: by plain links, a page at a time; the filter stays."""
    first = links(evening.get("{desk}"))
    assert {
        f"/moderate/{evening.code}?{end}" for end in ("state=waiting#waiting", "words=2#words")
    } <= first

    second = links(evening.get("{desk}?search=Flyer&state=waiting&page=2&words=2"))

    around = {link for link in second if "search=Flyer" in link}
    base = f"/moderate/{evening.code}?search=Flyer&state=waiting"
    assert around == {
        f"{base}&words=2#waiting",
        f"{base}&page=3&words=2#waiting",
        f"{base}&page=2#words",
        f"{base}&page=2&words=3#words",
    }
    last = CARDS * 2 // 10 // 40
    found = [ids("card", evening.get(f"{{desk}}?state=waiting&page={last + n}")) for n in (0, 1)]
    assert [len(cards) for cards in found] == [40, 0]


def test_words_stand_on_one_page_each_the_hundred_waiting_ones_first(evening: Evening) -> None:
    """L12"""
    pages = [evening.get(f"{{desk}}?state=hidden&page=900&words={page}").text for page in (1, 2, 3)]
    states = [re.findall(r'<li class="word (\w+)" id="word-\w+"', page) for page in pages]
    assert states == [["waiting"] * 40, ["waiting"] * 40, ["waiting"] * 20 + ["approved"] * 20]
    assert len({word for page in pages for word in re.findall(r'id="(word-\w+)"', page)}) == 120
    assert "100 zu prüfen" in pages[0]
    assert "Noch 279 Wörter sind darin" in pages[2]  # of 299 in one, and 20 are shown


def test_the_host_leads_to_every_card_of_the_island_and_stays_there(evening: Evening) -> None:
    """L12"""
    here = f"/host/{evening.code}/1"
    assert f"{here}?state=approved#approved" in links(evening.get("{host}"))
    pages = [evening.get(f"{{host}}?state=approved&page={page}") for page in range(1, 11)]
    found = [id for page in pages for id in ids("card", page)]
    assert (len(found), len(set(found))) == (350, 350)
    assert f"{here}?state=approved&page=2#approved" in links(pages[0])

    hiding = Page(pages[1]).all("/hiding?state=approved&page=2")[0]
    answer = hiding.submit(evening.client)
    assert answer.headers["location"] == f"{here}?state=approved&page=2#approved"
    Page(evening.get("{host}?state=hidden")).all("/restoration?state=hidden")[0].submit(
        evening.client
    )


def test_a_group_of_the_followup_opens_with_all_its_cards(evening: Evening) -> None:
    """L12"""
    address = "/plan/events/gross/follow-up"
    first = links(evening.get("{plan}/follow-up?island=2"))
    assert f"{address}?island=2&group=group-7#group-group-7" in first

    pages = [evening.get(f"{{plan}}/follow-up?group=group-7&page={page}") for page in (1, 2, 3)]

    found = [re.findall(r'value="(card-\d+):group-7"', page.text) for page in pages]
    assert [len(of) for of in found] == [50, 50, 0]
    assert len(set(found[0] + found[1])) == 100
    assert f"{address}?group=group-7&page=2#group-group-7" in links(pages[0])
    assert f"{address}?group=group-7#group-group-7" in links(pages[1])


def test_the_results_lead_to_all_suggestions_and_words(evening: Evening) -> None:
    """L12"""
    evening.enter(Phase.closed)
    try:
        first = links(evening.get("{phone}/results"))
        assert {"?page=2#words", "?island=1#island-1", "?island=40#island-40"} <= first
        words = [listed_words(evening.get(f"{{phone}}/results?page={page}")) for page in (1, 2)]
        assert [len(page) for page in words] == [100, 100]
        assert len(set(words[0] + words[1])) == 200
        pages = [evening.get(f"{{phone}}/results?island=3&page={page}") for page in range(1, 5)]
    finally:
        evening.enter(Phase.cafe)
    found = [
        re.findall(r'<li class="tint-\d" lang="" dir="auto">(.*?)</li>', p.text) for p in pages
    ]
    assert [len(page) for page in found] == [100, 100, 100, 50]
    assert len({text for page in found for text in page}) == 350
    assert "?island=3&page=3#island-3" in links(pages[1])


def links(page: httpx.Response) -> set[str]:
    return set(Page(page).links)


def ids(kind: str, page: httpx.Response) -> list[str]:
    """Of the cards or words on a desk."""
    return re.findall(rf'<li class="{kind} [^"]*" id="{kind}-([^"]+)"', page.text)


def listed_words(page: httpx.Response) -> list[str]:
    return re.findall(r'<li class="size-\d"><bdi>(.*?)</bdi>', page.text)
