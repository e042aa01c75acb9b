"""What the desk's journeys share: an evening that begins anew, a desk by invitation, cards from phones."""

import secrets
from contextlib import closing

from playwright.sync_api import Locator, Page, expect

from tests.conftest import PageAt
from tests.running import Server

SETTLED_MS = 450  # a tap on what has just moved does not count
STALE = "Jemand anderes war schneller. Hier ist der aktuelle Stand."


def fresh(server: Server) -> Server:
    """The café open, nothing sent, everything as at first: so that many tests share one server."""
    server.enter("cafe")
    with closing(server.desk()) as desk:
        for path, fields in (
            ("reset", {"reason": "der nächste Test", "confirm": server.code}),
            ("settings", {"card_approval": "first", "word_approval": "at_once"}),
            ("settings", {"held_words_default": "yes"}),
            ("clock", {"running": "no", "remaining_s": "4500", "round_s": "0"}),
            ("scene", {"scene": "overview"}),
            ("curtain", {"curtain": "no"}),
            ("pause", {"paused": "no"}),
            ("reveal", {"revealed": "yes"}),
        ):
            answer = desk.post(f"/moderate/{server.code}/{path}", data=fields)
            assert answer.status_code == 303, answer.text
    return server


def open_desk(page_at: PageAt, server: Server, width: int = 1440, **options: object) -> Page:
    """By an invitation link, as people come."""
    link = server.ask("invite", event=server.code, role="moderator", island=None)["link"]
    return _come_in(page_at(width, 900 if width > 500 else 844, locale="de-DE", **options), link)


def open_host_desk(page_at: PageAt, server: Server, island: int, **options: object) -> Page:
    link = server.ask("invite", event=server.code, role="host", island=island)["link"]
    page = _come_in(page_at(390, 844, locale="de-DE", **options), link)
    expect(page).to_have_url(f"{server.address}/host/{server.code}/{island}")
    return page


def _come_in(page: Page, link: str) -> Page:
    page.goto(link)
    page.get_by_role("button", name="Los geht’s").click()
    expect(page.locator("#desk")).to_be_visible()
    page.wait_for_load_state()  # its scripts, too
    return page


def send_card(server: Server, *texts: str, island: int = 1) -> None:
    for text in texts:
        with closing(server.phone()) as phone:
            fields = {"island": island, "text": text, "submission": secrets.token_hex(8)}
            phone.post(f"/e/{server.code}/cards", json=fields).raise_for_status()


def card_with(page: Page, text: str) -> Locator:
    return page.locator("li.card").filter(has=page.get_by_text(text, exact=True))


def on_wall(server: Server) -> list[str]:
    return [card["text"] for card in server.live()["cards"]]
