"""`python -m tests.bench.cloud`: our layout beside d3-cloud and wordcloud2.js, in one run of one browser.

The same German words in the same sizes and the same font for all; a library has no memory, so it lays out
anew with every vote, from the same dice. Prints the table for the README.
"""

import asyncio
import statistics
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import dist
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, sync_playwright

from app.cloud.layout import SHOWN, lay_out
from app.cloud.metrics import BASELINE, LATIN
from app.cloud.place import Place, Word
from tests.bench.cloud.words import after_a_vote, hall
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.running import finish

HERE = Path(__file__).parent
VENDOR = HERE.parent / "vendor"
SIZES = (5, 60, 300)
VOTES = 40
LIBRARIES = ("d3-cloud", "wordcloud2.js")
STANDS_PX = 1.0  # a shift that is none

Drawn = list[dict[str, Any]]
"""text, size, x (its middle) and y (its baseline) of each word"""


@dataclass
class Measured:
    name: str
    number: int
    first_ms: float = 0.0
    dropped: int = 0
    overlaps: int = 0
    stall_ms: float = 0.0
    votes_ms: list[float] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)  # words, by vote
    shifts_px: list[float] = field(default_factory=list)  # by vote and word

    def first(self, ms: float, words: Sequence[Word], drawn: Drawn) -> None:
        self.first_ms = ms
        self._note_dropped(words, drawn)

    def vote(self, ms: float, words: Sequence[Word], before: Drawn, after: Drawn) -> None:
        self.votes_ms.append(ms)
        places = {word["text"]: (word["x"], word["y"]) for word in before}
        baselines = {word["text"]: word["size"] * BASELINE for word in before}
        shifts = [
            dist(
                (places[word["text"]][0], places[word["text"]][1] - baselines[word["text"]]),
                (word["x"], word["y"] - word["size"] * BASELINE),
            )
            for word in after
            if word["text"] in places
        ]
        self.moved.append(sum(shift > STANDS_PX for shift in shifts))
        self.shifts_px += [shift if shift > STANDS_PX else 0 for shift in shifts]
        self._note_dropped(words, after)

    def _note_dropped(self, words: Sequence[Word], drawn: Drawn) -> None:
        missing = {word.text for word in words[:SHOWN]} - {word["text"] for word in drawn}
        self.dropped = max(self.dropped, len(missing))

    def row(self) -> str:
        return (
            f"| {self.number} | {self.name} | {self.first_ms:.0f} | {self.dropped} | {self.overlaps} "
            f"| {statistics.mean(self.moved):.1f} / {max(self.moved)} "
            f"| {statistics.median(self.shifts_px):.0f} | {statistics.median(self.votes_ms):.1f} "
            f"| {self.stall_ms:.0f} |"
        )


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS)
        page = _page(browser.new_page())
        print("| words | | first layout ms | dropped of the top 80 | overlaps "
              "| moved a vote, mean / most | median px | ms a vote | longest stall ms |")  # fmt: skip
        print("|---|---|---|---|---|---|---|---|---|")
        for number in SIZES:
            evening = [hall(number)]
            chance = Random(1)
            for _ in range(VOTES):
                evening.append(after_a_vote(evening[-1], chance))
            ours, pictures = _ours(page, evening)
            print(ours.row(), flush=True)
            for name in LIBRARIES:
                print(_library(page, name, evening, pictures).row(), flush=True)
        browser.close()


def _page(page: Page) -> Page:
    """With the libraries, our font under the name "Bench", and `bench` for the contenders' module."""
    page.route("http://bench/**", lambda route: route.fulfill(
        path=HERE / "contenders.js" if route.request.url.endswith(".js") else None,
        body=None if route.request.url.endswith(".js") else "<!doctype html>",
        content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
    ))  # fmt: skip
    page.goto("http://bench/")
    for file in ("d3.layout.cloud.js", "wordcloud2.js"):
        page.add_script_tag(path=VENDOR / file)
    font = b64encode(LATIN.read_bytes()).decode()
    page.evaluate(
        """async font => {
          const face = new FontFace("Bench", `url(data:font/woff2;base64,${font})`, { weight: 600 });
          document.fonts.add(await face.load());
          window.bench = await import("/contenders.js");
        }""",
        font,
    )
    return page


def _ours(page: Page, evening: list[list[Word]]) -> tuple[Measured, list[Drawn]]:
    """Laid out as the server does: in a thread, beside a loop whose stalls are measured."""
    measured = Measured("ours", len(evening[0]))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)  # as the server has it
    layouts, measured.stall_ms = finish(_lay_out_all(evening))
    sys.setswitchinterval(interval)
    pictures = [_drawn(words, places) for words, (places, _) in zip(evening, layouts, strict=True)]
    measured.first(layouts[0][1], evening[0], pictures[0])
    for vote in range(1, len(evening)):
        measured.vote(layouts[vote][1], evening[vote], pictures[vote - 1], pictures[vote])
    measured.overlaps = _most_overlaps(page, pictures)
    return measured, pictures


async def _lay_out_all(evening: list[list[Word]]) -> tuple[list[tuple[list[Place], float]], float]:
    stall_s = 0.0

    async def watch() -> None:
        nonlocal stall_s
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0)
            stall_s = max(stall_s, time.perf_counter() - began)

    lay_out(evening[0][:1], {})  # the font is loaded
    watching = asyncio.create_task(watch())
    places: list[Place] = []
    layouts = []
    for words in evening:
        began = time.perf_counter()
        places = await asyncio.to_thread(lay_out, words, {place.id: place for place in places})
        layouts.append((places, (time.perf_counter() - began) * 1000))
        await asyncio.sleep(0.01)
    watching.cancel()
    return layouts, stall_s * 1000


def _drawn(words: list[Word], places: list[Place]) -> Drawn:
    texts = {word.id: word.text for word in words}
    return [
        {"text": texts[place.id], "size": place.size, "x": place.x}
        | {"y": place.y + BASELINE * place.size}
        for place in places
    ]  # fmt: skip


def _library(page: Page, name: str, evening: list[list[Word]], pictures: list[Drawn]) -> Measured:
    """In the sizes that our pictures have; what we don't show is as small as our smallest."""
    measured = Measured(name, len(evening[0]))
    drawn: list[Drawn] = []
    for words, picture in zip(evening, pictures, strict=True):
        sizes = {word["text"]: word["size"] for word in picture}
        least = min(sizes.values())
        asked = [{"text": word.text, "size": sizes.get(word.text, least)} for word in words]
        answer = page.evaluate("([name, words]) => bench.layOut(name, words)", [name, asked])
        measured.stall_ms = max(measured.stall_ms, answer["stall_ms"])
        drawn.append(answer["drawn"])
        if len(drawn) == 1:
            measured.first(answer["ms"], words, drawn[0])
        else:
            measured.vote(answer["ms"], words, drawn[-2], drawn[-1])
    measured.overlaps = _most_overlaps(page, drawn)
    return measured


def _most_overlaps(page: Page, pictures: list[Drawn]) -> int:
    """In the first picture, in the last one, or in one between."""
    looked_at = (pictures[0], pictures[len(pictures) // 2], pictures[-1])
    return max(page.evaluate("drawn => bench.overlaps(drawn)", drawn) for drawn in looked_at)


if __name__ == "__main__":
    main()
