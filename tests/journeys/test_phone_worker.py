"""The service worker keeps what an attendee visited, for a reload without a line, and nothing else."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PageAt
from tests.journeys.test_phone_offline import LINE_CUT, send_card, stored
from tests.running import Server, until

ALL_KEPT = """
async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) kept.push(url);
  return kept;
}
"""


def kept_pages(page: Page) -> list[str]:
    paths = [urlsplit(url).path for url in page.evaluate(ALL_KEPT)]
    return sorted(path for path in paths if not path.startswith("/static/"))


@pytest.fixture
def visited(server: Server, page_at: PageAt) -> Page:
    """Island 5, kept, with the worker in charge."""
    page = page_at(locale="de-DE", expected=LINE_CUT, service_workers="allow")
    page.goto(f"{server.address}/E/{server.code}/5")
    until(lambda: kept_pages(page) == [f"/e/{server.code}/5"])
    until(
        lambda: page.evaluate(
            "navigator.serviceWorker.getRegistration('/e/').then(r => !!r.active)"
        )
    )
    return page


def test_a_reload_without_a_line_shows_the_dots_that_counted(visited: Page) -> None:
    """Also where the poster's QR code was all upper-case."""
    visited.click("#offer-sprachmittlung-yes")
    expect(visited.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    kept = "caches.match(location.pathname).then(page => page.text())"
    until(lambda: "Ihr Punkt zählt" in visited.evaluate(kept))
    visited.context.set_offline(True)

    visited.reload()

    expect(visited.locator("#offer-sprachmittlung .counted")).to_have_text("Ihr Punkt zählt")
    expect(visited.locator("#pending span")).to_have_text(
        "Ohne Verbindung. Alles wird gespeichert."
    )
    assert (
        visited.evaluate("getComputedStyle(document.querySelector('.spot')).borderRadius") == "50%"
    )


def test_cards_from_a_page_kept_on_the_phone_are_never_taken_for_each_other(
    server: Server, visited: Page
) -> None:
    """Each reload without a line brings the same page, with the same number in its form."""
    visited.context.set_offline(True)
    for text in ("Aus dem Funkloch", "Nach dem Neuladen"):
        visited.reload()
        send_card(visited, text)
        expect(visited.locator(".waiting .words").last).to_have_text(text)

    visited.context.set_offline(False)

    expect(visited.locator(".own .words")).to_have_text(["Nach dem Neuladen", "Aus dem Funkloch"])
    assert stored(server)[1] == ["Aus dem Funkloch", "Nach dem Neuladen"]


def test_on_the_line_the_page_is_always_the_servers(server: Server, visited: Page) -> None:
    cookie = f"device={visited.context.cookies()[0]['value']}"
    other = server.client(headers={"cookie": cookie})
    dot = {"offer": "sprachmittlung", "knows": "no"}
    assert other.post(f"/e/{server.code}/dots", json=dot).status_code == 200

    visited.reload()

    expect(visited.locator("#offer-sprachmittlung-no")).to_have_attribute("aria-pressed", "true")


def test_walls_desks_results_and_questions_are_never_kept(server: Server, visited: Page) -> None:
    for path in ("", "/live", "/results", "/5?from=0"):
        visited.goto(f"{server.address}/e/{server.code}{path}")
    for path in ("/plan", f"/moderate/{server.code}", "/"):
        visited.goto(server.address + path)
    visited.goto(f"{server.address}/e/{server.code}")

    assert kept_pages(visited) == [f"/e/{server.code}", f"/e/{server.code}/5"]


def test_a_new_version_takes_the_place_of_the_old_one(server: Server, visited: Page) -> None:
    visited.evaluate(
        "caches.open('phone 0ld').then(cache => cache.put('/e/OLD', new Response('old')))"
    )
    visited.evaluate(
        "navigator.serviceWorker.register('/worker.js?n3w', {scope: '/e/'}).then(() => {})"
    )

    until(lambda: visited.evaluate("caches.keys()") == [])
    workers = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    assert visited.evaluate(workers) == 1
    visited.goto(f"{server.address}/e/{server.code}/5")
    until(lambda: kept_pages(visited) == [f"/e/{server.code}/5"])


def test_after_the_event_nothing_stays_on_the_phone(server: Server, visited: Page) -> None:
    server.enter("closed")
    expect(visited.locator("#bar[data-phase=closed]")).to_be_attached()  # it follows by itself

    visited.goto(f"{server.address}/e/{server.code}")

    until(lambda: visited.evaluate("caches.keys()") == [])
    workers = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    until(lambda: visited.evaluate(workers) == 0)
    assert (
        visited.evaluate("Object.keys(localStorage).filter(k => /^(outbox|undelivered)/.test(k))")
        == []
    )
