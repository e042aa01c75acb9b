"""The cloud is whole, free of overlaps, and calm while votes come in."""

import random
import statistics
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from app.cloud.layout import HEIGHT, SHOWN, WIDTH, Place, Word, lay_out
from app.cloud.metrics import BASELINE

SEMIBOLD = Path(__file__).parents[2] / (
    "static/fonts/atkinson-hyperlegible-next-latin-600-normal.woff2"
)
GERMAN = [
    "Vernetzung",
    "informativ",
    "spannend",
    "Austausch",
    "Danke",
    "Vielfalt",
    "interessant",
    "Zusammenarbeit",
    "Ideen",
    "Zukunft",
    "Gemeinschaft",
    "kurzweilig",
    "lebendig",
    "Offenheit",
    "Wertschätzung",
    "Miteinander",
    "inspirierend",
    "Engagement",
    "Transparenz",
    "Begegnung",
    "wiederholen",
    "Oberhausen",
    "Styrum",
    "Teilhabe",
    "Bürger*innen",
    "Bildung",
    "Kinder",
    "Jugend",
    "Familie",
    "Nachbarschaft",
    "Stadtteil",
    "bunt",
    "wertvoll",
    "Netzwerk",
    "Kooperation",
    "aufschlussreich",
    "super",
    "Klasse",
    "toll",
    "anregend",
    "herzlich",
    "Spaß",
    "Impulse",
    "Perspektiven",
    "Motivation",
    "konstruktiv",
    "Augenhöhe",
    "Demokratie",
    "Quartier",
    "Wohnumfeld",
    "Straßenbäume",
    "Integration",
    "Inklusion",
    "Barrierefreiheit",
    "Sprache",
    "Ehrenamt",
    "Kaffee",
    "Kuchen",
    "laut",
    "lang",
    "warm",
    "Überraschung",
    "Hoffnung",
    "Zuversicht",
    "Mut",
    "Energie",
    "Klimaschutz",
    "Mobilität",
    "Radwege",
    "Spielplätze",
    "Sicherheit",
    "Sauberkeit",
    "Gesundheit",
    "Pflege",
    "Digitalisierung",
    "Beteiligung",
    "Kultur",
    "Musik",
    "Sport",
    "Vereine",
    "Ansprechpartner",
    "Flyer",
    "Synergien",
    "Handlungsempfehlung",
    "praxisnah",
    "zielführend",
    "Dialog",
    "Expert*innen",
    "Verständnis",
    "Freude",
    "Respekt",
    "Nachhaltigkeit",
    "Wohnraum",
    "Armut",
    "Chancen",
]


def words_of(counts: dict[str, int]) -> list[Word]:
    return [Word(text.casefold(), text, count) for text, count in counts.items()]


def hall(texts: list[str]) -> list[Word]:
    return words_of({text: max(1, 14 // (rank + 1)) for rank, text in enumerate(texts)})


def by_id(places: Iterable[Place]) -> dict[str, Place]:
    return {place.id: place for place in places}


@cache
def semibold(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(SEMIBOLD, size)


def ink(text: str, place: Place) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what a browser would paint: measured here at the real size."""
    font = semibold(round(place.size))
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    scale, baseline = place.size / round(place.size), place.y + BASELINE * place.size
    x = place.x - font.getlength(text) / 2 * scale
    return (x + left * scale, baseline + top * scale, x + right * scale, baseline + bottom * scale)


def overlapping(words: list[Word], places: list[Place]) -> list[tuple[str, str]]:
    text_of = {word.id: word.text for word in words}
    boxes = [(text_of[place.id], ink(text_of[place.id], place)) for place in places]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def outside(words: list[Word], places: list[Place]) -> list[str]:
    text_of = {word.id: word.text for word in words}
    boxes = {text_of[place.id]: ink(text_of[place.id], place) for place in places}
    return [
        text
        for text, (left, top, right, bottom) in boxes.items()
        if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT
    ]


@pytest.mark.parametrize("number", [1, 2, 3, 12, 30, 80])
def test_a_first_cloud_shows_every_word_once_and_none_over_another(number: int) -> None:
    words = hall(GERMAN[:number])
    places = lay_out(words, {})
    assert sorted(place.id for place in places) == sorted(word.id for word in words)
    assert overlapping(words, places) == []
    assert outside(words, places) == []


def test_the_word_with_most_votes_is_largest_and_in_the_middle() -> None:
    first, *others = lay_out(hall(GERMAN[:30]), {})
    assert first.id == "vernetzung"
    assert first.size > max(place.size for place in others)
    assert dist((first.x, first.y), (WIDTH / 2, HEIGHT / 2)) < 100


def test_eighty_words_of_thirty_wide_letters_are_all_placed() -> None:
    words = [Word(str(number), f"{number:02}" + "W" * 28, 1 + number % 5) for number in range(80)]
    places = lay_out(words, {})
    assert len(places) == 80
    assert overlapping(words, places) == []
    assert outside(words, places) == []


def test_only_the_top_eighty_of_five_thousand_are_placed_and_the_earlier_of_equals() -> None:
    """L13"""
    words = [
        Word(str(number), f"Wort{number}", 2 if number % 500 == 0 else 1) for number in range(5000)
    ]
    places = lay_out(words, {})
    frequent = [str(number) for number in range(0, 5000, 500)]
    earliest = [str(number) for number in range(1, 71)]
    assert SHOWN == 80
    assert [place.id for place in places] == frequent + earliest


def test_no_words_make_an_empty_cloud() -> None:
    assert lay_out([], {}) == []


def test_the_same_words_give_the_same_places() -> None:
    words = hall(GERMAN[:60])
    assert lay_out(words, {}) == lay_out(words, {})


def test_a_cloud_without_a_new_vote_stands_still() -> None:
    words = hall(GERMAN[:80])
    places = lay_out(words, {})
    assert lay_out(words, by_id(places)) == places


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_two_hundred_votes_hardly_anything_moves(seed: int) -> None:
    chance = random.Random(seed)
    popularity = [1 / (rank + 1) ** 0.8 for rank in range(len(GERMAN))]
    counts: dict[str, int] = {}
    last: dict[str, Place] = {}
    shifts, resizings, most_moved = [], 0, 0
    for vote in range(200):
        text = chance.choices(GERMAN, popularity)[0]
        counts[text] = counts.get(text, 0) + 1
        words = words_of(counts)
        places = lay_out(words, last)
        assert len(places) == min(len(words), SHOWN)
        if vote % 5 == 4:
            assert overlapping(words, places) == []
            assert outside(words, places) == []
        stayed = [(last[place.id], place) for place in places if place.id in last]
        moved = [dist((old.x, old.y), (new.x, new.y)) for old, new in stayed]
        shifts.append(sum(moved))
        most_moved = max(most_moved, sum(shift > 0 for shift in moved))
        resizings += sum(old.size != new.size for old, new in stayed) > 3
        last = by_id(places)
    assert most_moved <= 2
    assert statistics.median(shifts) == 0
    assert resizings <= 30


def test_a_full_cloud_takes_a_vote_for_every_word_at_once() -> None:
    before = lay_out(hall(GERMAN[:80]), {})
    words = words_of(dict.fromkeys(GERMAN[:80], 3))
    places = by_id(before)
    for _ in range(40):
        places = by_id(lay_out(words, places))
    assert len(places) == 80
    assert overlapping(words, list(places.values())) == []


def test_who_is_hidden_leaves_the_others_where_they_are() -> None:
    words = hall(GERMAN[:40])
    before = by_id(lay_out(words, {}))
    after = lay_out([word for word in words if word.text != "Danke"], before)
    assert {(place.id, place.x, place.y) for place in after} == {
        (place.id, place.x, place.y) for place in before.values() if place.id != "danke"
    }


def test_who_was_hidden_comes_back_to_the_same_place_while_that_is_free() -> None:
    """C10"""
    words = hall(GERMAN[:40])
    before = by_id(lay_out(words, {}))
    for hidden in words:
        without = by_id(lay_out([word for word in words if word != hidden], before))
        after = by_id(lay_out(words, without | {hidden.id: before[hidden.id]}))
        assert after == before


def test_places_that_overlap_or_lie_outside_are_healed() -> None:
    words = hall(GERMAN[:20])
    heap = {word.id: Place(word.id, 800, 450, 60) for word in words}
    far = heap | {"danke": Place("danke", -500, 9000, 60)}
    places = lay_out(words, far)
    assert len(places) == 20
    assert overlapping(words, places) == []
    assert outside(words, places) == []


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.text(alphabet="abcWIäÜßgj *", min_size=1, max_size=30).filter(
            lambda text: text.strip() == text
        ),
        st.integers(1, 5000),
        min_size=1,
        max_size=90,
    )
)
def test_whatever_is_sent_is_shown_without_overlap(counts: dict[str, int]) -> None:
    words = [Word(text, text, count) for text, count in counts.items()]
    places = lay_out(words, {})
    assert len(places) == min(len(words), SHOWN)
    assert overlapping(words, places) == []
    assert outside(words, places) == []
