"""The wall from the last row: every scene, size and theme on one page, measured as it is drawn."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from app.cloud.metrics import extent_of
from tests.axe import SEVEN_TO_ONE, violations
from tests.journeys.walls import State, open_forged
from tests.running import Server

SIZES = ((1920, 1080), (1024, 768), (390, 844))
SCENES = ("join", "overview", "island", "cards", "cloud", "top", "harvest", "thanks")
LONG = "Familien(grundschul)zentren, Präventionsketten, Frühe Hilfen"  # 60 characters, the plan's longest
CARD = "Nachbarschaftshilfe, Spielplatz und Bänke für alle. "
WORDS = (
    "spannend Vernetzung gut·organisiert Bürgernähe Austausch laut Ideen Donaudampfschifffahrtskapitän"
).split()

# Landscape: 1/40 of the height, key figures 1/25. Held upright a screen is as far away as it is narrow:
# the same shares of its width, but no text below 16 px.
FAULTS = """() => {
  const upright = innerHeight > innerWidth, side = upright ? innerWidth : innerHeight;
  const least = Math.max(side / 40, upright ? 16 : 0) - 0.1, leastKey = side / 25 - 0.1;
  const KEY = `.figures b, .code, [role=timer] time, .single .answer b, .harvested b, .supports b,
    .joined b, .changing .round`;
  const faults = [], root = document.documentElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) faults.push('it scrolls');
  const name = e => `${e.tagName} ${e.getAttribute('class') ?? ''} “${e.textContent.trim().slice(0, 40)}”`;
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = colour => known.get(colour) ?? known.set(colour, painted(colour)).get(colour);
  const known = new Map(), painted = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = colour => rgb(colour).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (rgb(colour)[3] === 255) return colour;
    }
    return 'white';
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !e.closest('.qr') && !clipped(e);
  const clipped = e => {
    const it = e.closest('.unseen, .unit, h1');
    return it && getComputedStyle(it).clipPath !== 'none';
  };
  const walker = document.createTreeWalker(document.getElementById('wall'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest('template, .hint')) continue;
    const style = getComputedStyle(e);
    if (e.closest('svg')) {
      const ratio = contrast(style.fill, behind(e.closest('.scene')));
      if (ratio < 4.5) faults.push(`${name(e)} has ${ratio.toFixed(1)}:1`);
      continue;
    }
    const size = parseFloat(style.fontSize);
    if (size < least) faults.push(`${name(e)} is small: ${size}`);
    if (e.matches(KEY) && size < leastKey) faults.push(`${name(e)} is small for a key figure: ${size}`);
    const ratio = contrast(style.color, behind(e));
    if (ratio < 7) faults.push(`${name(e)} has ${ratio.toFixed(1)}:1`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const ink = range.getBoundingClientRect(), air = 0.15 * size;  // a line box is higher than its letters
    const cut = (box, what) => {
      const isCut = ink.left < box.left - 1.5 || ink.right > box.right + 1.5
        || ink.top < box.top - air - 1 || ink.bottom > box.bottom + air + 1;
      if (isCut) faults.push(`${name(e)} is cut by ${what}`);
    };
    cut({ left: 0, top: 0, right: innerWidth, bottom: innerHeight }, 'the screen');
    for (let box = e; box.id !== 'wall'; box = box.parentElement) {
      const { overflow, display } = getComputedStyle(box);
      const hasEdge = overflow !== 'visible' || box.matches('.island, .side, .stage, .scene, .clock');
      if (hasEdge && display !== 'contents') cut(box.getBoundingClientRect(), name(box));
    }
  }
  return faults;
}"""


def fill(state: State) -> None:
    """An evening of 82 people, with the longest texts that a plan, a card and a host can bring."""
    for island in state["islands"]:
        for offer in island["offers"]:
            offer |= {"yes": 44, "no": 31}
        many = len(island["offers"])
        island |= {"yes": 44 * many, "no": 31 * many, "devices": 61, "cards": 12}
        island["key_sentence"] = CARD * 3 if island["number"] % 2 else "Kurze Wege!"
    state["totals"] = {"yes": 2574, "no": 1813, "cards": 144, "words": 131}
    state |= {"devices": 82, "phones": 79}
    offers = {island["number"]: island["offers"][0]["key"] for island in state["islands"]}
    numbers = list(offers)
    state["cards"] = [
        {
            "id": f"card-{n}",
            "island": numbers[n % len(numbers)],
            "offer": offers[numbers[n % len(numbers)]] if n % 3 else None,
            "text": (CARD * 6)[: 280 if n % 7 == 0 else 52],
            "supports": n % 5,
            "highlighted": n % 9 == 0,
        }
        for n in range(60)
    ]
    state["best"] = state["cards"][:36]
    state["cloud"] = [
        {
            "id": str(n),
            "word": word.replace("·", " "),
            "count": 17 - n,
            "x": 800,
            "y": 80 + 100 * n,
            "size": 60,
            "width": 60 * extent_of(word.replace("·", " ")).width,
        }
        for n, word in enumerate(WORDS)
    ]


def islands_named(state: State, count: int) -> None:
    """So many islands, every third with the longest title there is."""
    some = state["islands"]
    state["islands"] = [
        some[n % 12] | {"number": n + 1, "title": LONG if n % 3 == 1 else some[n % 12]["title"]}
        for n in range(count)
    ]


def test_every_scene_can_be_read_from_the_last_row_at_every_size_in_both_themes(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    """Sizes, contrast, nothing cut, nothing that scrolls; the board with 1 to 40 islands; a busy side."""
    want: dict[str, Any] = {"count": 12}

    def change(state: State) -> None:
        fill(state)
        islands_named(state, want["count"])
        state["scene"] = {"name": want["scene"], "island": 11}
        state |= want.get("facts", {})

    want["scene"] = "overview"
    wall = open_forged(page_at(1920, 1080, reduced_motion="reduce"), hall, change)
    faults: dict[str, list[str]] = {}

    def look(scene: str, size: tuple[int, int], **wanted: Any) -> None:
        want.clear()
        want.update({"scene": scene, "count": 12} | wanted)
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        wall.evaluate("resend()")
        wall.wait_for_selector(f'.wall[data-scene="{scene}"]')
        for theme in ("light", "dark"):
            found = wall.evaluate(f"document.fonts.ready.then({FAULTS})")
            if found:
                faults[f"{scene} {size} {theme} {json.dumps(wanted)}"] = found
            wall.keyboard.press("t")

    clock = {"running": True, "remaining_s": 2650, "total_s": 4500, "round_s": 900}
    busy = {"rehearsal": True, "paused": True, "clock": clock, "frozen": True}
    covered = {"revealed": False, "rehearsal": True}
    thanks = {"phase": "closed", "rehearsal": True}
    for size in SIZES:
        for scene in SCENES:
            look(scene, size)
        for count in (1, 5, 24, 40):
            look("overview", size, count=count)
        look("overview", size, facts=busy)
        look("cloud", size, facts=busy)
        look("harvest", size, facts={"clock": clock | {"remaining_s": 2695}})
        look("overview", size, facts=covered | {"clock": clock | {"remaining_s": 50}})
        look("thanks", size, facts=thanks)
        look("join", size, facts={"phase": "setup", "rehearsal": True})
        look("cards", size, facts={"curtain": True, "cards": [], "best": []})

    assert faults == {}
    wall.evaluate("document.querySelector('.side .address').style.fontSize = '12px'")
    assert [fault[:14] for fault in wall.evaluate(FAULTS)] == [
        "P address “127"
    ]  # it would be found


def test_the_longest_cards_can_be_read_to_their_end(
    hall: Server, page_at: Callable[..., Page]
) -> None:
    """280 characters, one or many: written smaller, on fewer sheets, on more pages, but never cut."""
    want: dict[str, Any] = {"scene": "cards", "count": 1}

    def change(state: State) -> None:
        fill(state)
        state["scene"] = {"name": want["scene"], "island": 11}
        for card in state["cards"]:
            card |= {"text": (CARD * 6)[:280], "supports": 3, "island": 11}
        state["cards"] = state["best"] = state["cards"][: want["count"]]

    wall = open_forged(page_at(1920, 1080, reduced_motion="reduce"), hall, change)
    faults = {}
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        for scene in ("cards", "island", "harvest", "top"):
            for count in (1, 3, 12):
                want |= {"scene": scene, "count": count}
                wall.evaluate("resend()")
                sheets = wall.locator(".scene:not([hidden]) [data-card]")
                sheets.first.wait_for()
                faults[scene, count, width] = wall.evaluate(FAULTS)
                assert sheets.count() >= min(count, 1)

    assert {where: what for where, what in faults.items() if what} == {}


def test_axe_finds_nothing_on_any_scene(hall: Server, page_at: Callable[..., Page]) -> None:
    """Also the 7:1 of every text, and the help."""
    want = {"scene": "overview"}

    def change(state: State) -> None:
        fill(state)
        state["scene"] = {"name": want["scene"], "island": 11}

    wall = open_forged(page_at(1920, 1080, reduced_motion="reduce"), hall, change)
    wall.mouse.move(5, 5)
    found = {}
    for theme in ("light", "dark"):
        for scene in SCENES:
            want["scene"] = scene
            wall.evaluate("resend()")
            wall.wait_for_selector(f'.wall[data-scene="{scene}"]')
            found[theme, scene] = violations(wall, rules=SEVEN_TO_ONE)
        wall.keyboard.press("?")
        found[theme, "help"] = violations(wall, rules=SEVEN_TO_ONE)
        wall.keyboard.press("?")
        wall.keyboard.press("t")

    assert {where: what for where, what in found.items() if what} == {}
