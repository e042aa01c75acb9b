"""The whole evening of an attendee whose browser knows nothing but HTML."""

import httpx
import pytest
from sqlmodel import select

from app.feedback.models import Card, Dot, Entry
from tests.conftest import StartServer
from tests.forms import Page
from tests.running import Server, until


def test_an_attendee_without_javascript_takes_part_from_joining_to_thanks(
    start_server: StartServer,
) -> None:
    server = start_server(limits=True)
    browser = server.client(follow_redirects=True)

    answer = Page(browser.get("/")).form("/join").submit(browser, code=f" {server.code.lower()} ")
    assert answer.url.path == f"/e/{server.code}"
    island_link = next(link for link in Page(answer).links if link.endswith(f"/{server.code}/7"))
    island = Page(browser.get(island_link))

    def place(knows: str, offer: str = "sozialnavigator") -> Page:
        answer = island.form("/dots", offer=offer).submit(browser, knows)
        assert (answer.status_code, answer.url.path) == (200, f"/e/{server.code}/7")
        return Page(answer)

    buttons = [value for _, value in island.form("/dots", offer="sozialnavigator").buttons]
    assert buttons == ["yes", "no"], "nothing to withdraw yet"
    island = place("yes")
    assert "withdraw" in [v for _, v in island.form("/dots", offer="sozialnavigator").buttons]
    until(lambda: totals(server) == (1, 0))
    island = place("no")
    until(lambda: totals(server) == (0, 1))
    island = place("withdraw")
    until(lambda: totals(server) == (0, 0))
    island = place("yes", "statistikportal")
    until(lambda: totals(server) == (1, 0))

    written = island.form("/cards").submit(browser, text="Mehr Bänke am Aquarius")
    assert written.url.path == f"/e/{server.code}/7"
    island = Page(written)
    assert "Mehr Bänke am Aquarius" in island.text
    after = Page(island.form("/withdrawal").submit(browser))
    assert "Mehr Bänke am Aquarius" not in after.text
    assert after.all("/withdrawal") == []

    server.enter("cloud")
    cloud = Page(browser.get(f"/e/{server.code}"))
    sent = Page(cloud.form("/words").submit(browser, text="ermutigend"))
    assert "ermutigend" in sent.text
    sent = Page(sent.form("/words").submit(browser, text="lebendig"))
    assert sent.all("/words") == [], "two words are enough"
    sent = Page(sent.all("/withdrawal")[1].submit(browser))
    assert "lebendig" not in sent.text
    assert len(sent.all("/words")) == 1

    server.enter("closed")
    thanks = browser.get(f"/e/{server.code}")
    assert thanks.status_code == 200
    assert "Dank" in Page(thanks).text
    assert Page(thanks).all("/words") == []
    results = browser.get(f"/e/{server.code}/results")
    assert results.status_code == 200

    with server.reading() as session:
        assert len({dot.device for dot in session.exec(select(Dot))}) == 1
        assert [card.text for card in session.exec(select(Card))] == [""]
        assert sorted(entry.text for entry in session.exec(select(Entry))) == ["", "ermutigend"]


def totals(server: Server) -> tuple[int, int]:
    found = server.live()["totals"]
    return found["yes"], found["no"]


def test_a_page_from_the_back_button_sends_its_card_only_once(hall: Server) -> None:
    """C05: the submission id belongs to the view."""
    browser = hall.client(follow_redirects=True)
    page = Page(browser.get(f"/e/{hall.code}/3"))

    for _ in range(2):
        page.form("/cards").submit(browser, text="Dankeschön-Abend")

    shown = Page(browser.get(f"/e/{hall.code}/3"))
    assert shown.text.count("Dankeschön-Abend") == 1


def test_every_view_has_a_submission_of_its_own(hall: Server) -> None:
    browser = hall.client()

    ids = {
        Page(browser.get(f"/e/{hall.code}/3")).form("/cards").fields["submission"] for _ in range(3)
    }

    assert len(ids) == 3


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }} {% raw %} ${7*7}",
        '" autofocus onfocus=alert(1) x="',
        "<b hx-get='/plan' hx-trigger='load'>x</b>",
        "</textarea></template><svg/onload=alert(1)>",
        "&lt;script&gt;",
    ],
)
def test_markup_in_a_card_is_shown_as_text(hall: Server, text: str) -> None:
    """I07"""
    browser = hall.client(follow_redirects=True)
    before = tags(browser.get(f"/e/{hall.code}/4"))
    page = Page(browser.get(f"/e/{hall.code}/4"))

    shown = page.form("/cards").submit(browser, text=text)

    assert shown.status_code == 200
    assert text in Page(shown).text
    new = [tag for tag in tags(shown) if tag not in before]
    assert [tag for tag in new if tag in ("script", "img", "b", "svg")] == []
    desk = hall.desk().get(f"/moderate/{hall.code}")
    assert text in Page(desk).text
    dangerous = [
        (tag, attributes)
        for tag, attributes in Page(desk).tags + Page(shown).tags
        if any(name.startswith("on") for name in attributes) or attributes.get("src") == "x"
    ]
    assert dangerous == []


def tags(answer: httpx.Response) -> list[str]:
    return [tag for tag, _ in Page(answer).tags]
