"""Which texts a person should see before everybody else does. I06"""

import pytest

from app.feedback.filter import is_held


@pytest.mark.parametrize(
    "text",
    ["Depp", "DEPPEN", "d3pp", "1d10t", "Sch3isse", "scheiße", "ＤＥＰＰ", "Fuuuuck", "heil hitler",
     "Ihr Idioten seid das!", "ruft an: 0208 825 1234", "+49 (208) 825-1234", "ada@example.org"],
)  # fmt: skip
def test_insults_in_any_spelling_and_addresses_are_held(text: str) -> None:
    assert is_held(text)


@pytest.mark.parametrize(
    "text",
    ["spannend", "Mehr Bänke im Park", "24/7", "seit 2023", "Marsch",
     "Ausflug um 14:30", "€ sparen"],
)  # fmt: skip
def test_ordinary_words_are_not_held(text: str) -> None:
    assert not is_held(text)
