"""Every page there is, in every state that looks different: who looks at it, where it lies, and what is done
on it first. The tests of what everybody can use walk through this list."""

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect

Act = Callable[[Page], Any]


class Sight(NamedTuple):
    """A page in one state. `{code}`, `{key}`, `{series}`, `{invite}` and `{set_up}` in its address are the
    evening's; `status` is that of the answer, `act` what is done on the page then."""

    route: str  # as it stands in the README's table
    path: str
    name: str = ""
    act: Act | None = None
    status: int = 200


def press(selector: str, then: str) -> Act:
    """Presses, and waits for what that brings."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        expect(page.locator(then).first).to_be_visible()

    return act


def _type_an_unknown_code(page: Page) -> None:
    page.fill("#code", "ZZZZZZ")
    page.locator(".entrance button").click()
    expect(page.locator("#code-message")).to_be_visible()


def _answer(page: Page) -> None:
    """A yes, a no, a card on its way, another being written that is like one of somebody else."""
    page.locator(".dot.yes").first.click()
    expect(page.locator(".dot.yes[aria-pressed=true]")).to_have_count(1)
    page.locator(".dot.no").nth(1).click()
    expect(page.locator(".dot.no[aria-pressed=true]")).to_have_count(1)
    page.fill("#card-text", "Ein Fest im Park")
    page.locator("#card-send").click()
    expect(page.locator(".pinned .card").first).to_be_visible()
    page.fill("#card-text", "Mehr Plakate an den Haltestellen")
    expect(page.locator("#similar li")).to_have_count(1)


def _lose_the_line(page: Page) -> None:
    page.context.set_offline(True)
    page.locator(".dot.no").first.click()
    expect(page.locator(".offer .pending")).to_be_visible()
    expect(page.locator("#pending")).to_be_visible()


def _come_too_late(page: Page) -> None:
    """A word that was kept on the phone until the event was over."""
    page.evaluate("""() => {
      const { home, epoch } = document.getElementById('bar').dataset;
      const [path, fields] = [`${home}/words`, { text: 'spät', submission: 'late' }];
      localStorage.setItem(`outbox ${home.split('/').pop()} words late`,
        JSON.stringify({ path, fields, label: 'spät', at: Date.now(), epoch, until: 0 }));
    }""")
    page.reload()
    expect(page.locator("#undelivered")).to_be_visible()


def _write_too_much(page: Page) -> None:
    page.fill("#card-text", "zu viel " * 40)
    expect(page.locator("#card-count.over")).to_be_visible()


def _send_a_word(page: Page) -> None:
    page.fill("#word-text", "spannend")
    page.locator("#word-send").click()
    expect(page.locator(".pinned .card")).to_have_count(1)


def _leave_with_a_text(page: Page) -> None:
    page.fill("#card-text", "Noch nicht fertig")
    page.locator("#finish-button").click()
    expect(page.locator("#still-there")).to_be_visible()


def _finish(page: Page) -> None:
    _leave_with_a_text(page)
    page.locator("#go").click()
    expect(page.locator("#between")).to_be_visible()


def _type_a_wrong_pin(page: Page) -> None:
    page.fill("#pin", "0000")
    page.get_by_role("button", name="Beenden").click()
    expect(page.locator("#pin-refusal")).to_be_visible()


def _choose_a_bright_colour(page: Page) -> None:
    page.get_by_label("Farbe auf Plakaten").fill("#ffcc00")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".wrong")).to_be_visible()


def _open_everything(page: Page) -> None:
    """What folds away is looked at, too."""
    page.evaluate(
        "document.querySelectorAll('details:not(.more)').forEach(one => { one.open = true; })"
    )


EVENT, ISLAND, TEXT = "GET /e/{code}", "GET /e/{code}/{number}", "GET /e/{code}/live/text"
WALL, RESULTS, NOTES = "GET /e/{code}/live", "GET /e/{code}/results", "GET /e/{code}/notes"
DESK, HOST = "GET /moderate/{code}", "GET /host/{code}/{number}"
PLAN = "GET /plan/events/{key}"

SUPPORT = press("#mentioned [value=yes]", "#mentioned .counted")
APPROVE = press(".card [data-key=a], .card .acts button:visible", "#toast p")

ATTENDEES: dict[str, list[Sight]] = {
    "setup": [
        Sight(EVENT, "/e/{code}", "not yet open"),
        Sight(TEXT, "/e/{code}/live/text", "not yet open"),
    ],
    "cafe": [
        Sight("GET /", "/"),
        Sight("GET /", "/", "unknown code", _type_an_unknown_code),
        Sight("GET /imprint", "/imprint"),
        Sight("GET /privacy", "/privacy"),
        Sight("GET /accessibility", "/accessibility"),
        Sight("GET /your-data", "/your-data"),
        Sight(EVENT, "/e/{code}", "empty"),
        Sight(NOTES, "/e/{code}/notes", "empty"),
        Sight(ISLAND, "/e/{code}/1", "empty"),
        Sight(ISLAND, "/e/{code}/1", "line lost", _lose_the_line),
        Sight(ISLAND, "/e/{code}/1", "too long", _write_too_much),
        Sight(ISLAND, "/e/{code}/1", "answered", _answer),
        Sight(ISLAND, "/e/{code}/1?from=0", "others’ cards", SUPPORT),
        Sight(ISLAND, "/e/{code}/99", "no such island", status=404),
        Sight(RESULTS, "/e/{code}/results", "not yet", status=409),
        Sight(EVENT, "/e/{code}", "some answered"),
        Sight(NOTES, "/e/{code}/notes", "two offers"),
        Sight(TEXT, "/e/{code}/live/text"),
    ],
    "paused": [
        Sight(EVENT, "/e/{code}", "paused"),
        Sight(ISLAND, "/e/{code}/1", "paused"),
        Sight(TEXT, "/e/{code}/live/text", "paused, hidden, behind the curtain"),
    ],
    "cloud": [
        Sight(EVENT, "/e/{code}", "words"),
        Sight(EVENT, "/e/{code}", "word sent", _send_a_word),
        Sight(TEXT, "/e/{code}/live/text", "words"),
    ],
    "closed": [
        Sight(EVENT, "/e/{code}", "closed"),
        Sight(ISLAND, "/e/{code}/1", "closed"),
        Sight(RESULTS, "/e/{code}/results", "", _open_everything),
        Sight(TEXT, "/e/{code}/live/text", "closed"),
        Sight(EVENT, "/e/{code}", "too late", _come_too_late),  # last: every page says so from now on
    ],
}  # fmt: skip
"""Phase → what attendees see in it, one after the other on one phone. "paused" is the café with everything
hidden that can be."""

DESKS = [
    Sight("GET /invite/{token}", "{invite}"),
    Sight(DESK, "/moderate/{code}", "", _open_everything),
    Sight(DESK, "/moderate/{code}", "card approved", APPROVE),
    Sight("GET /moderate/{code}/settings", "/moderate/{code}/settings", "", _open_everything),
    Sight("GET /moderate/{code}/journal", "/moderate/{code}/journal"),
    Sight("GET /moderate/{code}/checkup", "/moderate/{code}/checkup"),
    Sight("GET /moderate/{code}/photos", "/moderate/{code}/photos"),
    Sight("GET /moderate/{code}/signed-out", "/moderate/{code}/signed-out"),
    Sight(HOST, "/host/{code}/1", "", _open_everything),
    Sight("GET /host/{code}/{number}/photos", "/host/{code}/1/photos"),
    Sight("GET /host/{code}/{number}/tablet", "/host/{code}/1/tablet"),
]  # fmt: skip

TABLET = [
    Sight("GET /tablet/{code}/{number}", "/tablet/{code}/1"),
    Sight("GET /tablet/{code}/{number}", "/tablet/{code}/1", "a text is left", _leave_with_a_text),
    Sight("GET /tablet/{code}/{number}/leaving", "/tablet/{code}/1/leaving"),
    Sight("GET /tablet/{code}/{number}/leaving", "/tablet/{code}/1/leaving", "no", _type_a_wrong_pin),
    Sight("GET /tablet/{code}/{number}", "/tablet/{code}/1", "between two", _finish),
]  # fmt: skip
"""In the browser that is the island's tablet."""

PLANNERS = [
    Sight("GET /sign-in", "/sign-in"),
    Sight("GET /set-up/{token}", "{set_up}"),
    Sight("GET /plan", "/plan"),
    Sight(PLAN, "/plan/events/{key}", "", _open_everything),
    Sight(f"{PLAN}/edit", "/plan/events/{key}/edit"),
    Sight(f"{PLAN}/islands/{{number}}", "/plan/events/{key}/islands/11", "", _open_everything),
    Sight(f"{PLAN}/offers/{{offer}}", "/plan/events/{key}/offers/ehrenamtskarte", "", _open_everything),
    Sight(f"{PLAN}/copy", "/plan/events/{key}/copy"),
    Sight(f"{PLAN}/hosts", "/plan/events/{key}/hosts"),
    Sight(f"{PLAN}/codes", "/plan/events/{key}/codes"),
    Sight(f"{PLAN}/ending", "/plan/events/{key}/ending"),
    Sight(f"{PLAN}/facts", "/plan/events/{key}/facts"),
    Sight(f"{PLAN}/follow-up", "/plan/events/{key}/follow-up", "", _open_everything),
    Sight("GET /plan/import", "/plan/import"),
    Sight("GET /plan/people", "/plan/people", "", _open_everything),
    Sight("GET /plan/notices", "/plan/notices"),
    Sight("GET /plan/series/{key}", "/plan/series/{series}", "", _open_everything),
    Sight("GET /plan/series/{key}", "/plan/series/{series}", "bright", _choose_a_bright_colour),
    Sight("GET /plan/series/{key}/comparison", "/plan/series/{series}/comparison"),
]  # fmt: skip

ELSEWHERE = {
    WALL: "tests/journeys/test_wall_legible.py: each scene, light and dark, at 7:1",
    f"{PLAN}/{{name}}/making": "tests/journeys/test_documentation.py: waiting, and ready",
    "GET /plan/series/{key}/{name}/making": "the same page",
    "GET /moderate/{code}/queue": "a part of the desk",
    "GET /host/{code}/{number}/queue": "a part of the host's desk",
    "GET /moderate/{code}/news": "a part of the desk",
}
"""Pages that a test elsewhere looks at, and fragments of pages in the list."""

SHOWN = [*(sight for phase in ATTENDEES.values() for sight in phase), *DESKS, *TABLET, *PLANNERS]
