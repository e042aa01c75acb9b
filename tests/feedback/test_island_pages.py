"""An island's page that was kept is the page that would be rendered now."""

import re
from collections.abc import Callable
from gc import collect
from typing import Any
from weakref import WeakSet

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.database import Database
from app.feedback import kept_islands
from app.feedback.access import Attendee
from app.feedback.commands import Command
from app.feedback.kept_islands import KeptIslands
from app.feedback.phone import island_page
from app.feedback.seen import OF_EVENT, Seen, seen
from app.moderation.steering import enter_phase, pause
from app.planning.directory import Directory
from app.planning.models import Event, Phase
from app.planning.queries import event_by_code
from app.web.bundles import phone_files
from app.web.catalogue import Catalogue
from app.web.kept_page import KeptPage
from app.web.pages import Pages
from app.web.static_files import StaticFiles
from tests.conftest import StartServer
from tests.feedback.world import World
from tests.forms import Page
from tests.running import ROOT, Server, until

OFFER, ISLAND = "umweltberatung", 1
EACH_TIME = r'(?<=name="submission" value=")[0-9a-f]{32}|(?<="remaining_s": ) *\d+| *\d+(?= [Mm]in)'


def shown(visitor: httpx.Client, server: Server, query: str = "", **headers: str) -> Any:
    """What the island's page says, without what differs each time; with a query it is always rendered."""
    answer = visitor.get(f"/e/{server.code}/{ISLAND}{query}", headers=headers)
    assert answer.status_code == 200
    return re.sub(EACH_TIME, "…", answer.text)


def assert_same_as_rendered_now(visitor: httpx.Client, server: Server) -> None:
    now = shown(visitor, server, "?now")
    assert [shown(visitor, server), shown(visitor, server)] == [now, now]


def test_after_each_act_of_anybody_it_says_what_is_stored(start_server: StartServer) -> None:
    server = start_server(limits=False)
    ada, bob, desk, planner = server.phone(), server.phone(), server.desk(), server.planner()
    path, plan = f"/moderate/{server.code}", f"/plan/events/{server.event}"

    def send(phone: httpx.Client, noun: str, **fields: str) -> None:
        assert phone.post(f"/e/{server.code}/{noun}", data=fields).status_code == 303

    def press(form: str, **fields: str) -> None:
        answer = Page(desk.get(path)).all(form, **fields)[0].submit(desk)
        assert answer.status_code == 303

    def rename(title: str) -> None:
        page = Page(planner.get(f"{plan}/islands/{ISLAND}"))
        page.form(f"/islands/{ISLAND}").submit(planner, title=title)

    card = {"island": str(ISLAND), "text": "Mehr Bänke"}
    acts: list[tuple[Callable[[], object], bool]] = [  # and whether Bob's page is another one then
        (lambda: send(ada, "dots", offer=OFFER, knows="yes"), False),
        (lambda: send(bob, "dots", offer=OFFER, knows="no"), True),
        (lambda: send(ada, "cards", submission="one", **card), False),
        (lambda: press("/approval"), True),
        (lambda: send(ada, "cards/one/withdrawal"), True),
        (lambda: send(ada, "cards", submission="two", **card), False),
        (lambda: send(bob, "dots", offer=OFFER, knows="withdraw"), True),
        (lambda: press("/pause"), True),
        (lambda: press("/pause"), True),
        (lambda: rename("Wohnen in Styrum"), True),
        (lambda: server.enter("cloud"), True),
        (lambda: server.enter("closed"), True),
        (lambda: server.enter("cafe"), True),
    ]
    for visitor in (ada, bob):
        assert_same_as_rendered_now(visitor, server)
    for number, (act, is_seen_by_bob) in enumerate(acts):
        before = shown(bob, server)
        act()
        for visitor in (ada, bob, server.client()):
            assert_same_as_rendered_now(visitor, server)
        assert (shown(bob, server) != before) == is_seen_by_bob, number


def test_headers_that_come_twice_show_nobody_else_another_language(hall: Server) -> None:
    path, twice = f"/e/{hall.code}/7", [("cookie", "language=simple"), ("cookie", "other=1")]
    languages = [
        hall.client().get(path, headers=sent).headers["content-language"]
        for sent in ([], twice, [("accept-language", "de")], twice)
    ]
    assert languages == ["de", "de-simple", "de", "de-simple"]


def test_before_the_beginning_the_way_back_is_spelled_as_each_visitor_did(
    start_server: StartServer,
) -> None:
    server = start_server()
    server.enter("setup")
    visitor = server.client()

    def back(spelled: str) -> str:
        page = Page(visitor.get(f"/e/{server.code}/{spelled}"))
        return page.form("/language").fields["back"]

    assert visitor.get(f"/e/{server.code}/{ISLAND}").status_code == 200
    for spelled in ("002", "2", "002"):
        assert back(spelled) == f"/e/{server.code}/{spelled}"
    assert visitor.get(f"/e/{server.code}/٢").status_code == 404


@pytest.mark.parametrize(
    "wished",
    [
        {"accept-language": "en-GB,en;q=0.9"},
        {"cookie": "language=simple"},
        {"accept-language": "fr", "accept-encoding": "identity"},
        {"accept-language": "en", "cookie": "language=de"},
    ],
)
def test_in_every_language_packed_or_not(hall: Server, wished: dict[str, str]) -> None:
    visitor = hall.client()
    now = shown(visitor, hall, "?now", **wished)

    assert [shown(visitor, hall, **wished) for _ in range(2)] == [now, now]


def test_its_headers_are_those_of_every_page(hall: Server) -> None:
    phone, path = hall.phone(), f"/e/{hall.code}/{ISLAND}"
    left_out = ("content-length", "date")

    def headers(address: str) -> dict[str, str]:
        said = phone.get(address).headers
        return {name: said[name].lower() for name in said if name not in left_out}

    assert headers(path) == headers(path) == headers(f"{path}?now")
    assert headers(path)["content-encoding"] == "gzip"


def test_each_newcomer_is_another_device_and_each_form_has_a_number_of_its_own(
    hall: Server,
) -> None:
    cookies, numbers = set(), set()
    for _ in range(3):
        newcomer = hall.client()
        answer = newcomer.get(f"/e/{hall.code}/{ISLAND}")
        cookies.add(newcomer.cookies["device"])
        numbers.add(Page(answer).form("/cards").fields["submission"])

    assert (len(cookies), len(numbers)) == (3, 3)


def test_the_clock_on_it_runs(start_server: StartServer) -> None:
    server = start_server()
    phone, desk = server.phone(), server.desk()
    clock = f"/moderate/{server.code}/clock"
    assert desk.post(clock, data={"running": "yes", "remaining_s": "3601"}).status_code == 303

    def left() -> tuple[int, str]:
        html = phone.get(f"/e/{server.code}/{ISLAND}").text
        (seconds,), (minutes,) = (
            re.findall(pattern, html) for pattern in (r'"remaining_s": +(\d+)', r"(\d+) Min\.")
        )
        return int(seconds), minutes

    until(lambda: left()[0] < 3600)
    assert left()[1] == "60"


def test_an_island_that_is_taken_out_or_never_was_answers_so(start_server: StartServer) -> None:
    server = start_server()
    phone, planner = server.phone(), server.planner()
    path = f"/e/{server.code}"
    assert phone.get(f"{path}/12").status_code == 200

    edit = Page(planner.get(f"/plan/events/{server.event}/edit"))
    edit.form("/islands/12/retirement").submit(planner)

    assert phone.get(f"{path}/12").status_code == 410
    for never in ("99", "9999", "1" * 5000, "²"):
        assert phone.get(f"{path}/{never}").status_code == 404


OF_PLAN = {
    "id",
    "code",
    "title",
    "district",
    "locale",
    "texts",
    "know_question",
    "card_question",
    "epoch",
    "cafe_minutes",
}
"""The event's columns on a page that never change without `Change.is_plan`."""


def test_all_that_a_page_shows_of_its_event_is_looked_at(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column that one more line of a template shows belongs into `seen`, or its change is no news."""
    shown_columns: set[str] = set()
    columns = set(Event.model_fields)
    get = Event.__getattribute__

    def note(row: Event, name: str) -> Any:
        if name in columns:
            shown_columns.add(name)
        return get(row, name)

    static = StaticFiles(ROOT / "static", phone_files(ROOT / "static"))
    pages = Pages(ROOT / "templates", static, Catalogue(ROOT))
    scope = {
        "type": "http",
        "path": "/",
        "headers": [],
        "state": {"database": database, "pages": pages},
    }
    attendee = Attendee(Directory(database).event(event.code), "ada")
    for phase in Phase:
        database.write(enter_phase, event.id, phase)
        with database.read() as session:
            stored = event_by_code(session, event.code)
            monkeypatch.setattr(Event, "__getattribute__", note)
            island_page(Request(scope), session, stored, attendee, ISLAND)
            monkeypatch.setattr(Event, "__getattribute__", get)

    assert shown_columns >= {"phase", "is_paused", "know_question"}
    assert shown_columns - OF_PLAN <= set(OF_EVENT)


def test_dots_at_other_islands_make_no_other_page(database: Database, event: Event) -> None:
    """Else nobody would share a page any more once all have walked a while."""
    world = World(database, event)

    def seen_by(device: str | None, island: int) -> Seen:
        with database.read() as session:
            return seen(session.connection(), world.event_id, device, island)

    world.one(world.dot(OFFER, knows=True, device="ada"))

    assert seen_by("ada", ISLAND) != seen_by(None, ISLAND)
    assert seen_by("ada", ISLAND + 1) == seen_by(None, ISLAND + 1)


# --- between reading and keeping ------------------------------------------------------------------


def test_what_changes_while_a_page_is_read_is_on_the_next(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dot, a card of somebody else, a pause in the middle of it: what was read is old by then."""
    world, kept = World(database, event), KeptIslands(database)
    attendee = Attendee(Directory(database).event(event.code), "ada")
    meanwhile: list[Callable[[], object]] = []

    def read_slowly(*who: Any) -> Seen:
        now = seen(*who)
        while meanwhile:
            meanwhile.pop()()
        return now

    monkeypatch.setattr(kept_islands, "seen", read_slowly)
    monkeypatch.setattr(
        kept_islands,
        "island_page",
        lambda *_, **__: HTMLResponse("…", headers={"content-language": "de"}),
    )

    def is_kept() -> bool:
        """Whether what is read now is shown at the next visit."""
        island = kept.read(Request({"type": "http"}), attendee, ISLAND, "de")
        return kept.known(attendee, ISLAND, "de") is island

    def send(command: Command) -> None:
        world.one(command)
        kept.has_come(command)

    is_alone = database.kind == "sqlite"
    assert is_kept() == is_alone, "what was sent to another node is read at every visit"
    for act in (
        lambda: send(world.dot(OFFER, knows=True)),
        lambda: send(world.card(device="bob")),
        lambda: database.write(pause, event.id, True),
    ):
        meanwhile.append(act)
        assert is_kept() is False
        assert is_kept() == is_alone


# --- how much is kept -----------------------------------------------------------------------------


def test_a_crowd_with_a_page_each_holds_no_more_pages_than_are_kept(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, kept = World(database, event), KeptIslands(database)
    monkeypatch.setattr(kept_islands, "PAGES", 10)
    pages: WeakSet[KeptPage] = WeakSet()

    class Noted(KeptPage):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            pages.add(self)

    monkeypatch.setattr(kept_islands, "KeptPage", Noted)
    monkeypatch.setattr(
        kept_islands,
        "island_page",
        lambda *_, **__: HTMLResponse("…", headers={"content-language": "de"}),
    )
    facts = Directory(database).event(event.code)
    for number in range(40):
        device = f"device {number}"
        world.one(world.card(device=device, submission=device))
        for island in (ISLAND, ISLAND + 1):
            kept.read(Request({"type": "http"}), Attendee(facts, device), island, "de")
    collect()

    assert len(pages) <= 10


def test_a_page_in_another_language_than_was_asked_for_is_shown_to_nobody_else(
    database: Database, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan's own language, which is that of who wishes none we have, changed a moment ago."""
    kept = KeptIslands(database)
    attendee = Attendee(Directory(database).event(event.code), "ada")
    tongues = ["en", "de"]
    monkeypatch.setattr(
        kept_islands,
        "island_page",
        lambda *_, **__: HTMLResponse("…", headers={"content-language": tongues.pop(0)}),
    )

    shown_in = [kept.read(Request({"type": "http"}), attendee, ISLAND, "de").tag for _ in range(3)]

    assert shown_in == [b"en", b"de", b"de"]
