"""The wall of cards in a real browser: all come round, the newest first, and each can be read."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walls import State, open_forged
from tests.running import Server

TURN_MS = 20_000


def card(number: int, text: str = "Mehr Bänke", supports: int = 0) -> dict[str, Any]:
    return {
        "id": f"card-{number}",
        "island": 1,
        "offer": None,
        "text": text,
        "supports": supports,
    }


def open_cards(
    page: Page, server: Server, cards: list[dict[str, Any]], scene: str = "cards"
) -> Page:
    """The wall with these cards, the newest first, also those that are put there later."""

    def hang(state: State) -> None:
        state["scene"] = {"name": scene, "island": 1}
        state["cards"] = cards
        state["totals"]["cards"] = len(cards)

    return open_forged(page, server, hang)


def hanging(page: Page) -> list[str]:
    sheets = page.locator(".scene:not([hidden]) [data-card]")
    names: list[str] = sheets.evaluate_all("all => all.map(e => e.dataset.card)")
    return names


def test_cards_that_find_no_room_come_round_and_a_new_one_is_seen_first(
    server: Server, page_at: Callable[..., Page]
) -> None:
    cards = [card(number) for number in range(30, 0, -1)]
    page = page_at(1920, 1080, reduced_motion="reduce")
    page.clock.install()
    wall = open_cards(page, server, cards)
    which = wall.locator('.scene[data-scene="cards"] .page')
    expect(which).to_have_text("Seite 1 von 3")
    seen = hanging(wall)
    for number in (2, 3):
        page.clock.run_for(TURN_MS)
        expect(which).to_have_text(f"Seite {number} von 3")
        seen += hanging(wall)
    assert sorted(seen) == sorted(card["id"] for card in cards)

    cards.insert(0, card(31))
    wall.evaluate("resend()")
    page.clock.run_for(TURN_MS / 2)
    expect(which).to_have_text("Seite 1 von 3")
    assert "card-31" in hanging(wall)
    assert len(hanging(wall)) == 12


@pytest.mark.parametrize("scene", ["cards", "harvest"])
@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_longest_card_can_be_read_to_its_end(
    hall: Server, page_at: Callable[..., Page], size: tuple[int, int], scene: str, count: int
) -> None:
    longest = ("Nachbarschaftshilfe, Spielplatz und Bänke für alle. " * 6)[:280]
    cards = [card(number, longest, supports=3) for number in range(count)]
    wall = open_cards(page_at(*size), hall, cards, scene)
    sheets = wall.locator(f'[data-scene="{scene}"] .sheet p')
    expect(sheets.first).to_be_visible()
    cut = "all => all.filter(e => e.scrollHeight > e.clientHeight + 1 || e.matches('.cut')).length"
    assert sheets.evaluate_all(cut) == 0
    small = (
        "all => all.filter(e => parseFloat(getComputedStyle(e).fontSize) < innerHeight / 40).length"
    )
    assert sheets.evaluate_all(small) == 0


def test_only_what_was_supported_counts_as_most_supported(
    server: Server, page_at: Callable[..., Page]
) -> None:
    cards = [card(1), card(2, supports=2), card(3, supports=5), card(4)]
    page = page_at(1920, 1080)
    wall = open_cards(page, server, cards, "top")
    expect(wall.locator('[data-scene="top"] .supports b:visible')).to_have_text(["+5", "+2"])
    for each in cards:
        each["supports"] = 0
    wall.evaluate("resend()")
    expect(wall.get_by_text("Noch keine Zustimmungen")).to_be_visible()
    assert hanging(wall) == []
