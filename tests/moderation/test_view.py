"""The address says what of the queue is looked at; nonsense in it is left out."""

import pytest

from app.feedback.models import State
from app.moderation.view import View, view_of


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(search="Mehr Bänke & Äpfel? 100 %"),
        View(island=3, state=State.hidden, page=7),
        View(search="x", page=2),
    ],
)
def test_a_view_survives_the_way_through_an_address(view):
    from urllib.parse import parse_qsl

    assert view_of(dict(parse_qsl(view.query.removeprefix("?")))) == view


def test_everything_needs_no_words_in_the_address():
    assert (View().query, View(page=2).is_everything, View(island=1).is_everything) == (
        "",
        True,
        False,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"island": "0", "page": "0"},
        {"island": "-1", "page": "-1"},
        {"island": "9" * 30, "page": "9" * 30},
        {"island": "\u0663", "page": "x"},
        {"state": "withdrawn"},
        {"state": "all", "search": "  "},
    ],
)
def test_nonsense_shows_everything(fields):
    assert view_of(fields) == View()
