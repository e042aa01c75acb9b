"""Codes are typed by people who stand in a hall."""

import random

import pytest

from app.planning.codes import ALPHABET, is_code, new_code, normal


class Scripted(random.Random):
    """Chooses the letters it was given, in this order."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters = iter(letters)

    def choice(self, _from: object) -> str:  # type: ignore[override]
        return next(self.letters)


def test_a_code_has_six_characters_and_all_of_the_alphabet_are_used() -> None:
    codes = [new_code(random.Random(seed)) for seed in range(300)]

    assert {len(code) for code in codes} == {6}
    assert set("".join(codes)) == set(ALPHABET)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert set(ALPHABET) & set("0OQ1IL2Z5S6G8B") <= set("QG")
    assert len(set(ALPHABET)) == 24


def test_codes_differ_without_a_seed() -> None:
    assert len({new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize("insult", ["HUREXY", "AFUCKA", "KKK347", "N4CK7X", "N3G3RX", "7W47AC"])
def test_a_code_that_spells_an_insult_is_thrown_again(insult: str) -> None:
    code = new_code(Scripted(insult + "K7M4QX"))

    assert code == "K7M4QX"


@pytest.mark.parametrize(
    "typed", ["K7M4QX", "k7m4qx", " k7m 4qx\n", "K7M-4QX", "k7m–4qx", "K 7 M_4QX"]
)
def test_a_code_may_be_typed_as_people_type(typed: str) -> None:
    assert normal(typed) == "K7M4QX"


@pytest.mark.parametrize("typed", ["K7M4Q0", "K7M4Q", "K7M4QXX", "", "K7M4Q\x00", "K7M4QẞX"])
def test_what_was_misread_is_no_code(typed: str) -> None:
    assert not is_code(normal(typed))
