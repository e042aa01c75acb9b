"""What people write, on the wall in a real browser: the cloud grows in place, the curtain hides it all."""

import itertools
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.running import Server, until

WORDS = ["spannend", "Vernetzung", "gut organisiert", "Bürgernähe", "Austausch", "laut", "Ideen"]
# The ink of each word: the em box that getBBox gives is higher than any letter.
INK = """() => document.fonts.ready.then(() => {
  const pen = document.createElement('canvas').getContext('2d');
  return [...document.querySelectorAll('.cloud text')].map(word => {
    const [x, y, size] = ['x', 'y', 'font-size'].map(name => Number(word.getAttribute(name)));
    pen.font = `600 ${size}px "Atkinson Hyperlegible Next"`;
    const ink = pen.measureText(word.textContent);
    const width = word.getBBox().width;
    return { word: word.textContent, left: x - width / 2, right: x + width / 2,
      top: y - ink.actualBoundingBoxAscent, bottom: y + ink.actualBoundingBoxDescent };
  });
})"""


def send_word(server: Server, text: str) -> None:
    """From a phone of its own."""
    fields = {"text": text, "submission": "the-only-one-of-this-phone"}
    answer = server.phone().post(f"/e/{server.code}/words", json=fields)
    assert answer.status_code == 200, answer.text


def overlapping(ink: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (one["word"], other["word"])
        for one, other in itertools.combinations(ink, 2)
        if one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    ]


def test_the_cloud_grows_without_overlap_and_every_word_keeps_its_element(
    start_server: Callable[..., Server], page_at: Callable[..., Page]
) -> None:
    server = start_server(limits=False, phase="cloud")
    wall = page_at(1920, 1080)
    wall.goto(f"{server.address}/e/{server.code}/live")
    for word in WORDS:
        send_word(server, word)
    texts = wall.locator(".cloud text")
    expect(texts).to_have_count(len(WORDS))
    assert set(texts.all_text_contents()) == set(WORDS)
    assert wall.evaluate("document.fonts.check('600 20px \"Atkinson Hyperlegible Next\"')") is True
    assert overlapping(wall.evaluate(INK)) == []
    drawn = "all => all.map(e => [e.textContent, Number(e.getAttribute('textLength'))])"
    widths = {word["word"]: word["width"] for word in server.live()["cloud"]}
    assert dict(texts.evaluate_all(drawn)) == widths
    expect(wall.locator(".ranking li")).to_have_count(len(WORDS))

    texts.evaluate_all("all => all.forEach(e => { e.marked = e.textContent })")
    size = "e => Number(e.getAttribute('font-size'))"
    loud = wall.locator(".cloud text", has_text="laut")
    before = loud.evaluate(size)
    for _ in range(6):
        send_word(server, "laut")
    until(lambda: max(w["count"] for w in server.live()["cloud"]) == 7)
    wall.wait_for_function("document.querySelectorAll('.cloud text').length === 7")
    until(lambda: loud.evaluate(size) > before)
    expect(wall.locator(".ranking li").first).to_have_text("7 laut")
    assert texts.evaluate_all("all => all.every(e => e.marked === e.textContent)") is True
    assert overlapping(wall.evaluate(INK)) == []


def test_words_stand_and_look_as_in_the_exported_picture(
    start_server: Callable[..., Server], page_at: Callable[..., Page]
) -> None:
    from app.cloud.draw import INKS, ink_of
    from app.cloud.metrics import BASELINE

    server = start_server(limits=False, phase="cloud")
    for word in WORDS:
        send_word(server, word)
    until(lambda: len(server.live()["cloud"]) == len(WORDS))
    wall = page_at(1920, 1080)
    wall.goto(f"{server.address}/e/{server.code}/live")
    until(lambda: wall.locator(".cloud text[class]").count() == len(WORDS))
    drawn = wall.locator(".cloud text").evaluate_all(
        """all => all.map(e => [e.textContent, Number(e.getAttribute('x')),
        Number(e.getAttribute('y')).toFixed(1), getComputedStyle(e).fill])"""
    )
    expected = [
        [w["word"], w["x"], f"{w['y'] + BASELINE * w['size']:.1f}", _rgb(INKS[ink_of(w["id"])])]
        for w in server.live()["cloud"]
    ]
    assert sorted(drawn) == sorted(expected)


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def test_the_curtain_empties_the_wall_of_words_and_brings_them_back(
    start_server: Callable[..., Server], page_at: Callable[..., Page]
) -> None:
    server = start_server(limits=False, phase="cloud")
    send_word(server, "spannend")
    wall = page_at(1920, 1080)
    wall.goto(f"{server.address}/e/{server.code}/live")
    texts = wall.locator(".cloud text")
    expect(texts).to_have_count(1)
    desk = server.desk()
    desk.post(f"/moderate/{server.code}/curtain", data={"curtain": "yes"})
    expect(texts).to_have_count(0)
    expect(wall.locator('.scene[data-scene="cloud"] .curtain')).to_be_visible()
    desk.post(f"/moderate/{server.code}/curtain", data={"curtain": "no"})
    expect(texts).to_have_text(["spannend"])
