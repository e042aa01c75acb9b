"""The words as the desk lists them."""

from app.feedback.models import State
from app.moderation.words import ListedWord, Spelling, listed_words


def test_words_stand_held_ones_first_then_by_how_many_sent_them(database, event, sent):
    rare = sent.word("bunt", "ada")
    frequent = sent.word("spannend", "ada", "ben")
    sent.word("SPANNEND", "cem")
    held = sent.word("Mist", "dora", state=State.waiting)

    with database.read() as session:
        words, _total = listed_words(session, event.id)

    assert words == [
        ListedWord(held, "Mist", False, [Spelling("Mist", 1)], [], 0, 1, State.waiting, 1),
        ListedWord(
            frequent,
            "spannend",
            False,
            [Spelling("spannend", 2), Spelling("SPANNEND", 1)],
            [],
            0,
            3,
            State.approved,
            1,
        ),
        ListedWord(rare, "bunt", False, [Spelling("bunt", 1)], [], 0, 1, State.approved, 1),
    ]


def test_who_sends_a_word_in_two_spellings_counts_once(database, event, sent):
    sent.word("spannend", "ada")
    sent.word("Spannend", "ada")

    with database.read() as session:
        words, _total = listed_words(session, event.id)

    assert [(word.count, word.spellings) for word in words] == [
        (1, [Spelling("Spannend", 1), Spelling("spannend", 1)])
    ]
