"""What simulated attendees write would be taken from real ones."""

from collections import Counter
from random import Random

import regex

from app.cloud.normalise import key_of
from app.feedback.filter import is_held
from app.feedback.text import cleaned_card, cleaned_word
from app.operations.rehearsal.corpus import CARDS, WORDS, some_words

SPELLINGS = [spelling for word in WORDS for spelling in word]


def test_no_card_is_longer_than_the_server_takes() -> None:
    assert [card for card in CARDS if not 1 <= len(regex.findall(r"\X", card)) <= 280] == []


def test_no_card_and_no_word_is_there_twice() -> None:
    assert [text for text, count in Counter([*CARDS, *SPELLINGS]).items() if count > 1] == []


def test_there_are_enough_cards_and_words_for_a_hall() -> None:
    assert (len(CARDS) >= 80, len(WORDS) >= 60) == (True, True)


def test_no_word_is_longer_than_the_server_takes() -> None:
    too_long = [
        text
        for text in SPELLINGS
        if len(text.split()) not in (1, 2) or len(regex.findall(r"\X", text)) > 30
    ]
    assert too_long == []


def test_texts_need_no_cleaning_so_they_come_back_as_they_were_sent() -> None:
    assert [cleaned_card(card) for card in CARDS] == list(CARDS)
    assert [cleaned_word(spelling) for spelling in SPELLINGS] == SPELLINGS


def test_no_text_is_held_for_approval() -> None:
    assert [text for text in [*CARDS, *SPELLINGS] if is_held(text)] == []


def test_the_spellings_of_a_word_are_one_word_in_the_cloud_and_different_words_are_not() -> None:
    keys = [{key_of(spelling) for spelling in word} for word in WORDS]

    assert [len(of_word) for of_word in keys] == [1] * len(WORDS)
    assert len(set().union(*keys)) == len(WORDS)


def test_nobody_sends_the_same_word_twice() -> None:
    chance = Random(1)
    pairs = [some_words(chance, 2) for _ in range(200)]

    assert [pair for pair in pairs if key_of(pair[0]) == key_of(pair[1])] == []


def test_the_first_word_comes_about_twice_as_often_as_the_second() -> None:
    chance = Random(1)
    counts = Counter(key_of(word) for _ in range(20_000) for word in some_words(chance, 1))

    ratio = counts[key_of(WORDS[0][0])] / counts[key_of(WORDS[1][0])]

    assert round(ratio, 1) in (1.8, 1.9, 2.0, 2.1, 2.2)
