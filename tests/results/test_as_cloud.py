"""cloud.svg and cloud.png, read again: the one by an XML parser and a browser's eyes, the other by Pillow."""

import io
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from app.cloud.draw import INKS, PAPER, ink_of
from app.cloud.place import Place
from app.planning.models import Phase
from app.results.documents import cloud_png, cloud_svg
from app.results.report import Report
from app.results.reported.words import CloudWord, ReportedWord

SVG = "{http://www.w3.org/2000/svg}"


def german(text: str) -> str:
    return text


def parsed(report: Report) -> ElementTree.Element:
    return ElementTree.fromstring(cloud_svg(report, german, {}))


def opened(report: Report) -> Image.Image:
    return Image.open(io.BytesIO(cloud_png(report, german, {}))).convert("RGB")


def said(svg: ElementTree.Element, part: str) -> str | None:
    [element] = svg.findall(f"{SVG}{part}")
    return element.text


def near(report: Report, x: float, y: float) -> set[tuple[int, int, int]]:
    """The colours of the PNG around a point of the wall."""
    part = opened(report).crop((int(2 * x) - 90, int(2 * y) - 40, int(2 * x) + 90, int(2 * y) + 40))
    return {colour for _count, colour in part.getcolors(1 << 20) or []}


def rgb(colour: str) -> tuple[int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16))


def with_words(report: Report, *texts: str) -> Report:
    places = [
        Place(text, 400.0 * (1 + index % 3), 150.0 + 60 * index, 40.0)
        for index, text in enumerate(texts)
    ]
    return replace(
        report,
        words=tuple(ReportedWord(text, 3, ()) for text in texts),
        cloud=tuple(
            CloudWord(text, text, 3, place) for text, place in zip(texts, places, strict=True)
        ),
    )


def test_the_picture_is_outlines_and_takes_no_font_and_no_other_file(report: Report) -> None:
    svg = parsed(report)
    tags = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert "path" in tags
    assert (
        tags & {"text", "tspan", "style", "font", "image", "script", "foreignObject", "a"} == set()
    )
    links = [
        value for element in svg.iter() for name, value in element.items() if name.endswith("href")
    ]
    assert links != []
    assert [link for link in links if not link.startswith("#")] == []
    assert svg.get("viewBox") == "0 0 1600 900"


def test_its_title_and_description_say_what_it_shows(report: Report) -> None:
    svg = parsed(report)
    assert said(svg, "title") == f"Wortwolke: {report.event.title}"
    assert said(svg, "desc") == ", ".join(f"{word.word} ({word.count})" for word in report.words)
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "title desc")
    assert svg.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_every_word_stands_where_it_stood_on_the_wall(report: Report) -> None:
    texts = ["links", "mitten", "rechts"]
    placed = with_words(report, *texts)
    for word in placed.cloud:
        assert word.place is not None
        assert rgb(INKS[ink_of(word.id)]) in near(placed, word.place.x, word.place.y)
    assert near(placed, 1400, 800) == {rgb(PAPER)}


def test_the_png_is_wide_enough_for_a_slide(report: Report) -> None:
    assert opened(report).size == (3200, 1800)


def test_as_long_as_it_is_not_the_last_one_it_says_so(report: Report) -> None:
    running = replace(report, event=replace(report.event, phase=Phase.cloud, is_rehearsal=True))
    description = said(parsed(running), "desc") or ""
    assert description.startswith(
        "Probe: Das sind keine echten Ergebnisse. "
        "Zwischenstand: Die Veranstaltung ist noch nicht geschlossen. "
    )
    assert len(near(running, 1400, 880)) > 1  # written into the picture itself, too
    assert near(report, 1400, 880) == {rgb(PAPER)}


def test_nobody_sent_a_word(untouched: Report) -> None:
    """F11."""
    closed = replace(
        untouched, event=replace(untouched.event, phase=Phase.closed, is_rehearsal=False)
    )
    assert said(parsed(closed), "desc") == "Es wurden keine Wörter geschickt."
    assert len(near(closed, 800, 450)) > 1


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "& ]]> &amp;", "🎉 مرحبا", "#panic()", "𝒳\u0301"]
)
def test_any_word_makes_a_picture_that_parses(report: Report, text: str) -> None:
    """F03."""
    wild = with_words(report, text)
    svg = parsed(replace(wild, event=replace(wild.event, title=text)))
    assert [element for element in svg.iter() if element.tag == f"{SVG}script"] == []
    assert said(svg, "title") == f"Wortwolke: {text}"
    assert said(svg, "desc") == f"{text} (3)"


def test_the_same_words_make_the_same_bytes(report: Report, read: Callable[[], Report]) -> None:
    """F10."""
    again = read()
    assert cloud_svg(again, german, {}) == cloud_svg(report, german, {})
    assert cloud_png(again, german, {}) == cloud_png(report, german, {})
