"""Decisions about cards and words are made on the version that was seen, or not at all."""

import pytest

from app.errors import NotAcceptable, Stale, Unknown
from app.feedback.models import Card, State, Word
from app.moderation.deciding import correct, decide


def stored(database, event, table, item_id):
    with database.read() as session:
        item = session.get_one(table, (event.id, item_id))
        return item.state, item.version


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        (State.waiting, "approval", State.approved),
        (State.waiting, "hiding", State.hidden),
        (State.approved, "hiding", State.hidden),
        (State.hidden, "restoration", State.approved),
    ],
)
def test_each_act_leads_to_its_state_for_cards_and_words(
    database, event, sent, now, before, act, after
):
    card = sent.card("Mehr Aushänge", state=before)
    word = sent.word("spannend", "ada", state=before)
    version = now().version

    database.write(decide, Card, event.id, card, act, 1)
    database.write(decide, Word, event.id, word, act, 1)

    assert stored(database, event, Card, card) == (after, 2)
    assert stored(database, event, Word, word) == (after, 2)
    assert now().version == version + 2  # walls are told


def test_of_two_moderators_the_second_is_refused_and_changes_nothing(database, event, sent, now):
    """C06"""
    card = sent.card("Mehr Aushänge")
    word = sent.word("spannend", "ada", state=State.waiting)
    database.write(decide, Card, event.id, card, "approval", 1)
    database.write(decide, Word, event.id, word, "approval", 1)
    version = now().version

    for table, item in ((Card, card), (Word, word)):
        with pytest.raises(Stale):
            database.write(decide, table, event.id, item, "hiding", 1)
    with pytest.raises(Stale):
        database.write(correct, event.id, card, "Weniger Aushänge", 1)

    assert stored(database, event, Card, card) == (State.approved, 2)
    assert stored(database, event, Word, word) == (State.approved, 2)
    assert now().version == version
    with database.read() as session:
        assert session.get_one(Card, (event.id, card)).text == "Mehr Aushänge"


def test_hide_and_undo_lead_back_to_the_same_card_in_the_same_place(database, event, sent):
    """C10"""
    sent.card("davor", state=State.approved)
    card = sent.card("Mehr Aushänge", state=State.approved)

    database.write(decide, Card, event.id, card, "hiding", 1)
    database.write(decide, Card, event.id, card, "restoration", 2)

    with database.read() as session:
        restored = session.get_one(Card, (event.id, card))
    assert (restored.text, restored.arrival, restored.state) == ("Mehr Aushänge", 2, State.approved)


def test_a_correction_is_cleaned_and_leaves_the_state(database, event, sent):
    card = sent.card("Herr Meier soll mher werben")

    database.write(correct, event.id, card, "  Mehr\u202e  werben\n", 1)

    with database.read() as session:
        corrected = session.get_one(Card, (event.id, card))
    assert (corrected.text, corrected.state, corrected.version) == ("Mehr werben", State.waiting, 2)


def test_an_empty_correction_is_refused_and_changes_nothing(database, event, sent):
    card = sent.card("Mehr werben")

    with pytest.raises(NotAcceptable):
        database.write(correct, event.id, card, " \u200b ", 1)

    with database.read() as session:
        untouched = session.get_one(Card, (event.id, card))
    assert (untouched.text, untouched.version) == ("Mehr werben", 1)


def test_what_its_author_took_back_can_not_be_decided_on(database, event, sent):
    card = sent.card("", state=State.withdrawn)

    with pytest.raises(Unknown):
        database.write(decide, Card, event.id, card, "restoration", 1)
    with pytest.raises(Unknown):
        database.write(correct, event.id, card, "doch", 1)

    assert stored(database, event, Card, card) == (State.withdrawn, 1)


def test_a_card_of_another_event_is_unknown(database, event, sent):
    """I12"""
    card = sent.card("Mehr Aushänge")

    with pytest.raises(Unknown):
        database.write(decide, Card, event.id + 1, card, "approval", 1)

    assert stored(database, event, Card, card) == (State.waiting, 1)
