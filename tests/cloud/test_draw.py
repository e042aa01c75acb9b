"""The picture says exactly the words, stands on its own, and can be read by everybody."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from app.cloud.draw import INKS, PAPER, as_svg, ink_of
from app.cloud.layout import Word, lay_out
from app.cloud.metrics import BASELINE, extent_of

SVG = "{http://www.w3.org/2000/svg}"
WORDS = [
    Word("a1", "Straßenbäume", 5),
    Word("b2", "<script>alert('x')</script>", 3),
    Word("c3", "Spiel & Spaß", 2),
    Word("d4", "Danke 😊", 1),
    Word("e5", ']]>"', 1),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_word_is_one_text_that_says_the_word() -> None:
    places = lay_out(WORDS, {})
    root = ET.fromstring(as_svg(WORDS, places, title="Wortwolke"))
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 1600 900"
    assert root.findtext(f"{SVG}title") == "Wortwolke"
    assert [text.text for text in root.iter(f"{SVG}text")] == [word.text for word in WORDS]


def test_a_text_is_drawn_at_the_place_of_its_word_and_as_wide_as_was_measured() -> None:
    places = lay_out(WORDS, {})
    texts = list(ET.fromstring(as_svg(WORDS, places)).iter(f"{SVG}text"))
    assert [float(text.get("x", "")) for text in texts] == [place.x for place in places]
    assert [float(text.get("font-size", "")) for text in texts] == [place.size for place in places]
    assert [float(text.get("y", "")) for text in texts] == [
        pytest.approx(place.y + BASELINE * place.size, abs=0.06) for place in places
    ]
    measured = {text.text: text.get("textLength") for text in texts}
    assert measured.pop("Danke 😊") is None  # the emoji's font is the reader's
    assert {word: float(length or 0) for word, length in measured.items()} == {
        word.text: pytest.approx(extent_of(word.text).width * place.size, abs=0.06)
        for word, place in zip(WORDS, places, strict=True)
        if word.text in measured
    }


def test_the_file_asks_nobody_for_anything() -> None:
    svg = as_svg(WORDS, lay_out(WORDS, {}))
    assert [url[:16] for url in re.findall(r"url\(([^)]*)\)", svg)] == ["data:font/woff2;"]
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]


def test_a_cloud_without_words_is_an_empty_picture() -> None:
    assert list(ET.fromstring(as_svg([], [])).iter(f"{SVG}text")) == []


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", [PAPER, "#ffffff"])
def test_every_ink_is_legible(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_the_inks_of_the_wall_are_those_of_the_picture_and_legible_in_both_themes() -> None:
    css = (Path(__file__).parents[2] / "static/css/wall.css").read_text("utf-8")
    both = r"light-dark\((#\w{6}), (#\w{6})\)"
    inks = re.findall(rf"--ink-\d: {both}", css)
    ((light, dark),) = re.findall(rf'\[data-scene="cloud"\] {{[^}}]*background: {both}', css)
    assert tuple(ink for ink, _ in inks) == INKS
    assert light == PAPER
    assert min(contrast(ink, light) for ink, _ in inks) >= 4.5
    assert min(contrast(ink, dark) for _, ink in inks) >= 4.5


def test_a_word_has_its_ink_for_ever_and_all_inks_are_used() -> None:
    assert [ink_of(id) for id in ("000000000000", "000000000001", "000000000002")] == [3, 4, 2]
    assert {ink_of(f"{number:012x}") for number in range(100)} == set(range(len(INKS)))
