"""Every page, in every state, theme, width and language: what a machine finds of barriers (WCAG 2.2 AA)."""

import secrets
from contextlib import closing
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe import OF_THE_LOOK, TARGETS, violations
from tests.journeys import measured
from tests.journeys.everybody import ATTENDEES, DESKS, ELSEWHERE, PLANNERS, SHOWN, TABLET, Sight
from tests.running import Server
from tests.web.routes import documented
from tests.web.test_roles import VALUES

Found = dict[str, Any]
LANGUAGES = ("de", "simple", "en")
Theme = Literal["light", "dark"]
OF_A_LANGUAGE = """html-has-lang html-lang-valid valid-lang document-title button-name link-name label
  summary-name aria-input-field-name label-content-name-mismatch empty-heading""".split()
"""Rules that texts can break; the others are asked of the German page, which is the same elsewhere."""


class Evening:
    """A café with a few dots, cards and words; one browser a role, which everything is looked at with."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server, self._browser = server, browser
        self._fill()
        self.names = {
            "code": server.code,
            "key": server.event,
            "series": "expertinnendialoge-2023",
            "invite": self._path(server.ask("invite", event=server.code, role="host", island=1)),
            "set_up": self._path(server.ask("planner add", name="Bo")),
        }
        self.insider = self._context(server.planner(), self.desk)
        self.tablet = self._context(self._make_tablet())

    def _fill(self) -> None:
        server = self.server
        self.desk = server.desk()
        with closing(server.phone()) as phone:
            for offer, knows in (("umweltberatung", "yes"), ("ehrenamtskarte", "no")):
                self._send(phone, "dots", offer=offer, knows=knows)
            for text in ("Mehr Plakate an Haltestellen", "Ein Stand auf dem Markt", "Flyer"):
                card = {"island": 1, "text": text, "submission": secrets.token_hex(8)}
                self._send(phone, "cards", **card)
            with server.reading() as session:
                rows = session.connection().exec_driver_sql("SELECT id, version FROM card").all()
            for id, version in rows[:2]:
                self.steer(f"cards/{id}/approval", version=str(version))
        server.enter("cloud")
        with closing(server.phone()) as phone:
            for text in ("spannend", "viel gelernt"):
                self._send(phone, "words", text=text, submission=secrets.token_hex(8))
        server.enter("cafe")

    def _make_tablet(self) -> httpx.Client:
        host = self.server.client()
        for path, fields in (
            (self.names["invite"], {}),
            (f"/host/{self.server.code}/1/tablet", {"pin": "4711"}),
        ):
            assert host.post(path, data=fields).status_code == 303
        return host

    def _send(self, phone: httpx.Client, noun: str, **fields: Any) -> None:
        phone.post(f"/e/{self.server.code}/{noun}", json=fields).raise_for_status()

    def steer(self, path: str, **fields: str) -> None:
        answer = self.desk.post(f"/moderate/{self.server.code}/{path}", data=fields)
        assert answer.status_code == 303, answer.text

    def _path(self, answer: dict[str, str]) -> str:
        return urlsplit(answer["link"]).path

    def _context(self, *clients: httpx.Client) -> BrowserContext:
        context = self._browser.new_context(locale="de-DE", reduced_motion="reduce")
        context.set_default_timeout(10_000)
        for client in clients:
            for cookie in client.cookies.jar:
                context.add_cookies(
                    [{"name": cookie.name, "value": cookie.value or "", "url": self.server.address}]
                )
        return context

    def phone(self, language: str = "de") -> Page:
        """Somebody new."""
        context = self._context()
        context.add_cookies([{"name": "language", "value": language, "url": self.server.address}])
        return context.new_page()

    def enter(self, phase: str) -> None:
        """Of the list; "paused" hides everything, too."""
        is_paused = phase == "paused"
        self.server.enter("cafe" if is_paused else phase)
        self.steer("pause", paused="yes" if is_paused else "no")
        self.steer("curtain", curtain="yes" if is_paused else "no")
        self.steer("reveal", revealed="no" if is_paused else "yes")

    def client_of(self, context: BrowserContext) -> httpx.Client:
        """The same visitor without a browser."""
        cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
        return self.server.client(cookies=cookies, timeout=60)

    def show(self, page: Page, sight: Sight) -> None:
        page.context.set_offline(False)
        answer = page.goto(self.server.address + sight.path.format(**self.names))
        assert answer is not None
        assert answer.status == sight.status, (sight, answer.status)
        if sight.act:
            sight.act(page)


@pytest.fixture(scope="module")
def evening(hall: Server, browser: Browser) -> Evening:
    return Evening(hall, browser)


def set_up(page: Page, width: int, theme: Theme) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=theme)


def look(page: Page, sight: Sight, *, target_px: int) -> Found:
    """What is wrong with the page as it is shown now, wide and light, and narrow and dark."""
    found: Found = {}
    if sight.act is None:
        found["speaks unasked"] = measured.loud(page)
    set_up(page, 1280, "light")
    found["light"] = violations(page, rules=TARGETS)
    set_up(page, measured.REFLOW_PX, "dark")
    found["dark and narrow"] = violations(page, only=OF_THE_LOOK)
    found["wider than 320 px"] = measured.too_wide(page)
    found[f"smaller than {target_px} px"] = measured.too_small(page, target_px)
    found["moves"] = measured.moving(page)
    with measured.spaced(page):
        found["cut off when spaced"] = measured.cut_off(page)
        found["too wide when spaced"] = measured.too_wide(page)
    return {f"{sight.path} {sight.name}: {what}": each for what, each in found.items() if each}


def test_every_page_is_in_the_list(evening: Evening) -> None:
    """Whoever adds a page adds it to tests/journeys/everybody.py."""
    listed = {sight.route for sight in SHOWN} | ELSEWHERE.keys()
    values = VALUES | evening.names | {"offer": "ehrenamtskarte", "name": "documentation.pdf"}
    pages = set()
    evening.enter("closed")  # when most can be seen
    insider, tablet = evening.client_of(evening.insider), evening.client_of(evening.tablet)
    for route in documented():
        method, path = route.split(" ")
        if method == "GET":
            token = {"token": evening.names["invite" if "invite" in path else "set_up"][8:]}
            key = {"key": evening.names["series"]} if "series" in path else {}
            client = tablet if path.startswith("/tablet") else insider
            answer = client.get(path.format(**(values | token | key)))
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            if is_page and answer.status_code == 200:
                pages.add(route)

    evening.enter("cafe")
    assert sorted(pages - listed) == [], "pages that nobody looks at"
    assert sorted(listed - ELSEWHERE.keys() - pages) == [], "no pages, or not where the list says"


@pytest.mark.parametrize("phase", ATTENDEES)
def test_attendees_meet_no_barrier(evening: Evening, phase: str) -> None:
    found: Found = {}
    phone = evening.phone()
    try:
        evening.enter(phase)
        for sight in ATTENDEES[phase]:
            evening.show(phone, sight)
            found |= look(phone, sight, target_px=48)
    finally:
        phone.context.close()
        evening.enter("cafe")
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_attendees_meet_no_barrier_in_another_language(evening: Evening, language: str) -> None:
    found: Found = {}
    phone = evening.phone(language)
    phone.set_viewport_size({"width": 320, "height": 800})
    try:
        for phase, sights in ATTENDEES.items():
            evening.enter(phase)
            for sight in sights:
                evening.show(phone, sight)
                name = f"{sight.path} {sight.name}"
                found[name] = violations(phone, only=OF_A_LANGUAGE), measured.too_wide(phone)
    finally:
        phone.context.close()
        evening.enter("cafe")
    assert {name: each for name, each in found.items() if any(each)} == {}


@pytest.mark.parametrize(
    ("sights", "target_px"),
    [(DESKS, 44), (TABLET, 48), (PLANNERS, 44)],
    ids=["desks", "tablet", "planners"],
)
def test_who_works_there_meets_no_barrier(
    evening: Evening, sights: list[Sight], target_px: int
) -> None:
    found: Found = {}
    page = (evening.tablet if sights is TABLET else evening.insider).new_page()
    try:
        for sight in sights:
            evening.show(page, sight)
            found |= look(page, sight, target_px=target_px)
    finally:
        page.close()
    assert found == {}
