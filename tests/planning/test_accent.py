"""Whatever colour a series chooses, its numbers are read."""

import pytest

from app.planning.accent import INK, OURS, WHITE, accent_of, contrast, ink_on


@pytest.mark.parametrize(
    ("colour", "ink"), [("#f2c500", INK), ("#0f766e", WHITE), ("#000000", WHITE), ("#ffffff", INK)]
)
def test_the_ink_is_the_one_that_stands_out(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


def test_even_the_worst_colour_leaves_enough_contrast_for_large_digits() -> None:
    greys = [f"#{level:02x}{level:02x}{level:02x}" for level in range(256)]

    assert min(contrast(grey, ink_on(grey)) for grey in greys) > 4


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#ffffff", "#000000") == contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#12345g", "#1234567"])
def test_what_is_no_colour_is_ours(colour: str) -> None:
    assert accent_of(colour) == OURS
