"""The desk's traffic light in a browser: it follows what happens, and turns grey when nothing is known."""

import re
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.axe import violations
from tests.conftest import PageAt, StartServer
from tests.journeys.desks import open_desk


def test_it_follows_votes_and_turns_red_and_grey_and_green_again(
    page_at: PageAt, start_server: StartServer
) -> None:
    """D10, W13: what can't be stored, a server that is gone, and the way back."""
    server = start_server(rehearsal=True)
    page = open_desk(page_at, server, expected="WebSocket|Failed to load|ERR_CONNECTION|503")
    light = page.locator("#light")
    expect(light).to_have_class("light green")
    expect(light).to_have_text(
        re.compile(r"Alles gespeichert\s+noch keine Stimme seit dem Start\s+0 Geräte")
    )

    with closing(sqlite3.connect(server.data / "worldcafe.db")) as rows:
        (offer,) = rows.execute("SELECT key FROM offer LIMIT 1").fetchone()
    vote = {"offer": offer, "knows": "yes"}
    server.phone().post(f"/e/{server.code}/dots", json=vote).raise_for_status()
    expect(light).to_have_text(
        re.compile(
            r"Alles gespeichert\s+letzte Stimme vor \d+ s\s+1 Gerät\s*(Sicherung vor \d+ s)?\s*$"
        )
    )

    with closing(sqlite3.connect(server.data / "worldcafe.db", isolation_level=None)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        expect(light).to_have_class("light red", timeout=30_000)
        expect(page.locator("#trouble")).to_contain_text("Speichern geht gerade nicht.")
        assert violations(page) == {}
        rows.execute("ROLLBACK")
    expect(light).to_have_class("light green", timeout=30_000)
    expect(page.locator("#trouble")).to_be_hidden()

    server.kill()
    expect(light).to_have_class("light lost", timeout=30_000)
    expect(light).to_contain_text("Keine Verbindung zum Server, Stand von vor")
    server.start()
    expect(light).to_have_class("light green", timeout=60_000)


def test_a_laptop_shows_at_once_that_a_phone_has_answered(
    page_at: PageAt, start_server: StartServer
) -> None:
    server = start_server(rehearsal=True)
    laptop = open_desk(page_at, server)
    laptop.goto(f"{server.address}/moderate/{server.code}/reach")
    expect(laptop.get_by_role("heading", name="Warte auf Ihr Handy")).to_be_visible()
    assert violations(laptop) == {}

    phone = page_at(390, 844, locale="de-DE")
    phone.goto(laptop.locator(".address").inner_text())

    expect(phone.get_by_role("heading", name="Erreicht!")).to_be_visible()
    expect(laptop.get_by_role("heading", name="Ihr Handy hat geantwortet")).to_be_visible()
    assert violations(phone) == {}
    assert violations(laptop) == {}


def test_the_check_up_shows_itself_when_it_is_done(
    page_at: PageAt, start_server: StartServer
) -> None:
    server = start_server(rehearsal=True)
    desk = open_desk(page_at, server, 320)
    desk.goto(f"{server.address}/moderate/{server.code}/checkup")

    desk.get_by_role("button", name="Jetzt prüfen").click()

    expect(desk.locator(".findings li")).to_have_count(17, timeout=90_000)
    assert violations(desk) == {}
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
