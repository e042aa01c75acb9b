"""What is measured here is what the browser paints."""

import pytest

from app.cloud.metrics import BASELINE, LATIN, LATIN_EXT, extent_of, fonts_for


def test_capitals_reach_as_far_above_the_middle_as_the_baseline_is_below_it() -> None:
    extent = extent_of("H")
    assert extent.above == pytest.approx(BASELINE, abs=0.005)
    assert extent.below == pytest.approx(BASELINE, abs=0.005)


def test_umlaut_dots_and_descenders_are_part_of_the_word() -> None:
    assert extent_of("Ä").above > extent_of("A").above
    assert extent_of("g").below > extent_of("a").below


def test_letters_of_both_files_are_measured() -> None:
    assert 0 < extent_of("Ğ").width < 0.8
    assert [file for file, _ in fonts_for(["Güneş", "Danke"])] == [LATIN, LATIN_EXT]
    assert [file for file, _ in fonts_for(["Danke 😊"])] == [LATIN]


def test_a_family_is_as_wide_as_one_emoji() -> None:
    assert extent_of("👩‍👩‍👧") == extent_of("😊")
