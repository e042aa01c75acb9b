"""The wall of cards in a real browser: all come round, the newest first, and each can be read."""

from collections.abc import Callable
from typing import Any

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
        "highlighted": False,
    }


def open_cards(
    page: Page, server: Server, cards: list[dict[str, Any]], scene: str = "cards"
) -> Page:
    """The wall with these cards, the newest first, also those that are put there later."""

    def hang(state: State) -> None:
        state["scene"] = {"name": scene, "island": 1}
        state["cards"] = state["best"] = cards
        state["totals"]["cards"] = len(cards)

    return open_forged(page, server, hang)


def hanging(page: Page) -> list[str]:
    sheets = page.locator(".scene:not([hidden]) [data-card]")
    names: list[str] = sheets.evaluate_all("all => all.map(e => e.dataset.card)")
    return names


def test_cards_that_find_no_room_come_round_and_a_new_one_is_seen_first(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    cards = [card(number) for number in range(30, 0, -1)]
    page = page_at(1920, 1080, reduced_motion="reduce")
    page.clock.install()
    wall = open_cards(page, hall, cards)
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


def test_cards_are_written_in_one_hand_and_only_long_ones_smaller(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    texts = ["Bänke", "Mehr Bänke", "Mehr Bänke im Park", "Bänke, Licht und Ruhe " * 4]
    cards = [card(number, text) for number, text in enumerate(texts)]
    wall = open_cards(page_at(1920, 1080), hall, cards)
    sizes = wall.locator('[data-scene="cards"] [data-card] p').evaluate_all(
        "all => Object.fromEntries(all.map(e => [e.textContent, parseFloat(e.style.fontSize)]))"
    )

    assert len({sizes[text] for text in texts[:3]}) == 1
    assert sizes[texts[3]] < sizes[texts[0]]


def test_covered_numbers_are_nowhere_on_the_wall(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    want = {"scene": "top", "revealed": True}

    def cover(state: State) -> None:
        state |= {"revealed": want["revealed"], "scene": {"name": want["scene"], "island": None}}
        state["best"] = state["cards"] = [card(1, supports=7)]
        place = {"x": 800, "y": 450, "size": 60, "width": 200}
        state["cloud"] = [{"id": "1", "word": "bunt", "count": 7} | place]

    wall = open_forged(page_at(1920, 1080), hall, cover)
    sevens = wall.get_by_text("7", exact=True).locator("visible=true")
    for scene in ("top", "cloud"):
        for is_revealed, seen in ((True, 1), (False, 0)):
            want |= {"scene": scene, "revealed": is_revealed}
            wall.evaluate("resend()")
            wall.wait_for_selector(
                f'.wall[data-scene="{scene}"][data-revealed="{str(is_revealed).lower()}"]'
            )
            expect(sevens).to_have_count(seen)


def test_only_what_was_supported_counts_as_most_supported(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    cards = [card(1), card(2, supports=2), card(3, supports=5), card(4)]
    page = page_at(1920, 1080)
    wall = open_cards(page, hall, cards, "top")
    expect(wall.locator('[data-scene="top"] .supports b:visible')).to_have_text(["+5", "+2"])
    for each in cards:
        each["supports"] = 0
    wall.evaluate("resend()")
    expect(wall.get_by_text("Noch keine Zustimmungen")).to_be_visible()
    assert hanging(wall) == []


def test_cards_hang_by_island_and_what_is_highlighted_hangs_on_top_and_large(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    cards = [card(number) | {"island": number % 3 + 1} for number in range(9, 0, -1)]
    cards[3]["highlighted"] = True  # card-6, of island 1
    wall = open_cards(page_at(1920, 1080, reduced_motion="reduce"), hall, cards)
    heads = wall.locator('[data-scene="cards"] .head')
    expect(heads).to_have_text(["1 Wohnumfeld", "2 (Weiter)Bildung / Kultur", "3 Ehrenamt"])
    columns = """all => Object.groupBy(all.map(e => [e.dataset.card, Math.round(e.offsetLeft),
        e.offsetTop, e.offsetHeight]), card => card[1])"""
    hung = wall.locator('[data-scene="cards"] [data-card]').evaluate_all(columns)
    by_island = [[name for name, *_ in sorted(own, key=lambda c: c[2])] for own in hung.values()]
    assert by_island == [
        ["card-6", "card-9"], ["card-3"], ["card-7", "card-4", "card-1"], ["card-8", "card-5", "card-2"],
    ]  # fmt: skip
    height = {name: height for own in hung.values() for name, _, _, height in own}
    assert height["card-6"] > 1.9 * height["card-9"]
